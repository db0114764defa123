"""A deleted project leaves nothing: whenever the server is killed meanwhile, and whatever was switched off then."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from access_world import Runs

from m3m_builtins.runtime import crashes
from m3m_core import RunChange, RunSource, RunSpec
from m3m_core.discovery import find
from m3m_core.kernel import Kernel
from m3m_core.settings import Plugins
from m3m_core.testing import Client, as_user, kernel

SHOP = "/api/projects/shop"
FEATURES = sorted(
    found.name for found in find(Plugins(path=Path("none"))) if hasattr(found.module, "m3m_project_deleted")
)
"""All that keep something for projects."""

PUT: dict[str, list[tuple[str, dict[str, Any]]]] = {
    "datastore": [
        ("/models", {"name": "Things", "slug": "things", "fields": []}),
        ("/models/things/data", {}),
    ],
    "environment": [("/env", {"key": "KEY", "type": "string", "value": "x"})],
    "goals": [
        ("/goals", {"name": "Sales", "slug": "sales", "type": "daily_counter"}),
        ("/../../goals/shop-sales/increment", {"project_id": "shop"}),
    ],
    "pipeline": [("/pipeline/releases", {"branch": "develop", "bump": "minor", "tag": "stable"})],
    "storage": [("/storage/file", {"path": "a/b.txt", "content": "x"}), ("/storage/link", {"path": "a/b.txt"})],
}
"""What is asked for, so that each feature keeps something."""


class Killed(BaseException):
    pass


@pytest.fixture
def running() -> Iterator[Kernel]:
    with kernel(FEATURES, runs=Runs()) as started:
        yield started


@pytest.fixture
def owner(running: Kernel) -> Client:
    return as_user(running, "owner@example.com", create_projects=True)


@pytest.fixture
def shop(running: Kernel, owner: Client) -> str:
    """The id of a project for which every feature keeps something."""
    project_id: str = owner.post("/api/projects", json={"name": "Shop", "slug": "shop"}).json["id"]
    for feature in FEATURES:
        for path, body in PUT.get(feature, ()):
            address = f"{SHOP}{path}".replace(f"{SHOP}/../..", "/api")
            answer = owner.post(address, json=body)
            assert answer.status in (200, 201), (address, answer)
    log = running.host.context("runtime").service.logs.path(project_id, "0" * 24)
    log.parent.mkdir(parents=True)
    log.write_text("[2026-11-22T10:15:30.123Z] [INFO] hello\n")
    spec = RunSpec(project_id, "shop", "0" * 24, RunSource("branch", "develop"), {}, str(log), 1)
    crashes.remember(RunChange(spec, "crashed", "test"))
    return project_id


def traces(running: Kernel, project_id: str) -> set[str]:
    """Where anything of the project is still kept."""
    db, settings = running.db.get(), running.settings
    names = [name for name in db.list_collection_names() if name != "deleted_projects"]
    found = {name for name in names if project_id in name or any(project_id in str(each) for each in db[name].find())}
    return found | {
        path.name for path in (settings.storage.path, settings.logging.path) if (path / project_id).exists()
    }


def test_every_feature_keeps_something(running: Kernel, shop: str) -> None:
    assert set(PUT) | {"runtime"} == set(FEATURES)
    wanted = {"branches", "crashes", "environment", "goal_stats", "goals", "logs", "models", "projects", "releases"}
    wanted |= {f"data_{shop}_things", "release_versions", "storage", "storage_links"}
    assert traces(running, shop) == wanted


@pytest.mark.parametrize("feature", FEATURES)
def test_killed_between_the_announcement_and_the_drop(
    running: Kernel, owner: Client, shop: str, monkeypatch: pytest.MonkeyPatch, feature: str
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(*drop(running, feature), dying)
        with pytest.raises(Killed):
            owner.delete(SHOP)
    running.host.each("m3m_ready")
    assert traces(running, shop) == set()


@pytest.mark.parametrize("feature", FEATURES)
def test_switched_off_while_the_project_was_deleted(
    running: Kernel, owner: Client, shop: str, monkeypatch: pytest.MonkeyPatch, feature: str
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(*drop(running, feature), lambda *_: None)
        assert owner.delete(SHOP).status == 204
    assert traces(running, shop) != set()
    running.host.each("m3m_ready")
    assert traces(running, shop) == set()


def test_what_belongs_to_no_project_that_was_ever_here_stays(running: Kernel, owner: Client, shop: str) -> None:
    """It may be a half of a backup. So does what belongs to a project that is back from one."""
    kept = traces(running, shop)
    projects = running.db.get()["projects"]
    project = projects.find_one({"slug": "shop"})
    assert project is not None
    projects.delete_one({"slug": "shop"})
    running.host.each("m3m_ready")
    assert traces(running, shop) == kept - {"projects"}
    running.db.get()["deleted_projects"].insert_one({"_id": shop})
    projects.insert_one(project)
    running.host.each("m3m_ready")
    assert traces(running, shop) == kept


def drop(running: Kernel, feature: str) -> tuple[Any, str]:
    """The step that removes what a feature keeps for a project."""
    service = running.host.context(feature).service
    return (type(service.models if feature == "datastore" else service), "forget_project")


def dying(*_: Any) -> Callable[..., Any]:
    raise Killed
