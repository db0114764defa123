"""What the runtime and the pipeline record about a project."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from m3m_builtins.projects.documents import Project
from m3m_builtins.projects.service import ProjectService
from m3m_core import Conflict, NotFound, RunSource, new_id
from m3m_core.testing import Client

RELEASE = RunSource("release", "1.0", "stable")


def test_run_state_is_shown_and_kept_for_the_next_start(owner: Client, shop: str, projects: ProjectService) -> None:
    projects.set_run_state(shop, "running", RELEASE, boot="boot-1", run_id="run-1")
    shown = owner.get("/api/projects/shop").json
    assert shown["status"] == "running"
    assert shown["running_source"] == {"kind": "release", "name": "1.0", "tag": "stable"}
    (kept,) = projects.all_with_run_state()
    assert kept.run is not None
    assert kept.run.to_mongo().to_dict() == {
        "boot": "boot-1",
        "run_id": "run-1",
        "kind": "release",
        "name": "1.0",
        "tag": "stable",
    }
    projects.set_run_state(shop, "stopped", None)
    shown = owner.get("/api/projects/shop").json
    assert (shown["status"], shown["running_source"]) == ("stopped", None)
    assert projects.all_with_run_state() == []


def test_a_crashed_project_without_a_source_is_still_listed(shop: str, projects: ProjectService) -> None:
    projects.set_run_state(shop, "crashed", None)
    assert [project.id for project in projects.all_with_run_state()] == [shop]


def test_a_project_that_is_being_deleted_is_not_started_again(shop: str, projects: ProjectService) -> None:
    projects.set_run_state(shop, "running", RELEASE)
    Project.objects.update(set__hidden=True)
    assert projects.all_with_run_state() == []
    with pytest.raises(NotFound):
        projects.get(shop)


def test_run_state_of_a_project_that_is_gone_is_dropped(projects: ProjectService) -> None:
    projects.set_run_state(new_id(), "running", RELEASE)
    assert Project.objects.count() == 0


def test_a_change_of_run_state_is_no_change_of_the_project(shop: str, projects: ProjectService) -> None:
    before = projects.get(shop).updated_at
    projects.set_run_state(shop, "running", RELEASE)
    assert projects.get(shop).updated_at == before


def test_active_release(shop: str, projects: ProjectService) -> None:
    assert projects.set_active_release(shop, "1.0", only_if_none=True)
    assert not projects.set_active_release(shop, "1.0")
    assert not projects.set_active_release(shop, "1.0", only_if_none=True)
    assert not projects.set_active_release(shop, "1.1", only_if_none=True)
    assert projects.get(shop).active_release == "1.0"
    assert projects.set_active_release(shop, "1.1")
    assert projects.get(shop).active_release == "1.1"
    with pytest.raises(NotFound):
        projects.set_active_release(new_id(), "1.0")


def test_a_retired_release_never_becomes_active(shop: str, projects: ProjectService) -> None:
    projects.retire_release(shop, "1.0")
    projects.retire_release(shop, "1.0")
    for only_if_none in (True, False):
        with pytest.raises(Conflict, match="being deleted"):
            projects.set_active_release(shop, "1.0", only_if_none=only_if_none)
    assert projects.get(shop).retired_releases == ["1.0"]


def test_the_active_and_the_running_release_are_not_retired(shop: str, projects: ProjectService) -> None:
    projects.set_active_release(shop, "1.0")
    projects.set_run_state(shop, "running", RunSource("release", "1.1", "hot-fix"))
    for version, code in (("1.0", "release_active"), ("1.1", "release_running")):
        with pytest.raises(Conflict) as refused:
            projects.retire_release(shop, version)
        assert refused.value.code == code
    projects.set_run_state(shop, "running", RunSource("branch", "1.1"))
    projects.retire_release(shop, "1.1")
    with pytest.raises(NotFound):
        projects.retire_release(new_id(), "1.0")


def test_a_release_is_activated_or_retired_never_both(shop: str, projects: ProjectService) -> None:
    def attempt(number: int) -> bool:
        try:
            if number % 2:
                projects.set_active_release(shop, version)
            else:
                projects.retire_release(shop, version)
        except Conflict:
            return False
        return True

    for version in ("1.0", "1.1", "1.2"):
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(attempt, range(8)))
        project = projects.get(shop)
        assert (project.active_release == version) != (version in project.retired_releases)
