"""`env` as a service has it: typed values, known without a query, and new ones at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from mongoengine import QuerySet
from notified import Supervisor
from pymongo.errors import AutoReconnect

from m3m_builtins.environment.documents import Variable
from m3m_builtins.environment.service import EnvironmentService
from m3m_core.kernel import Kernel
from m3m_core.testing import Client, JSRun, run_js

ENV = "/api/projects/shop/env"
VALUES: dict[str, tuple[str, Any]] = {
    "FLOAT": ("float", 2.5),
    "INT": ("integer", 42),
    "JSON": ("json", {"hosts": ["a", "b"], "$set": {"deep": None}}),
    "NO": ("boolean", False),
    "NOTHING": ("json", None),
    "TEXT": ("text", "one\ntwo 😀"),
    "__proto__": ("string", "own"),
}


@pytest.fixture
def filled(owner: Client, shop: str) -> None:
    for key, (kind, value) in VALUES.items():
        assert owner.post(ENV, json={"key": key, "type": kind, "value": value}).status == 201


@pytest.fixture
def queries(running: Kernel, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The projects whose values were asked of the database."""
    service: EnvironmentService = running.host.context("environment").service
    asked: list[str] = []
    read = service.values

    def values(project_id: str) -> dict[str, Any]:
        asked.append(project_id)
        return read(project_id)

    monkeypatch.setattr(service, "values", values)
    return asked


def test_values_have_their_types(js: JSRun, filled: None) -> None:
    for key, (_, value) in VALUES.items():
        assert js.value(f"env.get('{key}')") == value
    assert js.value("typeof env.get('INT') + typeof env.get('NO') + typeof $env.get('TEXT')") == "numberbooleanstring"


def test_what_is_not_there(js: JSRun, filled: None) -> None:
    assert js.value("[env.get('X'), env.get('X', 'else'), env.get('X', null)]") == [None, "else", None]
    assert js.value("env.get('X') === undefined")
    assert js.value("[env.has('X'), env.has('toString'), env.has('NOTHING')]") == [False, False, True]
    assert js.value("[env.get('NO', true), env.get('NOTHING', 1)]") == [False, None]


def test_all_of_them(js: JSRun, filled: None) -> None:
    assert js.value("env.keys()") == sorted(VALUES)
    assert js.value("env.all()") == {key: value for key, (_, value) in VALUES.items()}
    assert js.value("Object.hasOwn(env.all(), '__proto__') && ({}).own === undefined")


def test_a_service_has_its_own_copy(js: JSRun, filled: None) -> None:
    js.run("env.get('JSON').hosts.push('c'); env.all().JSON.hosts = []")
    assert js.value("env.get('JSON').hosts") == ["a", "b"]


def test_reading_is_one_query_and_none_when_nothing_is_read(js: JSRun, filled: None, queries: list[str]) -> None:
    assert queries == []
    js.run("for (let i = 0; i < 100; i++) { env.get('INT'); env.has('X'); env.keys(); env.all() }")
    assert queries == [js.spec.project_id]


def test_a_change_is_seen_by_the_next_read(js: JSRun, owner: Client, filled: None, queries: list[str]) -> None:
    read = "[env.get('INT'), env.get('NEW'), env.has('TEXT')]"
    assert js.value(read) == [42, None, True]
    owner.put(f"{ENV}/INT", json={"value": 43})
    assert js.value(read) == [43, None, True]
    owner.post(ENV, json={"key": "NEW", "type": "string", "value": "n"})
    assert js.value(read) == [43, "n", True]
    owner.delete(f"{ENV}/TEXT")
    assert js.value(read) == [43, "n", False]
    assert len(queries) == 4


def test_every_instance_of_the_project_is_told_and_no_other(
    running: Kernel, supervisor: Supervisor, owner: Client, js: JSRun, filled: None
) -> None:
    with run_js(within=running, project_id=js.spec.project_id, instance=1) as second, run_js(within=running) as other:
        supervisor.runs += [second, other]
        assert [run.value("env.get('INT')") for run in supervisor.runs] == [42, 42, None]
        owner.put(f"{ENV}/INT", json={"value": 1})
        assert [run.value("env.get('INT')") for run in supervisor.runs] == [1, 1, None]
    assert set(supervisor.told) == {(js.spec.project_id, "environment")}


def test_a_change_while_the_values_are_read_is_not_missed(
    running: Kernel, js: JSRun, filled: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    service: EnvironmentService = running.host.context("environment").service
    read = service.values

    def slow(project_id: str) -> dict[str, Any]:
        values = read(project_id)
        monkeypatch.setattr(service, "values", read)
        service.update(project_id, "INT", {"value": 2})
        return values

    monkeypatch.setattr(service, "values", slow)
    assert js.value("env.get('INT')") == 2


def test_a_refused_write_tells_nobody(supervisor: Supervisor, owner: Client, filled: None) -> None:
    supervisor.told.clear()
    owner.put(f"{ENV}/INT", json={"value": "x"})
    owner.delete(f"{ENV}/X")
    owner.post(ENV, json={"key": "INT", "type": "integer", "value": 1})
    assert supervisor.told == []


@pytest.mark.parametrize(
    ("method", "path", "body", "read", "expected"),
    [
        ("POST", "", {"key": "NEW", "type": "integer", "value": 1}, "env.get('NEW')", 1),
        ("PUT", "/INT", {"value": 43}, "env.get('INT')", 43),
        ("DELETE", "/INT", None, "env.has('INT')", False),
    ],
)
def test_a_write_whose_answer_was_lost_is_seen(
    js: JSRun,
    owner: Client,
    filled: None,
    monkeypatch: pytest.MonkeyPatch,
    method: str,
    path: str,
    body: Any,
    read: str,
    expected: Any,
) -> None:
    assert js.value(read) != expected
    for holder, name in ((Variable, "save"), (QuerySet, "modify"), (QuerySet, "delete")):
        monkeypatch.setattr(holder, name, losing_the_answer(getattr(holder, name)))
    assert owner.request(method, ENV + path, json=body).status == 503
    assert js.value(read) == expected


def losing_the_answer(write: Callable[..., Any]) -> Callable[..., Any]:
    def lost(*given: Any, **more: Any) -> Any:
        write(*given, **more)
        raise AutoReconnect("connection closed")

    return lost


def test_a_write_succeeds_while_the_supervisor_is_away(
    supervisor: Supervisor, owner: Client, shop: str, caplog: pytest.LogCaptureFixture
) -> None:
    supervisor.is_away = True
    assert owner.post(ENV, json={"key": "A", "type": "string", "value": "s3cret"}).status == 201
    assert f"instances of project {shop} could not be told of a change" in caplog.text
    assert "s3cret" not in caplog.text
