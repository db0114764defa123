"""The first bytes of a connection: how much is needed to see whom it is for."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator

import pytest
from gunicorn.http import errors

from m3m_core.http.heads import read_start, refusal
from m3m_core.runtime.edges import linger


@pytest.fixture
def pair() -> Iterator[tuple[socket.socket, socket.socket]]:
    ours, theirs = socket.socketpair()
    ours.settimeout(5)
    with ours, theirs:
        yield ours, theirs


@pytest.mark.parametrize(
    "start",
    [
        b"GET /health HTTP/1.1\r\n",
        b"GET /api/projects",
        b"GET /rx",
        b"GET /api/rules",
        b"GET /r/shop ",
        b"GET /r/shop/",
        b"POST /api/r/shop?x",
        b"GET http://example.com/r/shop/ HTTP/1.1",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 hello",
        b"x" * 30,
        b"GET\r\n",
        b"GET /r/" + b"a" * 200,
    ],
)
def test_enough_is_enough(pair: tuple[socket.socket, socket.socket], start: bytes) -> None:
    assert read_start(start, pair[0]) == start


@pytest.mark.parametrize(
    "begin", [b"", b"\r\n", b"G", b"GET", b"GET ", b"GET /", b"GET /api", b"GET /api/r", b"GET /r/sh"]
)
def test_a_beginning_waits_for_more(pair: tuple[socket.socket, socket.socket], begin: bytes) -> None:
    ours, theirs = pair
    whole = b"GET /api/r/shop/ HTTP/1.1\r\n"
    whole = whole if whole.startswith(begin.strip(b"\r\n")) else b"GET /r/shop/ HTTP/1.1\r\n"
    theirs.sendall(whole[len(begin.strip(b"\r\n")) :])
    assert read_start(begin, ours) == whole


def test_a_client_that_leaves_leaves_what_there_was(pair: tuple[socket.socket, socket.socket]) -> None:
    ours, theirs = pair
    theirs.sendall(b"GE")
    theirs.shutdown(socket.SHUT_WR)
    assert read_start(b"", ours) == b"GE"
    assert read_start(b"", ours) == b""


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (errors.InvalidRequestLine("x"), 400, "malformed"),
        (errors.InvalidHeader("x"), 400, "malformed"),
        (errors.LimitRequestLine(9, 8), 414, "uri_too_long"),
        (errors.LimitRequestHeaders("x"), 431, "headers_too_large"),
        (errors.UnsupportedTransferCoding("x"), 501, "not_implemented"),
        (errors.ExpectationFailed("x"), 417, "expectation_failed"),
        (errors.InvalidResponseHeader("x"), 500, "internal_error"),
        (RuntimeError("secret"), 500, "internal_error"),
    ],
)
def test_what_is_not_http_is_refused_in_the_same_shape(error: Exception, status: int, code: str) -> None:
    found, answer = refusal(error)
    head, _, body = answer.partition(b"\r\n\r\n")
    told = json.loads(body)
    assert (found, told["code"], set(told)) == (status, code, {"error", "code", "request_id"})
    assert head.startswith(f"HTTP/1.1 {status} ".encode())
    assert f"Content-Length: {len(body)}".encode() in head
    assert b"secret" not in answer


def test_lingering_lets_the_client_read_its_answer(pair: tuple[socket.socket, socket.socket]) -> None:
    ours, theirs = pair
    theirs.sendall(b"x" * 50_000)
    theirs.shutdown(socket.SHUT_WR)
    ours.sendall(b"413")
    linger(ours)
    ours.close()
    assert theirs.recv(10) == b"413"
    assert theirs.recv(10) == b""
