"""Bodies of requests as they arrive, never as a whole."""

from __future__ import annotations

import io
import math
import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import Protocol, TypeVar

import falcon
from gunicorn.http.body import Body, LengthReader
from gunicorn.http.errors import NoMoreData, ParseException

from ..errors import Malformed, TooLarge
from ..runtime.sizes import shown

CHUNK = 64 * 1024

RECHECK_SECONDS = 1
"""How long a body takes at least for whoever sent it to be asked again whether they may."""

A = TypeVar("A")
T = TypeVar("T")


class Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


class Source(Readable, Protocol):
    def readinto(self, space: memoryview, /) -> int: ...


class BodyStream:
    """A request's body of at most `limit` bytes, for an operation with `stream_body`. It is iterated in pieces.

    Raises TooLarge, and Malformed for a body that ends too early. At the end of one that took long it is asked again
    whether the actor may: raises Unauthorized, Forbidden, NotFound. What was received may take effect only after it.
    """

    def __init__(self, req: falcon.Request, limit: int) -> None:
        check_length(req, limit)
        self._req = req
        self._limit = limit
        self._source = _source(req)
        self._began = time.monotonic()
        self._seen = 0

    def __iter__(self) -> Iterator[bytes]:
        while piece := self.read(CHUNK):
            yield piece

    def read(self, size: int) -> bytes:
        """What is there, at most `size` bytes; none at the end."""
        piece = _framed(self._source.read, size)
        self._count(len(piece))
        return piece

    def fill(self, space: memoryview, seconds: float = math.inf) -> int:
        """Wait until `space` is full, the body ends, or something comes after `seconds`.

        Returns how many bytes are in it: none at the end.
        """
        until = time.monotonic() + seconds
        filled = 0
        while filled < len(space) and (not filled or time.monotonic() < until):
            size = _framed(self._source.readinto, space[filled:])
            self._count(size)
            if not size:
                break
            filled += size
        return filled

    def _count(self, size: int) -> None:
        self._seen += size
        if self._seen > self._limit:
            raise _too_large(self._limit)
        if not size and time.monotonic() - self._began > RECHECK_SECONDS:
            self._req.context.recheck()


def check_length(req: falcon.Request, limit: int) -> None:
    """Raises TooLarge for a body that is announced as larger than `limit` bytes, before any of it is read."""
    if (req.content_length or 0) > limit:
        raise _too_large(limit)


def _source(req: falcon.Request) -> Source:
    body = req.env.get("wsgi.input")
    if isinstance(body, Body) and isinstance(body.reader, LengthReader) and not body.buf.tell():
        return _Connection(body)
    # A chunked body has no length, and the server ends its stream; without the mark there is no body.
    if req.content_length is not None:
        return _Stream(req.bounded_stream)
    return _Stream(req.stream if req.env.get("wsgi.input_terminated") else io.BytesIO())


class _Stream:
    def __init__(self, stream: Readable) -> None:
        self._stream = stream

    def read(self, size: int) -> bytes:
        return self._stream.read(size)

    def readinto(self, space: memoryview) -> int:
        return _put(self._stream.read(min(len(space), CHUNK)), space)  # it waits until there are as many


class _Connection:
    """A body of known length, straight from the socket.

    gunicorn's own way waits until there are as many bytes as are asked for, and copies each several times.
    """

    def __init__(self, body: Body) -> None:
        self._body = body
        self._reader = body.reader

    def read(self, size: int) -> bytes:
        wanted = min(size, self._reader.length)
        if not wanted:
            return b""
        if ready := self._at_hand(wanted):
            return ready
        data: bytes = self._asked(partial(self._reader.unreader.sock.recv, wanted))
        self._took(len(data))
        return data

    def readinto(self, space: memoryview) -> int:
        wanted = min(len(space), self._reader.length)
        if not wanted:
            return 0
        if ready := self._at_hand(wanted):
            return _put(ready, space)
        size: int = self._asked(partial(self._reader.unreader.sock.recv_into, space[:wanted]))
        self._took(size)
        return size

    def _at_hand(self, wanted: int) -> bytes:
        """What gunicorn has received with the head."""
        data: bytes = self._reader.unreader.take_buffered()
        if len(data) > wanted:
            self._reader.unreader.unread(data[wanted:])
            data = data[:wanted]
        self._reader.length -= len(data)
        return data

    def _asked(self, ask: Callable[[], T]) -> T:
        try:
            return ask()
        except OSError:
            self._body.failed = True
            raise

    def _took(self, size: int) -> None:
        if not size:
            self._body.failed = True
            raise NoMoreData
        self._reader.length -= size


def _put(data: bytes, space: memoryview) -> int:
    space[: len(data)] = data
    return len(data)


def _framed(read: Callable[[A], T], argument: A) -> T:
    try:
        return read(argument)
    except TimeoutError:
        raise falcon.HTTPError(408) from None
    except (OSError, ParseException):
        raise Malformed("The body ends too early or is not framed correctly.") from None


def _too_large(limit: int) -> TooLarge:
    return TooLarge(f"The body is larger than {shown(limit)}.")
