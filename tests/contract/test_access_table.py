"""Who may do what: every operation of the HTTP API, for everybody who may ask. A route without a row fails."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from access_world import Runs, World
from passlib.context import CryptContext

from m3m_builtins.auth import passwords
from m3m_builtins.runtime import stream
from m3m_core.testing import PASSWORD, kernel

PAGE = Path(__file__).parents[2] / "docs/http.md"

ASKING = ("guest", "expired", "blocked", "outsider", "granted", "member", "owner", "root", "key")

EVERYBODY = "200 200 200 200 200 200 200 200 200"
USERS = "401 401 401 200 200 200 200 200 403"
USERS_AND_KEY = "401 401 401 200 200 200 200 200 200"
ROOT = "401 401 401 403 403 403 403 200 403"
MEMBERS = "401 401 401 404 200 200 200 200 403"
MEMBERS_AND_KEY = "401 401 401 404 200 200 200 200 200"
BELONGING = "401 401 401 404 403 200 200 200 403"
OWNER = "401 401 401 404 403 403 200 200 403"


@dataclass(frozen=True)
class Row:
    """`statuses`: one for each in ASKING. A `{name}` in the path or the body stands for what the world has of it."""

    statuses: str
    body: dict[str, Any] | None = None


def instead(statuses: str, done: int) -> str:
    """The same, where success has another status than 200."""
    return statuses.replace("200", str(done))


RUN = "/api/projects/{project}"
MEMBER = f"{RUN}/members/{{user}}"
BRANCHES = f"{RUN}/pipeline/branches"
MODEL = f"{RUN}/models/{{model}}"
DATA = f"{MODEL}/data"
RELEASES = f"{RUN}/pipeline/releases"
STORAGE = f"{RUN}/storage"
GOALS = f"{RUN}/goals"
ENV = f"{RUN}/env"
NEW_USER = {"email": "new@example.com", "password": PASSWORD}
NEW_RELEASE = {"branch": "{branch}", "bump": "minor", "tag": "stable"}
NEW_GOAL = {"name": "New", "slug": "new", "type": "counter"}

TABLE: dict[str, Row] = {
    "GET /health": Row(EVERYBODY),
    "GET /api/openapi.json": Row(EVERYBODY),
    "POST /api/auth/login": Row(EVERYBODY, {"email": "target@example.com", "password": PASSWORD}),
    "POST /api/auth/refresh": Row(EVERYBODY, {"refresh_token": "{refresh_token}"}),
    "POST /api/auth/setup": Row(instead(EVERYBODY, 403), NEW_USER | {"token": "used"}),
    "POST /api/auth/logout": Row(instead(USERS, 204)),
    "GET /api/users": Row(USERS),
    "POST /api/users": Row(instead(ROOT, 201), NEW_USER),
    "GET /api/users/me": Row(USERS),
    "PUT /api/users/me": Row(USERS, {"name": "New"}),
    "PUT /api/users/me/password": Row(USERS, {"old_password": PASSWORD, "new_password": "a new long one"}),
    "PUT /api/users/me/avatar": Row(instead(USERS, 415)),
    "GET /api/users/{user}": Row(USERS),
    "PUT /api/users/{user}": Row(ROOT, {"name": "New"}),
    "DELETE /api/users/{user}": Row(instead(ROOT, 204)),
    "POST /api/users/{user}/block": Row(ROOT),
    "POST /api/users/{user}/unblock": Row(ROOT),
    "GET /api/users/{user}/avatar": Row(USERS),
    "GET /api/colors": Row(USERS),
    "GET /api/projects": Row(USERS),
    "POST /api/projects": Row("401 401 401 201 403 403 201 201 403", {"name": "New", "slug": "new"}),
    f"GET {RUN}": Row(MEMBERS),
    f"PUT {RUN}": Row(MEMBERS, {"name": "New"}),
    f"DELETE {RUN}": Row(instead(OWNER, 204)),
    f"POST {RUN}/regenerate-key": Row(BELONGING),
    f"GET {RUN}/members": Row(MEMBERS),
    f"POST {RUN}/members": Row(instead(OWNER, 201), {"user_id": "{user}"}),
    f"DELETE {MEMBER}": Row(instead(OWNER, 204)),
    "GET /api/goals": Row(USERS_AND_KEY),
    "POST /api/goals": Row(instead(ROOT, 201), NEW_GOAL),
    "GET /api/goals/stats": Row("401 401 401 400 400 400 400 400 200"),  # users must say which goals
    "GET /api/goals/{goal}": Row(USERS_AND_KEY),
    "PUT /api/goals/{goal}": Row(ROOT, {"name": "New"}),
    "DELETE /api/goals/{goal}": Row(instead(ROOT, 204)),
    "POST /api/goals/{goal}/increment": Row(MEMBERS_AND_KEY, {"project_id": "{project}"}),
    f"GET {GOALS}": Row(MEMBERS_AND_KEY),
    f"POST {GOALS}": Row(instead(MEMBERS_AND_KEY, 201), NEW_GOAL),
    f"PUT {GOALS}/{{goal}}": Row(MEMBERS_AND_KEY, {"name": "New"}),
    f"DELETE {GOALS}/{{goal}}": Row(instead(MEMBERS_AND_KEY, 204)),
    f"GET {ENV}": Row(MEMBERS_AND_KEY),
    f"POST {ENV}": Row(instead(MEMBERS, 201), {"key": "NEW", "type": "string", "value": "new"}),
    f"PUT {ENV}/{{key}}": Row(MEMBERS, {"value": "new"}),
    f"DELETE {ENV}/{{key}}": Row(instead(MEMBERS, 204)),
    f"GET {BRANCHES}": Row(MEMBERS),
    f"POST {BRANCHES}": Row(instead(MEMBERS, 201), {"name": "new", "from_branch": "{branch}"}),
    f"GET {BRANCHES}/{{branch}}": Row(MEMBERS),
    f"PUT {BRANCHES}/{{branch}}": Row(MEMBERS, {"code": "new"}),
    f"DELETE {BRANCHES}/{{branch}}": Row(instead(MEMBERS, 204)),
    f"POST {BRANCHES}/{{branch}}/reset": Row(MEMBERS, {"version": "{version}"}),
    f"GET {RELEASES}": Row(MEMBERS),
    f"POST {RELEASES}": Row(instead(MEMBERS, 201), NEW_RELEASE),
    f"GET {RELEASES}/{{version}}": Row(MEMBERS),
    f"DELETE {RELEASES}/{{version}}": Row(instead(MEMBERS, 204)),
    f"POST {RELEASES}/{{version}}/activate": Row(MEMBERS),
    f"POST {RUN}/start": Row(MEMBERS_AND_KEY, {"version": "{version}"}),
    f"POST {RUN}/stop": Row(MEMBERS_AND_KEY),
    f"POST {RUN}/restart": Row(MEMBERS_AND_KEY),
    f"GET {RUN}/status": Row(MEMBERS_AND_KEY),
    f"GET {RUN}/monitor": Row(MEMBERS_AND_KEY),
    "GET /metrics": Row(ROOT),
    f"GET {RUN}/logs": Row(MEMBERS_AND_KEY),
    f"GET {RUN}/logs/download": Row(MEMBERS_AND_KEY),
    f"GET {RUN}/logs/stream": Row(MEMBERS_AND_KEY),
    f"GET {RUN}/models": Row(MEMBERS),
    f"POST {RUN}/models": Row(instead(MEMBERS, 201), {"name": "New", "slug": "new"}),
    f"GET {MODEL}": Row(MEMBERS),
    f"PUT {MODEL}": Row(MEMBERS, {"name": "New"}),
    f"DELETE {MODEL}": Row(instead(MEMBERS, 204)),
    f"GET {DATA}": Row(MEMBERS_AND_KEY),
    f"POST {DATA}": Row(instead(MEMBERS_AND_KEY, 201), {"title": "new"}),
    f"GET {DATA}/{{record}}": Row(MEMBERS_AND_KEY),
    f"PUT {DATA}/{{record}}": Row(MEMBERS_AND_KEY, {"title": "new"}),
    f"DELETE {DATA}/{{record}}": Row(instead(MEMBERS_AND_KEY, 204)),
    f"POST {DATA}/batch": Row(MEMBERS_AND_KEY, {"operations": [{"op": "create"}]}),
    f"GET {DATA}/export": Row(MEMBERS_AND_KEY),
    f"POST {DATA}/import": Row(instead(MEMBERS_AND_KEY, 400)),
    f"GET {STORAGE}": Row(MEMBERS_AND_KEY),
    f"DELETE {STORAGE}": Row(instead(MEMBERS_AND_KEY, 422)),
    f"DELETE {STORAGE}/{{path}}": Row(instead(MEMBERS_AND_KEY, 204)),
    f"POST {STORAGE}/mkdir": Row(instead(MEMBERS_AND_KEY, 201), {"path": "new"}),
    f"POST {STORAGE}/upload": Row(instead(MEMBERS_AND_KEY, 415)),
    f"GET {STORAGE}/download/{{path}}": Row(MEMBERS_AND_KEY),
    f"PUT {STORAGE}/rename": Row(MEMBERS_AND_KEY, {"from": "{path}", "to": "new"}),
    f"POST {STORAGE}/file": Row(instead(MEMBERS_AND_KEY, 201), {"path": "new", "content": "new"}),
    f"GET {STORAGE}/file/{{path}}": Row(MEMBERS_AND_KEY),
    f"PUT {STORAGE}/file/{{path}}": Row(MEMBERS_AND_KEY, {"content": "new"}),
    f"GET {STORAGE}/thumb/{{path}}": Row(instead(MEMBERS_AND_KEY, 415)),
    f"POST {STORAGE}/zip": Row(instead(MEMBERS_AND_KEY, 201), {"paths": ["a.zip"], "to": "new"}),
    f"POST {STORAGE}/unzip": Row(MEMBERS_AND_KEY, {"path": "a.zip", "to": "new"}),
    f"GET {STORAGE}/link": Row(MEMBERS_AND_KEY),
    f"POST {STORAGE}/link": Row(instead(MEMBERS_AND_KEY, 201), {"path": "{path}"}),
    f"DELETE {STORAGE}/link/{{token}}": Row(instead(MEMBERS_AND_KEY, 204)),
    "GET /api/storage/public/{token}/{filename}": Row(EVERYBODY),
    "GET /api/runtime/types": Row(USERS),
    "GET /api/runtime/modules": Row(USERS),
    "GET /api/plugins": Row(USERS),
    "GET /api/plugins/{plugin}": Row(USERS),
    "POST /api/plugins/{plugin}/reload": Row(instead(ROOT, 202)),
}

# Requests for something of another project below the path of one's own. With a status other than 404 where the thing is
# named in the body, which is then wrong.
FOREIGN: dict[str, tuple[dict[str, Any] | None, int]] = {
    f"DELETE {MEMBER}": (None, 404),
    f"GET {BRANCHES}/{{branch}}": (None, 404),
    f"PUT {BRANCHES}/{{branch}}": ({"code": "new"}, 404),
    f"DELETE {BRANCHES}/{{branch}}": (None, 404),
    f"POST {BRANCHES}/{{branch}}/reset": ({"version": "0.1"}, 404),
    f"GET {RELEASES}/{{version}}": (None, 404),
    f"DELETE {RELEASES}/{{version}}": (None, 404),
    f"POST {RELEASES}/{{version}}/activate": (None, 404),
    f"POST {BRANCHES}": ({"name": "new", "from_branch": "{branch}"}, 422),
    f"POST {RELEASES}": (NEW_RELEASE, 422),
    f"POST {RUN}/start": ({"version": "{version}"}, 404),
    f"DELETE {STORAGE}/{{path}}": (None, 404),
    f"GET {STORAGE}/download/{{path}}": (None, 404),
    f"GET {STORAGE}/file/{{path}}": (None, 404),
    f"PUT {STORAGE}/file/{{path}}": ({"content": "new"}, 404),
    f"GET {STORAGE}/thumb/{{path}}": (None, 404),
    f"DELETE {STORAGE}/link/{{token}}": (None, 404),
    f"POST {STORAGE}/link": ({"path": "{path}"}, 404),
    f"PUT {GOALS}/{{goal}}": ({"name": "New"}, 404),
    f"DELETE {GOALS}/{{goal}}": (None, 404),
    f"PUT {ENV}/{{key}}": ({"value": "new"}, 404),
    f"DELETE {ENV}/{{key}}": (None, 404),
    f"GET {MODEL}": (None, 404),
    f"PUT {MODEL}": ({"name": "New"}, 404),
    f"DELETE {MODEL}": (None, 404),
    f"GET {DATA}": (None, 404),
    f"POST {DATA}": ({"title": "new"}, 404),
    f"GET {DATA}/{{record}}": (None, 404),
    f"PUT {DATA}/{{record}}": ({"title": "new"}, 404),
    f"DELETE {DATA}/{{record}}": (None, 404),
    f"POST {DATA}/batch": ({"operations": [{"op": "create"}]}, 404),
    f"GET {DATA}/export": (None, 404),
    f"POST {DATA}/import": (None, 404),
}


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    with pytest.MonkeyPatch.context() as patch:
        cheap = CryptContext(["argon2"], argon2__memory_cost=64, argon2__time_cost=1, argon2__parallelism=1)
        patch.setattr(passwords, "context", lambda: cheap)
        patch.setattr(stream, "is_closing", lambda: True)  # else it would never end
        with kernel(runs=Runs()) as running:
            running.host.context("plugins").service.renew_fronts = lambda: None
            yield World(running)


def filled(body: Any, names: dict[str, str]) -> Any:
    if isinstance(body, dict):
        return {key: filled(value, names) for key, value in body.items()}
    return body.format_map(names) if isinstance(body, str) else body


def ask(world: World, who: str, operation: str, body: dict[str, Any] | None, names: dict[str, str]) -> int:
    method, path = operation.split(" ")
    options = {} if body is None else {"json": filled(body, names)}
    status = world.clients[who].request(method, path.format_map(names), **options).status
    if method != "GET" and status < 400:
        world.restore()
    return status


def described(world: World) -> dict[str, dict[str, Any]]:
    """Every operation there is, from the API's own description."""
    paths = world.clients["guest"].get("/api/openapi.json").json["paths"]
    return {f"{method.upper()} {path}": told for path, methods in paths.items() for method, told in methods.items()}


@pytest.mark.parametrize("operation", TABLE)
def test_every_operation_answers_everybody_as_the_table_says(world: World, operation: str) -> None:
    row = TABLE[operation]
    names = world.names | ({"user": world.names["member"]} if operation == f"DELETE {MEMBER}" else {})
    answered = {who: ask(world, who, operation, row.body, names) for who in ASKING}
    assert answered == dict(zip(ASKING, map(int, row.statuses.split()), strict=True))


def test_every_operation_has_a_row_and_every_row_an_operation(world: World) -> None:
    assert set(TABLE) == set(described(world))


def test_the_page_about_http_tells_of_every_operation(world: World) -> None:
    """Paths below a project are written there without their common beginning."""
    told = re.findall(r"`(GET|POST|PUT|PATCH|DELETE) (/[^`\s?]*)", PAGE.read_text())
    meant = {f"{method} {begin}{path}" for method, path in told for begin in ("", RUN, f"{RUN}/pipeline")}
    there = set(described(world))
    assert there - meant == set()
    assert len(set(told)) == len(there)


def test_public_operations_are_these_few(world: World) -> None:
    public = {operation for operation, told in described(world).items() if told["security"] == []}
    assert public == {
        "GET /health",
        "GET /api/openapi.json",
        "POST /api/auth/login",
        "POST /api/auth/refresh",
        "POST /api/auth/setup",
        "GET /api/storage/public/{token}/{filename}",
        "GET /metrics",  # it has a token of its own beside the root user's, and checks both itself
    }


@pytest.mark.parametrize("operation", FOREIGN)
def test_things_of_another_project_are_not_below_ones_own(world: World, operation: str) -> None:
    body, status = FOREIGN[operation]
    for who in ("owner", "root"):
        assert ask(world, who, operation, body, world.foreign_names) == status


def test_everything_below_a_project_is_tried_with_another_projects_thing(world: World) -> None:
    below = {operation for operation in described(world) if re.search(r"\{project\}/.*\{", operation)}
    assert below <= set(FOREIGN)


@pytest.mark.parametrize("operation", [operation for operation in FOREIGN if "{record}" in operation])
def test_records_of_another_projects_model_are_not_below_ones_own_model(world: World, operation: str) -> None:
    body, status = FOREIGN[operation]
    names = world.foreign_names | {"model": world.names["model"]}
    assert ask(world, "owner", operation, body, names) == status


@pytest.mark.parametrize("operation", [operation for operation in TABLE if "{project}" in operation])
def test_a_project_that_is_not_there_is_404_for_root_and_401_for_a_guest(world: World, operation: str) -> None:
    names = world.names | {"project": "nothing"}
    body = TABLE[operation].body
    assert ask(world, "root", operation, body, names) == 404
    assert ask(world, "guest", operation, body, names) == 401


@pytest.mark.parametrize(
    "operation",
    [
        operation
        for operation, row in TABLE.items()
        if row.statuses.replace("201", "200").replace("204", "200") == MEMBERS_AND_KEY
    ],
)
def test_a_key_opens_its_own_project_only(world: World, operation: str) -> None:
    assert ask(world, "key", operation, TABLE[operation].body, world.names | {"project": "other"}) == 404
