"""Routes of plugins: every one has its operation, and none replaces another silently."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pytest

from m3m_core import FALLBACK, PUBLIC, Operation, Route
from m3m_core.testing import client, kernel, plugin

OPEN = Operation(PUBLIC)


class Says:
    """Answers GET with who it is."""

    def __init__(self, name: str) -> None:
        self.name = name

    def on_get(self, req: Any, resp: Any, **params: Any) -> None:
        resp.media = {"name": self.name, **params}


class Takes:
    def on_post(self, req: Any, resp: Any, **params: Any) -> None:
        resp.media = {"took": params}


def says(name: str, path: str) -> ModuleType:
    return plugin(name, routes=[Route(path, Says(name), {"GET": OPEN})])


def reasons(*modules: ModuleType) -> dict[str, str]:
    """Why plugins are off once their routes were wanted."""
    with kernel(list(modules)) as running:
        client(running)
        return {entry.name: entry.reason for entry in running.host.entries() if entry.state == "off"}


@pytest.mark.parametrize(
    ("path", "asked", "params"),
    [
        ("/plain", "/plain", {}),
        ("/things/{thing}", "/things/7", {"thing": "7"}),
        ("/things/{thing}", "/things/a%20b%C3%A9", {"thing": "a bé"}),
        ("/files/{path:path}", "/files/a/b%2Fc", {"path": "a/b/c"}),
    ],
)
def test_a_route_answers_with_its_parameters(path: str, asked: str, params: dict[str, str]) -> None:
    with kernel([says("one", path)]) as running:
        assert client(running).get(asked)[:2] == (200, {"name": "one", **params})


def test_head_is_get_without_the_body() -> None:
    with kernel([says("one", "/plain")]) as running:
        status, body, headers = client(running).head("/plain")
        assert (status, body, headers["content-length"]) == (200, None, str(len('{"name":"one"}')))


def test_other_methods_are_refused_with_those_that_are_allowed() -> None:
    with kernel([says("one", "/plain")]) as running:
        status, body, headers = client(running).delete("/plain")
        assert (status, body["code"], headers["allow"]) == (405, "method_not_allowed", "GET, HEAD, OPTIONS")


def test_two_plugins_may_share_a_path_but_no_method() -> None:
    reader = says("reader", "/box/{box}")
    writer = plugin("writer", routes=[Route("/box/{box}", Takes(), {"POST": OPEN})])
    with kernel([reader, writer]) as running:
        guest = client(running)
        assert guest.get("/box/1").json == {"name": "reader", "box": "1"}
        assert guest.post("/box/1").json == {"took": {"box": "1"}}
        assert guest.put("/box/1").headers["allow"] == "GET, HEAD, POST, OPTIONS"


def test_the_same_route_twice_names_both_plugins_and_the_first_one_keeps_it() -> None:
    with kernel([says("first", "/same"), says("second", "/same"), says("third", "/other")]) as running:
        guest = client(running)
        assert guest.get("/same").json == {"name": "first"}
        assert guest.get("/other").json == {"name": "third"}
        off = {entry.name: entry.reason for entry in running.host.entries() if entry.state == "off"}
    assert list(off) == ["second"]
    assert "/same" in off["second"]
    assert "first" in off["second"]


def test_two_spellings_of_one_field_name_both_plugins() -> None:
    off = reasons(says("first", "/a/{id}"), says("second", "/a/{key}/b"))
    assert list(off) == ["second"]
    assert "first" in off["second"]
    assert "{id}" in off["second"]
    assert "{key}" in off["second"]


def test_the_kernels_own_route_cannot_be_taken() -> None:
    off = reasons(says("thief", "/api/openapi.json"))
    assert "already a route" in off["thief"]


@pytest.mark.parametrize(
    ("routes", "reason"),
    [
        ([Route("/x", Says("x"), {})], "no operation for GET"),
        ([Route("/x", Says("x"), {"GET": OPEN, "POST": OPEN})], "no responder for POST"),
        ([Route("x", Says("x"), {"GET": OPEN})], "must begin with /"),
        ([Route("/x/{a b}", Says("x"), {"GET": OPEN})], "/x/{a b}"),
        ([Route("/x/{p:path}/y", Says("x"), {"GET": OPEN})], "/x/{p:path}/y"),
        ([Route("/x/{i}", Says("x"), {"GET": OPEN}), Route("/x/{j}/y", Says("x"), {"GET": OPEN})], "{j}"),
    ],
)
def test_a_wrong_route_switches_its_plugin_off_with_the_reason(routes: list[Route], reason: str) -> None:
    with kernel([plugin("wrong", routes=routes), says("right", "/right")]) as running:
        assert client(running).get("/right").status == 200
        off = {entry.name: entry.reason for entry in running.host.entries() if entry.state == "off"}
    assert list(off) == ["wrong"]
    assert reason in off["wrong"]


def test_unknown_paths_are_not_found() -> None:
    with kernel([says("one", "/plain")]) as running:
        status, body, _ = client(running).get("/nothing")
        assert (status, body["code"]) == (404, "not_found")


def test_a_fallback_answers_get_where_nothing_else_does() -> None:
    with kernel([says("one", "/plain"), says("rest", FALLBACK)]) as running:
        asking = client(running)
        assert asking.get("/plain").json == {"name": "one"}
        assert asking.get("/else/where").json == {"name": "rest"}
        assert asking.head("/else/where").status == 200
        assert asking.post("/else/where").status == 404
        assert asking.post("/plain").status == 405
        assert FALLBACK not in asking.get("/api/openapi.json").json["paths"]


def test_there_is_one_fallback_and_it_has_get_alone() -> None:
    posting = plugin("posting", routes=[Route(FALLBACK, Takes(), {"POST": OPEN})])
    told = reasons(says("one", FALLBACK), says("two", FALLBACK), posting)
    assert told["two"] == "GET /* is already a route of plugin one"
    assert told["posting"] == "route /* has GET and no other method"
