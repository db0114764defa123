"""The plain path to services: what a runner's answer becomes, and what is said when there is none."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from types import SimpleNamespace
from typing import Any, cast

import gevent
import pytest
from gevent import socket
from proxied import LIMIT, environ

from m3m_core.errors import Unavailable
from m3m_core.http import gateway
from m3m_core.http.gateway import Gateway
from m3m_core.settings import Runtime, Server, Settings

Play = Callable[[Any], None]


class PlayedRunners:
    """`play` gets the runner's end of each connection."""

    def __init__(self, play: Play | None, known: bool = False) -> None:
        self._play = play
        self._known = known
        self.asked: list[tuple[str, str]] = []

    def open(self, slug: str, ip: str) -> Any:
        self.asked.append((slug, ip))
        if self._play is None:
            return None
        ours, theirs = socket.socketpair()
        gevent.spawn(self._run, theirs)
        return ours

    def _run(self, sock: Any) -> None:
        assert self._play is not None
        with sock:
            self._play(sock)

    def has(self, slug: str) -> bool:
        return self._known or self._play is not None


class Asked:
    """A request through the gateway, and its answer."""

    def __init__(self, runners: PlayedRunners, asked: dict[str, Any], coming: Any = False) -> None:
        def ask() -> list[str]:
            if isinstance(coming, Exception):
                raise coming
            return ["shop"] if coming else []

        settings = Settings(
            server=Server(trusted_proxies=("10.0.0.0/8",), body_limit=LIMIT), runtime=Runtime(timeout=0.1)
        )
        kernel = SimpleNamespace(settings=settings, runs=SimpleNamespace(coming=ask))
        self.status, self.headers = "", dict[str, str]()
        self._gateway = Gateway(self._app, cast(Any, runners), cast(Any, kernel))
        self.answer = self._gateway(asked, self._start)

    def _app(self, asked: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        start("200 OK", [])
        return [b"the app"]

    def _start(self, status: str, headers: list[tuple[str, str]]) -> None:
        self.status, self.headers = status, dict(headers)

    def body(self) -> bytes:
        try:
            return b"".join(self.answer)
        finally:
            getattr(self.answer, "close", lambda: None)()

    def code(self) -> tuple[str, str]:
        return self.status[:3], json.loads(self.body())["code"]


def replying(data: bytes) -> Play:
    def play(sock: Any) -> None:
        sock.recv(65536)
        sock.sendall(data)

    return play


OK = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\nDate: x\r\nX-A: 1\r\nX-B: \xe9\x85\r\n\r\nhello"


def test_an_answer_is_passed_on() -> None:
    runners = PlayedRunners(replying(OK))
    asked = Asked(runners, environ(HTTP_X_FORWARDED_FOR="203.0.113.9"))
    assert (asked.status, asked.body()) == ("200 OK", b"hello")
    assert asked.headers == {"Content-Length": "5", "X-A": "1", "X-B": "é\x85"}
    assert runners.asked == [("shop", "192.0.2.7")]


def test_a_trusted_proxy_says_who_is_asking() -> None:
    runners = PlayedRunners(replying(OK))
    Asked(runners, environ(HTTP_X_FORWARDED_FOR="203.0.113.9", REMOTE_ADDR="10.1.2.3")).body()
    assert runners.asked == [("shop", "203.0.113.9")]


def test_what_is_not_for_a_service_goes_to_the_app() -> None:
    assert Asked(PlayedRunners(None), environ(uri="/health")).body() == b"the app"


def test_a_refusal_before_the_body_was_read_is_passed_on() -> None:
    def play(sock: Any) -> None:
        sock.recv(10)
        sock.sendall(b"HTTP/1.1 413 Content Too Large\r\nContent-Length: 2\r\n\r\n{}")

    asked = Asked(PlayedRunners(play), environ(b"x" * LIMIT))
    assert (asked.status[:3], asked.body()) == ("413", b"{}")


@pytest.mark.parametrize(
    ("play", "code"),
    [
        (replying(b""), ("503", "unavailable")),
        (replying(b"nonsense\r\n\r\n"), ("503", "unavailable")),
        (replying(b"HTTP/1.1 200 OK\r\nContent-Le"), ("503", "unavailable")),
        (lambda sock: gevent.sleep(0.5), ("504", "timeout")),
    ],
)
def test_a_runner_that_does_not_answer(play: Play, code: tuple[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gateway, "ANSWER_MARGIN", 0.1)
    assert Asked(PlayedRunners(play), environ()).code() == code


def test_half_an_answer_is_not_taken_for_a_whole_one() -> None:
    asked = Asked(PlayedRunners(replying(OK[:-2])), environ())
    with pytest.raises(ConnectionResetError):
        asked.body()


@pytest.mark.parametrize("method", ["HEAD", "GET"])
def test_head_and_get(method: str) -> None:
    answer = OK.removesuffix(b"hello") if method == "HEAD" else OK
    asked = Asked(PlayedRunners(replying(answer)), environ(REQUEST_METHOD=method))
    assert (asked.headers["Content-Length"], asked.body()) == ("5", b"" if method == "HEAD" else b"hello")


@pytest.mark.parametrize(
    ("known", "coming", "code"),
    [
        (False, False, ("503", "service_not_running")),
        (False, True, ("503", "service_starting")),
        (False, Unavailable("away"), ("503", "service_starting")),
        (True, False, ("503", "busy")),
    ],
)
def test_a_service_that_takes_no_connection(known: bool, coming: Any, code: tuple[str, str]) -> None:
    asked = Asked(PlayedRunners(None, known), environ(), coming)
    assert asked.code() == code
    assert ("Retry-After" in asked.headers) is (code[1] != "service_not_running")


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (environ(uri="/r/Shop/"), ("404", "not_found")),
        (environ(REQUEST_METHOD="G.T"), ("400", "malformed")),
        (environ(b"x" * (LIMIT + 1)), ("413", "too_large")),
    ],
)
def test_what_is_refused_at_once(asked: dict[str, Any], code: tuple[str, str]) -> None:
    runners = PlayedRunners(None, known=True)
    assert Asked(runners, asked).code() == code
    assert runners.asked == []


def test_no_body_is_read_for_a_service_that_is_not_there() -> None:
    asked = environ(b"x" * LIMIT)
    assert Asked(PlayedRunners(None), asked).code() == ("503", "service_not_running")
    assert asked["wsgi.input"].tell() == 0


def test_a_refused_head_request_gets_no_body() -> None:
    asked = Asked(PlayedRunners(None), environ(uri="/r/Shop/", REQUEST_METHOD="HEAD"))
    assert (asked.status[:3], asked.body()) == ("404", b"")
