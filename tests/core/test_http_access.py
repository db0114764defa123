"""Who may do what: asked of plugins, denied by default."""

from __future__ import annotations

import io
from collections.abc import Callable
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
from pydantic import BaseModel

from m3m_core import PUBLIC, Actor, NotFound, Operation, Route, Unauthorized
from m3m_core.http import BodyStream, bodystream, read
from m3m_core.testing import Client, client, kernel, plugin

KINDS = ("user", "key")


class Takes:
    """Reads a body in one of three ways; what it took stands in `taken`."""

    def __init__(self, take: Callable[[Any], bytes]) -> None:
        self._take = take
        self.taken: list[bytes] = []

    def on_put(self, req: Any, resp: Any, thing: str) -> None:
        self.taken.append(self._take(req))


class Parsed(Takes):
    def on_put(self, req: Any, resp: Any, thing: str, body: Any = None) -> None:
        self.taken.append(body)


class Anything(BaseModel):
    pass


class Whoami:
    def on_get(self, req: Any, resp: Any, **params: Any) -> None:
        resp.media = {"actor": req.context.actor.kind, "seen": getattr(req.context, "seen", None)}


def doors() -> ModuleType:
    """One route for each way of being asked."""
    return plugin(
        "doors",
        routes=[
            Route("/open", Whoami(), {"GET": Operation(PUBLIC)}),
            Route("/read/{thing}", Whoami(), {"GET": Operation("things.read", api_key=True)}),
            Route("/write/{thing}", Whoami(), {"GET": Operation("things.write")}),
            Route("/odd", Whoami(), {"GET": Operation("nobody.knows")}),
        ],
    )


def authenticate(req: Any) -> Actor | None:
    kind = req.get_header("X-Kind")
    if kind == "bad":
        raise Unauthorized("The token is not valid.", code="token_invalid")
    return Actor(kind=kind, id="1") if kind in KINDS else None


def authorize(actor: Actor, operation: Operation, params: dict[str, Any], req: Any) -> bool | None:
    if not operation.action.startswith("things."):
        return None
    if params["thing"] == "hidden":
        raise NotFound("There is no such thing.")
    req.context.seen = params["thing"]
    return actor.kind in KINDS and params["thing"] != "secret"


@pytest.fixture(scope="module")
def guest() -> Any:
    guard = plugin("guard", m3m_authenticate=authenticate, m3m_authorize=authorize)
    with kernel([doors(), guard]) as running:
        yield client(running)


@pytest.mark.parametrize(
    ("kind", "path", "status", "code"),
    [
        ("", "/open", 200, ""),
        ("bad", "/open", 200, ""),
        ("user", "/open", 200, ""),
        ("", "/read/a", 401, "unauthorized"),
        ("bad", "/read/a", 401, "token_invalid"),
        ("user", "/read/a", 200, ""),
        ("key", "/read/a", 200, ""),
        ("user", "/write/a", 200, ""),
        ("key", "/write/a", 403, "forbidden"),
        ("user", "/read/secret", 403, "forbidden"),
        ("user", "/read/hidden", 404, "not_found"),
        ("", "/odd", 401, "unauthorized"),
        ("user", "/odd", 403, "forbidden"),
    ],
)
def test_access(guest: Client, kind: str, path: str, status: int, code: str) -> None:
    answer = guest.get(path, headers={"X-Kind": kind} if kind else {})
    assert answer.status == status
    if status == 200:
        assert answer.json["actor"] == ("guest" if path == "/open" else kind)
    else:
        assert answer.json["code"] == code
        assert ("www-authenticate" in answer.headers) == (status == 401)


def test_what_authorisation_looked_up_reaches_the_responder(guest: Client) -> None:
    assert guest.get("/read/lamp", headers={"X-Kind": "user"}).json["seen"] == "lamp"


def test_without_any_guard_only_public_routes_answer() -> None:
    with kernel([doors()]) as running:
        assert [client(running).get(path).status for path in ("/open", "/read/a", "/odd")] == [200, 401, 401]


@pytest.mark.parametrize("answer", [None, False, 0, "yes", 1])
def test_only_a_plain_true_lets_anybody_in(answer: Any) -> None:
    guard = plugin("guard", m3m_authenticate=authenticate, m3m_authorize=lambda: answer)
    with kernel([doors(), guard]) as running:
        assert client(running).get("/read/a", headers={"X-Kind": "user"}).status == 403


def test_a_guard_that_fails_lets_nobody_in() -> None:
    def fail() -> bool:
        raise RuntimeError("broken")

    guard = plugin("guard", m3m_authenticate=authenticate, m3m_authorize=fail)
    with kernel([doors(), guard]) as running:
        assert client(running).get("/read/a", headers={"X-Kind": "user"}).status == 500


def test_the_body_is_not_read_before_access_is_granted() -> None:
    from pydantic import BaseModel

    class Box(BaseModel):
        size: int

    class Boxes:
        def on_post(self, req: Any, resp: Any, body: Box) -> None:
            resp.media = {}

    boxes = plugin("boxes", routes=[Route("/boxes", Boxes(), {"POST": Operation("things.add", body=Box)})])
    with kernel([boxes]) as running:
        assert client(running).post("/boxes", body=b"{broken", content_type="application/json").status == 401


@pytest.mark.parametrize(("seconds", "status"), [(0.5, 200), (2.0, 403)])
@pytest.mark.parametrize(
    ("resource", "reads"),
    [
        (Parsed(bytes), {"body": Anything}),
        (Takes(lambda req: read(req, 100)), {}),
        (Takes(lambda req: b"".join(BodyStream(req, 100))), {"stream_body": True}),
        (Takes(lambda req: bytes(BodyStream(req, 100).fill(memoryview(bytearray(10))))), {"stream_body": True}),
    ],
)
def test_who_may_no_longer_when_a_slow_body_is_there_has_sent_it_for_nothing(
    monkeypatch: pytest.MonkeyPatch, resource: Takes, reads: dict[str, Any], seconds: float, status: int
) -> None:
    clock, blocked = [100.0], set[str]()

    class Slow(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            clock[0] += seconds / 2  # it is read twice: the end is a read of its own
            blocked.add("1")
            return super().read(size)

    monkeypatch.setattr(bodystream, "time", SimpleNamespace(monotonic=lambda: clock[0]))
    guard = plugin(
        "guard",
        m3m_authenticate=authenticate,
        m3m_authorize=lambda actor, params: params == {"thing": "a"} and actor.id not in blocked,
    )
    route = Route("/take/{thing}", resource, {"PUT": Operation("things.write", **reads)})
    with kernel([plugin("door", routes=[route]), guard]) as running:
        extras = {"CONTENT_LENGTH": "2", "wsgi.input": Slow(b"{}")}
        resource.taken.clear()
        answer = client(running).put(
            "/take/a", headers={"X-Kind": "user"}, content_type="application/json", extras=extras
        )
    assert (answer.status, len(resource.taken)) == (status, int(status == 200))
