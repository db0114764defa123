"""Creation and deletion, and what other features say to them."""

from __future__ import annotations

from collections.abc import Iterator
from types import ModuleType
from typing import Any

import pytest

from m3m_builtins.projects.documents import Project
from m3m_core import Context, Manifest, Unavailable, hookimpl
from m3m_core.kernel import Kernel
from m3m_core.testing import Client, as_user, kernel


class Watcher:
    """What the plugin saw; it fails in the hooks named in `failing`."""

    def __init__(self) -> None:
        self.seen: list[tuple[str, str, bool]] = []
        self.failing: set[str] = set()

    def note(self, hook: str, project: Project) -> bool:
        if hook in self.failing:
            raise Unavailable("The feature is busy.", code="busy")
        stored = Project.objects(id=project.id).first()
        self.seen.append((hook, project.slug, stored is not None and stored.hidden))
        return True  # an answer that nobody asked for must not end the calls


def watching_plugin(watcher: Watcher, name: str) -> ModuleType:
    module: Any = ModuleType(name)
    module.manifest = Manifest(name, "1.0.0", "Watches projects.", requires=("projects",))

    @hookimpl
    def m3m_project_created(ctx: Context, project: Project) -> bool:
        return watcher.note("created", project)

    @hookimpl
    def m3m_project_deleting(ctx: Context, project: Project) -> bool:
        return watcher.note("deleting", project)

    @hookimpl
    def m3m_project_deleted(ctx: Context, project: Project) -> bool:
        return watcher.note("deleted", project)

    module.m3m_project_created = m3m_project_created
    module.m3m_project_deleting = m3m_project_deleting
    module.m3m_project_deleted = m3m_project_deleted
    made: ModuleType = module
    return made


@pytest.fixture
def watcher() -> Watcher:
    return Watcher()


@pytest.fixture
def later() -> Watcher:
    """Of a plugin that is called after that of `watcher`."""
    return Watcher()


@pytest.fixture
def running(watcher: Watcher, later: Watcher) -> Iterator[Kernel]:
    with kernel(["projects", watching_plugin(watcher, "watching"), watching_plugin(later, "x-later")]) as started:
        yield started


def test_others_hear_of_a_project_before_it_can_be_seen(
    watcher: Watcher, later: Watcher, owner: Client, shop: str
) -> None:
    assert watcher.seen == later.seen == [("created", "shop", True)]
    assert not Project.objects(id=shop).first().hidden


def test_a_feature_that_fails_undoes_the_creation(watcher: Watcher, later: Watcher, owner: Client) -> None:
    watcher.failing = {"created"}
    answer = owner.post("/api/projects", json={"name": "Shop", "slug": "shop"})
    assert (answer.status, answer.json["code"]) == (503, "busy")
    assert Project.objects.count() == 0
    assert watcher.seen == later.seen == [("deleted", "shop", True)]
    watcher.failing = set()
    assert owner.post("/api/projects", json={"name": "Shop", "slug": "shop"}).status == 201


def test_delete_lets_the_others_remove_their_own_first(
    watcher: Watcher, later: Watcher, owner: Client, shop: str
) -> None:
    assert owner.delete("/api/projects/shop")[:2] == (204, None)
    assert watcher.seen[1:] == later.seen[1:] == [("deleting", "shop", True), ("deleted", "shop", True)]
    assert Project.objects.count() == 0
    assert owner.delete("/api/projects/shop").status == 404
    assert owner.post("/api/projects", json={"name": "Shop", "slug": "shop"}).status == 201


def test_delete_takes_the_project_out_of_the_rights_of_users(running: Kernel, root: Client, shop: str) -> None:
    granted = as_user(running, "granted@example.com", project_access=[shop])
    root.delete("/api/projects/shop")
    assert granted.get("/api/users/me").json["permissions"]["project_access"] == []


def test_a_feature_that_refuses_stops_the_deletion(watcher: Watcher, later: Watcher, owner: Client, shop: str) -> None:
    watcher.failing = {"deleting"}
    answer = owner.delete("/api/projects/shop")
    assert (answer.status, answer.json["code"]) == (503, "busy")
    assert owner.get("/api/projects/shop").status == 200
    assert [hook for hook, _, _ in later.seen] == ["created"]


def test_a_deletion_that_failed_halfway_can_be_asked_for_again(
    watcher: Watcher, later: Watcher, owner: Client, member: Client, shop: str
) -> None:
    watcher.failing = {"deleted"}
    assert owner.delete("/api/projects/shop").status == 503
    assert [hook for hook, _, _ in later.seen] == ["created", "deleting", "deleted"]
    assert owner.get("/api/projects/shop").status == 404
    assert owner.get("/api/projects").json["items"] == []
    assert owner.delete("/api/projects/shop").status == 503
    watcher.failing = set()
    assert member.delete("/api/projects/shop").status == 403
    assert owner.delete("/api/projects/shop").status == 204
    assert Project.objects.count() == 0


def test_the_next_start_finishes_what_a_crash_interrupted(
    watcher: Watcher, running: Kernel, owner: Client, shop: str
) -> None:
    """Half deleted and half created alike."""
    owner.post("/api/projects", json={"name": "Kept", "slug": "kept"})
    Project.objects(slug="shop").update(set__hidden=True)
    watcher.seen.clear()
    running.host.each("m3m_ready")
    assert watcher.seen == [("deleted", "shop", True)]
    assert [project.slug for project in Project.objects] == ["kept"]


def test_a_start_goes_on_when_a_feature_still_fails(
    watcher: Watcher, running: Kernel, owner: Client, shop: str, caplog: pytest.LogCaptureFixture
) -> None:
    owner.post("/api/projects", json={"name": "Other", "slug": "other"})
    Project.objects.update(set__hidden=True)
    watcher.failing = {"deleted"}
    running.host.each("m3m_ready")
    assert caplog.text.count("plugin watching failed in m3m_project_deleted") == 2
    assert Project.objects.count() == 2
    watcher.failing = set()
    running.host.each("m3m_ready")
    assert Project.objects.count() == 0


@pytest.mark.parametrize(("who", "status"), [("member", 403), ("outsider", 404), ("guest", 401), ("root", 204)])
def test_only_the_owner_and_root_delete(request: pytest.FixtureRequest, shop: str, who: str, status: int) -> None:
    client: Client = request.getfixturevalue(who)
    assert client.delete("/api/projects/shop").status == status
