"""Who may do what: every operation of the HTTP API, for everybody who may ask. A route without a row fails."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from access_table import ASKING, FOREIGN, RUN, TABLE, Row
from access_world import Runs, World
from passlib.context import CryptContext

from m3m_builtins.auth import passwords
from m3m_builtins.runtime import stream
from m3m_core.testing import kernel

REFUSALS = (401, 403, 404)
NONSENSE = [
    ("application/json", b"{"),
    ("application/json", b'{"nonsense": 1}'),
    ("text/plain", b"x"),
    ("multipart/form-data", b"x"),
]
DECIDED_BY_WHAT_IS_SENT = {
    "POST /api/auth/setup",  # the token that allows it is in the body
    "POST /api/goals/{goal}/increment",  # so is the project
    "GET /api/goals/stats",  # the goals are in the query
}

PAGE = Path(__file__).parents[2] / "docs/http.md"


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    with pytest.MonkeyPatch.context() as patch:
        cheap = CryptContext(["argon2"], argon2__memory_cost=64, argon2__time_cost=1, argon2__parallelism=1)
        patch.setattr(passwords, "context", lambda: cheap)
        patch.setattr(stream, "is_closing", lambda: True)  # else it would never end
        with kernel(runs=Runs()) as running:
            running.host.context("plugins").service.renew_fronts = lambda: None
            yield World(running)


def filled(body: Any, names: Mapping[str, str]) -> Any:
    if isinstance(body, dict):
        return {key: filled(value, names) for key, value in body.items()}
    if isinstance(body, list):
        return [filled(item, names) for item in body]
    return body.format_map(names) if isinstance(body, str) else body


def ask(world: World, who: str, operation: str, row: Row, names: Mapping[str, str]) -> int:
    method, path = operation.split(" ")
    names = {**names, **filled(dict(row.names), names)}
    options: dict[str, Any] = {} if row.body is None else {"json": filled(row.body, names)}
    if row.raw is not None:
        options = {"content_type": row.raw[0], "body": row.raw[1]}
    status = world.clients[who].request(method, (path + row.query).format_map(names), **options).status
    if method != "GET" and status < 400:
        world.restore()
    return status


def everybody(world: World, operation: str, row: Row, names: Mapping[str, str]) -> dict[str, int]:
    return {who: ask(world, who, operation, row, names) for who in ASKING}


def expected(row: Row) -> dict[str, int]:
    return dict(zip(ASKING, map(int, row.statuses.split()), strict=True))


def allowed_as(row: Row, status: int) -> dict[str, int]:
    """What is expected where those whom the row does not refuse are answered otherwise."""
    return {who: told if told in REFUSALS else status for who, told in expected(row).items()}


def described(world: World) -> dict[str, dict[str, Any]]:
    """Every operation there is, from the API's own description."""
    paths = world.clients["guest"].get("/api/openapi.json").json["paths"]
    return {f"{method.upper()} {path}": told for path, methods in paths.items() for method, told in methods.items()}


@pytest.mark.parametrize("operation", TABLE)
def test_every_operation_answers_everybody_as_the_table_says(world: World, operation: str) -> None:
    row = TABLE[operation]
    assert everybody(world, operation, row, world.names) == expected(row)


@pytest.mark.parametrize("operation", TABLE)
def test_who_may_not_is_told_so_whatever_is_sent(world: World, operation: str) -> None:
    """Nobody learns from an answer about a body or a query what they may not ask."""
    told = (401,) if operation in DECIDED_BY_WHAT_IS_SENT else REFUSALS
    refused = {who: status for who, status in expected(TABLE[operation]).items() if status in told}
    for raw in NONSENSE:
        row = replace(TABLE[operation], raw=raw, query="?page=x&per_page=x&sort=$x&path=../x&filter=(")
        assert {who: ask(world, who, operation, row, world.names) for who in refused} == refused, raw


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
    answered = everybody(world, operation, Row("", body), world.foreign_names)
    assert answered == allowed_as(TABLE[operation], status)


@pytest.mark.parametrize(
    "operation", [operation for operation in FOREIGN if "{goal}" in operation or "{model}" in operation]
)
def test_nor_are_they_by_their_ids(world: World, operation: str) -> None:
    body, status = FOREIGN[operation]
    answered = everybody(world, operation, Row("", body), world.foreign_names | world.foreign_ids)
    assert answered == allowed_as(TABLE[operation], status)


def test_everything_below_a_project_is_tried_with_another_projects_thing(world: World) -> None:
    below = {operation for operation in described(world) if re.search(r"\{project\}/.*\{", operation)}
    assert below <= set(FOREIGN)


@pytest.mark.parametrize("operation", [operation for operation in FOREIGN if "{record}" in operation])
def test_records_of_another_projects_model_are_not_below_ones_own_model(world: World, operation: str) -> None:
    body, status = FOREIGN[operation]
    names = world.foreign_names | {"model": world.names["model"]}
    assert everybody(world, operation, Row("", body), names) == allowed_as(TABLE[operation], status)


@pytest.mark.parametrize("operation", [operation for operation in TABLE if "{project}" in operation])
def test_a_project_that_is_not_there_is_not_found_by_anybody(world: World, operation: str) -> None:
    """By the same answer as one that somebody may not see."""
    row, names = TABLE[operation], world.names | {"project": "nothing"}
    closed = {
        who: status for who, status in expected(row).items() if status == 401 or (status, who[-3:]) == (403, "key")
    }
    assert everybody(world, operation, row, names) == dict.fromkeys(ASKING, 404) | closed
