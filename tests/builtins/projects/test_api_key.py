"""The key of a project, tried on a route of a plugin that accepts it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from types import ModuleType
from typing import Any

import falcon
import pytest

from m3m_builtins.projects.documents import Project
from m3m_core import Manifest, Operation, Route, hookimpl
from m3m_core.kernel import Kernel
from m3m_core.testing import Client, as_user, kernel

OPEN, CLOSED = "/api/projects/{project}/open", "/api/projects/{project}/closed"


class Echo:
    def on_get(self, req: falcon.Request, resp: falcon.Response, project: str) -> None:
        resp.media = {"kind": req.context.actor.kind, "project": req.context.project.id}


@hookimpl
def m3m_routes() -> Sequence[Route]:
    echo = Echo()
    return [
        Route(OPEN, echo, {"GET": Operation("echo.read", api_key=True)}),
        Route(CLOSED, echo, {"GET": Operation("echo.read")}),
    ]


def echo_plugin() -> ModuleType:
    module: Any = ModuleType("echo")
    module.manifest = Manifest("echo", "1.0.0", "Tells who asks.")
    module.m3m_routes = m3m_routes
    made: ModuleType = module
    return made


@pytest.fixture
def running() -> Iterator[Kernel]:
    with kernel(["projects", echo_plugin()]) as started:
        yield started


@pytest.fixture
def key(owner: Client, shop: str) -> str:
    found: str = owner.get("/api/projects/shop").json["api_key"]
    return found


def with_key(guest: Client, key: str) -> Client:
    return guest.with_headers(X_API_Key=key)


def test_a_key_opens_its_own_project(guest: Client, key: str, shop: str) -> None:
    for project in (shop, "shop"):
        answer = with_key(guest, key).get(f"/api/projects/{project}/open")
        assert (answer.status, answer.json) == (200, {"kind": "key", "project": shop})


def test_a_key_opens_only_what_accepts_keys(guest: Client, key: str) -> None:
    client = with_key(guest, key)
    for path in ("/api/projects/shop/closed", "/api/projects/shop", "/api/projects", "/api/users", "/api/colors"):
        assert client.get(path).status == 403
    assert client.post("/api/projects/shop/regenerate-key").status == 403


def test_a_key_does_not_see_other_projects(guest: Client, root: Client, key: str) -> None:
    root.post("/api/projects", json={"name": "Other", "slug": "other"})
    for project in ("other", "nothing"):
        assert with_key(guest, key).get(f"/api/projects/{project}/open").status == 404


@pytest.mark.parametrize("wrong", ["", "x", "m3m_", "\u00e9"])
def test_a_wrong_key_is_refused(guest: Client, shop: str, wrong: str) -> None:
    answer = with_key(guest, wrong).get("/api/projects/shop/open")
    assert (answer.status, answer.json["code"]) == (401, "api_key_invalid")


def test_a_token_counts_before_a_key(outsider: Client, member: Client, key: str) -> None:
    assert outsider.with_headers(X_API_Key=key).get("/api/projects/shop/open").status == 404
    assert member.with_headers(X_API_Key=key).get("/api/projects/shop/open").json["kind"] == "user"


def test_a_new_key_replaces_the_old_one_at_once(guest: Client, member: Client, key: str) -> None:
    answer = member.post("/api/projects/shop/regenerate-key")
    assert (answer.status, answer.json["slug"], "api_key" in answer.json) == (200, "shop", False)
    new = member.get("/api/projects/shop").json["api_key"]
    assert new.startswith("m3m_")
    assert new != key
    assert with_key(guest, key).get("/api/projects/shop/open").status == 401
    assert with_key(guest, new).get("/api/projects/shop/open").status == 200


def test_the_key_is_shown_and_renewed_by_those_only_who_belong_to_the_project(
    running: Kernel, owner: Client, member: Client, root: Client, key: str, shop: str
) -> None:
    granted = as_user(running, "granted@example.com", project_access=[shop])
    answer = granted.get("/api/projects/shop")
    assert (answer.status, answer.json["api_key"]) == (200, None)
    assert granted.post("/api/projects/shop/regenerate-key").status == 403
    for client in (owner, member, root):
        assert client.get("/api/projects/shop").json["api_key"] == key


def test_the_key_of_a_deleted_project_is_refused(guest: Client, owner: Client, key: str) -> None:
    owner.delete("/api/projects/shop")
    assert with_key(guest, key).get("/api/projects/shop/open").status == 401


def test_the_key_of_a_hidden_project_is_refused(guest: Client, key: str) -> None:
    Project.objects.update(set__hidden=True)
    assert with_key(guest, key).get("/api/projects/shop/open").status == 401
