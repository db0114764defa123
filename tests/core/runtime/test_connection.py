"""One connection of a runner: what is answered and what is refused."""

from __future__ import annotations

import json

import gevent
import pytest
from serving import LAST, OK, Played, get

from m3m_core.contributions import ScriptError
from m3m_core.runtime.bridge import decode
from m3m_core.runtime.connection import Connection, request_part


def test_requests_are_answered_until_the_client_says_so() -> None:
    played = Played(lambda _, path, query: f't"{path}|{query}')
    with played.connect() as client:
        client.send(get("/a?b=1") + get(""), get("/c", LAST), get("/never"))
        answers = client.rest().split(b"HTTP/1.1 ")[1:]
    assert [answer.partition(b"\r\n\r\n")[2] for answer in answers] == [b"/a|b=1", b"/|", b"/c|"]
    assert [b"Connection: close" in answer for answer in answers] == [False, False, True]
    ((_, errors, latencies),) = played.server.metrics.take([])["routes"]
    assert (errors, sum(count for _, count in latencies)) == (0, 3)
    assert played.server.connections == set()
    assert played.server.requests == {}


@pytest.mark.parametrize(
    ("data", "statuses"),
    [
        (get("/", "Content-Length: 5", LAST) + b"hello", [200]),
        (get("/", "Content-Length: 5") + b"hello" + get("/", LAST), [200, 200]),
        (get("/", "Transfer-Encoding: chunked") + b"5\r\nhello\r\n0\r\n\r\n" + get("/", LAST), [200, 200]),
        (get("/", "Transfer-Encoding: CHUNKED ") + b"0\r\n\r\n" + get("/", LAST), [200, 200]),
        (get("/", "Upgrade: x", "Connection: upgrade", "Content-Length: 5") + b"hello" + get("/", LAST), [200, 200]),
        (b"\r\n\r\n" + get("/") + b"\r\n" + get("/", LAST), [200, 200]),
        (b"GET /r/shop HTTP/1.0\r\n\r\n" + get("/"), [200]),
        (b"GET /r/shop HTTP/1.0\r\nConnection: keep-alive\r\n\r\n" + get("/"), [200]),
        (b"POST /r/shop HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\nx", [200]),
        (b"POST /r/shop HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", [400]),
        (get("/", "Content-Length: 1000", LAST) + b"x" * 1000, [200]),
        (get("/", "Content-Length: 1001") + b"x" * 1001, [413]),
        (get("/", "Content-Length: 1001", "Expect: 100-continue"), [413]),
        (get("/", "Content-Length: 5", "Expect: 100-continue", LAST) + b"hello", [200]),
        (get("/", *[f"X-{number}: x" for number in range(98)], LAST), [200]),
        (get("/", *[f"X-{number}: x" for number in range(100)]), [431]),
        (get("/", "X: " + "x" * 33_000), [431]),
        (get("/?" + "x" * 33_000), [414]),
        (get("/", "Host: y"), [400]),
        (b"GET /r/shop HTTP/1.1\r\n\r\n", [400]),
        (b"GET /r/shop/\r\n\r\n", [400]),
        (b"GET /r/shop HTTP/2.0\r\nHost: x\r\n\r\n", [400]),
        (b"GET /r/shop HTTP/1.1\nHost: x\n\n", [400]),
        (get("/", method="BREW"), [501]),
        (get("/", method="CONNECT"), [501]),
        (get("/", "Transfer-Encoding: gzip, chunked"), [501]),
        (get("/", "Expect: miracles"), [417]),
        (b"GET /r/other HTTP/1.1\r\nHost: x\r\n\r\n", [503]),
    ],
)
def test_what_is_one_request_and_what_is_none(data: bytes, statuses: list[int]) -> None:
    for parts in ([data], [data[:30], data[30:]], [data[:-3], data[-3:]]):
        with Played().connect() as client:
            assert client.send(*parts).statuses() == statuses


def test_a_refused_head_request_gets_no_body() -> None:
    with Played().connect() as client:
        answer = client.send(get("/", "Content-Length: 5000", method="HEAD")).rest()
    assert answer.startswith(b"HTTP/1.1 413 ")
    assert answer.endswith(b"\r\n\r\n")


def test_permission_is_given_once_when_the_body_is_not_there_yet() -> None:
    with Played().connect() as client:
        client.send(get("/", "Expect: 100-continue", "Content-Length: 5", LAST))
        assert client.sock.recv(100) == line_of_permission()
        assert client.send(b"hello").statuses() == [200]


def line_of_permission() -> bytes:
    return b"HTTP/1.1 100 Continue\r\n\r\n"


# ---- answers that fail ----


def failing(error: Exception) -> Played:
    def handler(*_: object) -> str:
        raise error

    return Played(handler)


@pytest.mark.parametrize(
    ("error", "status", "code", "logged"),
    [
        (
            ScriptError("it broke", name="TypeError"),
            500,
            "internal_error",
            "GET /a, request run-1: TypeError: it broke",
        ),
        (ScriptError("slow", code="timeout"), 504, "timeout", "GET /a: no answer within 0.3 s, request run-1"),
        (ValueError("no such header"), 500, "internal_error", "GET /a, request run-1: TypeError: no such header"),
    ],
)
def test_a_failure_is_told_and_logged(error: Exception, status: int, code: str, logged: str) -> None:
    played = failing(error)
    with played.connect() as client:
        head, _, told = client.send(get("/a") + get("/b")).rest().partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 %d " % status)
    assert json.loads(told)["code"] == code
    assert json.loads(told)["request_id"] == "run-1"
    assert played.host.lines == [logged]
    assert played.server.requests == {}


def test_a_mistake_of_ours_is_an_answer_too(caplog: pytest.LogCaptureFixture) -> None:
    with failing(RuntimeError("secret")).connect() as client:
        answer = client.send(get("/")).rest()
    assert answer.startswith(b"HTTP/1.1 500 ")
    assert b"secret" not in answer
    assert "a request could not be answered" in caplog.text


def test_an_exhausted_engine_is_not_entered() -> None:
    played = failing(AssertionError("entered"))
    played.engine.exhausted = True
    with played.connect() as client:
        assert client.send(get("/")).statuses() == [503]


def test_an_answer_may_come_later() -> None:
    def handler(connection: Connection, path: str, query: str) -> str:
        if path == "/at-once":
            connection.answered(OK)
        elif path == "/soon":
            gevent.spawn_later(0.01, connection.answered, OK)
        return ""

    played = Played(handler)
    with played.connect() as client:
        assert client.send(get("/at-once") + get("/soon") + get("/never")).statuses() == [200, 200, 504]


# ---- who is asking ----


@pytest.mark.parametrize(
    ("ip", "trusted", "chain", "seen"),
    [
        ("192.0.2.7", False, "198.51.100.1", "192.0.2.7"),
        ("10.0.0.1", True, "198.51.100.1, 10.0.0.2", "198.51.100.1"),
        ("10.0.0.1", True, "", "10.0.0.1"),
        ("::1", False, "", "::1"),
        ("::ffff:192.0.2.7", False, "", "192.0.2.7"),
    ],
)
def test_the_address_of_the_client(ip: str, trusted: bool, chain: str, seen: str) -> None:
    def handler(connection: Connection, path: str, query: str) -> str:
        return f"t!{request_part(connection, 'ip')}"

    with Played(handler).connect(ip, trusted=trusted) as client:
        answer = client.send(get("/", f"X-Forwarded-For: {chain}", LAST)).rest()
    assert decode(answer.partition(b"\r\n\r\n")[2].decode()) == seen


@pytest.mark.parametrize(
    ("ip", "trusted", "told", "seen"),
    [
        ("192.0.2.7", False, "https", "http"),
        ("10.0.0.1", True, "https", "https"),
        ("10.0.0.1", True, "HTTPS", "https"),
        ("10.0.0.1", True, "https, http", "http"),  # the first one is what the client claims
        ("10.0.0.1", True, "http, https", "https"),
        ("10.0.0.1", True, "gopher", "http"),
    ],
)
def test_the_scheme_of_the_client(ip: str, trusted: bool, told: str, seen: str) -> None:
    def handler(connection: Connection, path: str, query: str) -> str:
        return f"t!{request_part(connection, 'scheme')}"

    with Played(handler).connect(ip, trusted=trusted) as client:
        answer = client.send(get("/", f"X-Forwarded-Proto: {told}", LAST)).rest()
    assert decode(answer.partition(b"\r\n\r\n")[2].decode()) == seen
