"""Bodies as they arrive: from gunicorn's own streams, and straight from a connection."""

from __future__ import annotations

import io
import socket
from collections.abc import Callable, Iterator
from typing import Any

import falcon
import pytest
from falcon.testing import create_environ
from gunicorn.http.body import Body, LengthReader
from gunicorn.http.unreader import SocketUnreader

from m3m_core import Malformed, TooLarge
from m3m_core.http import BodyStream
from m3m_core.http.bodystream import CHUNK

TEXT = b"hello there"
NEXT = b"GET / HTTP/1.1\r\n\r\n"
"""Of the next request, which came right behind the body."""


def stream(source: Any, length: int | None, limit: int = 100, *, is_chunked: bool = False) -> BodyStream:
    environ = create_environ()
    environ["wsgi.input"] = source
    if length is not None:
        environ["CONTENT_LENGTH"] = str(length)
    if is_chunked:
        environ["wsgi.input_terminated"] = True
    return BodyStream(falcon.Request(environ), limit)


def filled(body: BodyStream, size: int) -> bytes:
    space = bytearray(size)
    return bytes(space[: body.fill(memoryview(space))])


READS: list[Callable[[BodyStream], list[bytes]]] = [
    lambda body: list(body),
    lambda body: [filled(body, 1000)],
    lambda body: [body.read(1), filled(body, 3), body.read(2), filled(body, 1000), body.read(5), filled(body, 5)],
    lambda body: list(iter(lambda: filled(body, 4), b"")),
]


@pytest.mark.parametrize("read", READS)
@pytest.mark.parametrize(
    ("length", "is_chunked", "wanted"),
    [
        (11, False, b"hello there"),
        (5, False, b"hello"),
        (0, False, b""),
        (None, True, b"hello there"),
        (None, False, b""),
    ],
)
def test_bodies_of_other_servers(
    read: Callable[[BodyStream], list[bytes]], length: int | None, is_chunked: bool, wanted: bytes
) -> None:
    assert b"".join(read(stream(io.BytesIO(TEXT), length, is_chunked=is_chunked))) == wanted


class Connection:
    def __init__(self) -> None:
        self.client, self.server = socket.socketpair()
        self.server.settimeout(2)
        self.unreader = SocketUnreader(self.server)

    def body(self, length: int) -> Body:
        return Body(LengthReader(self.unreader, length))

    def come(self, data: bytes, at_hand: int) -> None:
        """Bytes of which gunicorn has read some with the head."""
        self.client.sendall(data)
        if at_hand:
            self.unreader.unread(self.server.recv(at_hand))


@pytest.fixture
def connection() -> Iterator[Connection]:
    made = Connection()
    with made.client, made.server:
        yield made


@pytest.mark.parametrize("read", READS)
@pytest.mark.parametrize("at_hand", [0, 1, 5, 11, 11 + 4, 11 + len(NEXT)])
def test_a_body_ends_where_the_next_request_begins(
    connection: Connection, read: Callable[[BodyStream], list[bytes]], at_hand: int
) -> None:
    connection.come(b"hello there" + NEXT, at_hand)
    assert b"".join(read(stream(connection.body(11), 11))) == b"hello there"
    left = connection.unreader.take_buffered()
    assert left + (b"" if left == NEXT else connection.server.recv(100)) == NEXT


def test_what_gunicorn_keeps_of_a_line_comes_first(connection: Connection) -> None:
    connection.come(b"hello\nthere", 11)
    body = connection.body(11)
    assert body.readline() == b"hello\n"
    assert b"".join(READS[2](stream(body, 11))) == b"there"


@pytest.mark.parametrize("read", READS)
def test_a_body_that_ends_too_early(connection: Connection, read: Callable[[BodyStream], list[bytes]]) -> None:
    connection.come(b"hello", 2)
    connection.client.close()
    body = connection.body(11)
    with pytest.raises(Malformed):
        read(stream(body, 11))
    assert body.failed


@pytest.mark.parametrize("read", READS)
def test_a_body_that_does_not_come(connection: Connection, read: Callable[[BodyStream], list[bytes]]) -> None:
    connection.server.settimeout(0.05)
    connection.come(b"hello", 2)
    with pytest.raises(falcon.HTTPError) as refused:
        read(stream(connection.body(11), 11))
    assert refused.value.status_code == 408


def test_what_comes_slowly_is_not_gathered(connection: Connection) -> None:
    body = stream(connection.body(11), 11)
    space = memoryview(bytearray(100))
    connection.come(b"hello", 2)
    assert body.fill(space, 0) == 2
    assert body.fill(space, 0) == 3
    connection.come(b" there", 0)
    assert body.fill(space, 10) == 6
    assert body.fill(space, 10) == 0


def test_no_more_of_a_chunked_body_is_waited_for_than_a_piece() -> None:
    asked: list[int] = []

    class Source(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            asked.append(size or 0)
            return super().read(size)

    assert stream(Source(TEXT), None, is_chunked=True).fill(memoryview(bytearray(10 * CHUNK))) == len(TEXT)
    assert max(asked) == CHUNK


@pytest.mark.parametrize("read", READS)
def test_limits(read: Callable[[BodyStream], list[bytes]]) -> None:
    with pytest.raises(TooLarge):
        stream(io.BytesIO(b"hello"), 5, 4)
    with pytest.raises(TooLarge):
        read(stream(io.BytesIO(b"hello there"), None, 4, is_chunked=True))
