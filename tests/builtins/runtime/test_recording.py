"""What is written down of a run, and which runs may not go on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from m3m_builtins.projects.documents import Project
from m3m_builtins.runtime.service import OUTDATED, RuntimeService
from m3m_core import Conflict, NotFound, RunChange, RunSource, RunSpec, new_id
from m3m_core.kernel import Kernel
from m3m_core.testing import Client, kernel

BRANCH = RunSource("branch", "develop")


class Supervisor:
    """Notes what it is told to start."""

    def __init__(self) -> None:
        self.started: list[RunSpec] = []

    def start(self, spec: RunSpec) -> dict[str, Any]:
        self.started.append(spec)
        return {}

    restart = start

    def status(self, project_id: str) -> dict[str, Any]:
        return {"run_id": new_id(), "source": {"kind": "branch", "name": "develop"}}


@pytest.fixture
def supervisor() -> Supervisor:
    return Supervisor()


@pytest.fixture
def running(supervisor: Supervisor) -> Iterator[Kernel]:
    with kernel(["runtime"], runs=supervisor) as made:
        yield made


@pytest.fixture
def runtime(running: Kernel) -> RuntimeService:
    made: RuntimeService = running.host.context("runtime").service
    return made


@pytest.fixture
def change(shop: str, tmp_path: Path) -> RunChange:
    spec = RunSpec(shop, "shop", new_id(), BRANCH, {"main": ""}, str(tmp_path / "log"))
    return RunChange(spec, "starting", "boot")


def stored(project_id: str) -> Any:
    return Project.objects(id=project_id).first()


def test_a_recorded_run_keeps_its_slug(runtime: RuntimeService, owner: Client, shop: str, change: RunChange) -> None:
    for status in ("starting", "running", "stopping", "stopped"):
        assert runtime.record(replace(change, status=status)) is None
        assert stored(shop).status == status
        assert owner.put("/api/projects/shop", json={"slug": "kiosk"}).status == (200 if status == "stopped" else 409)


@pytest.mark.parametrize("status", ["starting", "running"])
@pytest.mark.parametrize("fate", [{"slug": "kiosk"}, {"hidden": True}, None], ids=["renamed", "being deleted", "gone"])
def test_what_is_no_longer_its_projects_run_may_not_go_on(
    runtime: RuntimeService, shop: str, change: RunChange, status: str, fate: dict[str, Any] | None
) -> None:
    if fate is None:
        Project.objects(id=shop).delete()
    else:
        Project.objects(id=shop).update_one(**fate)
    assert runtime.record(replace(change, status=status)) == OUTDATED
    assert fate is None or stored(shop).status == "stopped"
    assert runtime.record(replace(change, status="stopped")) is None


def test_a_rename_that_was_allowed_too_early_does_not_happen_while_it_runs(
    owner: Client, runtime: RuntimeService, running: Kernel, shop: str, change: RunChange
) -> None:
    """Its first look at the project is old when the request's body has come in."""
    projects = running.host.context("projects").service
    seen_first = projects.get(shop)
    assert owner.put("/api/projects/shop", json={"slug": "kiosk"}).status == 200
    runtime.record(replace(change, spec=replace(change.spec, slug="kiosk")))
    with pytest.raises(Conflict) as refused:
        projects.update(seen_first, {"slug": "shop"})
    assert refused.value.code == "project_not_stopped"
    assert stored(shop).slug == "kiosk"


@pytest.mark.parametrize("operation", ["start", "restart"])
def test_a_project_starts_as_it_is_when_the_request_has_come_in_whole(
    owner: Client, runtime: RuntimeService, supervisor: Supervisor, shop: str, operation: str
) -> None:
    seen_first = stored(shop)
    given = {"branch": "develop"} if operation == "start" else {}
    assert owner.put("/api/projects/shop", json={"slug": "kiosk", "instances": 2}).status == 200
    getattr(runtime, operation)(seen_first, **given)
    assert [(spec.slug, spec.instances) for spec in supervisor.started] == [("kiosk", 2)]
    Project.objects.update(set__hidden=True)
    with pytest.raises(NotFound):
        getattr(runtime, operation)(seen_first, **given)
