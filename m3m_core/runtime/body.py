"""Reading the body of a request: exactly its bytes, so that what follows them is the next request and nothing else."""

from __future__ import annotations

import re
import time
from typing import NoReturn

import gevent

from .answers import Refused
from .line import HEAD_LIMIT, SLOWEST_BODY, STALL_SECONDS, Line

LINE_LIMIT = 4096
SIZE_LINE = re.compile(rb"([0-9A-Fa-f]{1,16})([ \t]*;[\t\x20-\x7e\x80-\xff]*)?\r\n")
TRAILER_LINE = re.compile(rb"[!#$%&'*+\-.^_`|~0-9A-Za-z]+:[\t\x20-\x7e\x80-\xff]*\r\n")


class BodyReader:
    """Reads one body. Raises Refused for one that is malformed or larger than `limit` bytes, ConnectionResetError when
    the client leaves in the middle."""

    def __init__(self, line: Line, limit: int) -> None:
        self._line = line
        self._limit = limit
        self._body = bytearray()
        self._start = time.monotonic()
        self._at = 0
        self._extras = 0

    def sized(self, length: int) -> bytearray:
        if length > self._limit:
            raise too_large()
        self._take(length)
        return self._done()

    def chunked(self) -> bytearray:
        while size := self._chunk_size():
            if len(self._body) + size > self._limit:
                raise too_large()
            self._take(size)
            if self._text_line() != b"\r\n":
                malformed()
        while (line := self._text_line()) != b"\r\n":
            self._count_extra(line)
            if not TRAILER_LINE.fullmatch(line):
                malformed()
        return self._done()

    def _chunk_size(self) -> int:
        match = SIZE_LINE.fullmatch(self._text_line())
        if match is None:
            malformed()
        if match[2]:
            self._count_extra(match[2])
        return int(match[1], 16)

    def _count_extra(self, text: bytes) -> None:
        """Chunk extensions and trailers are thrown away; together they are bounded as a head is."""
        self._extras += len(text)
        if self._extras > HEAD_LIMIT:
            raise Refused(431, "The request's headers are too large.", "headers_too_large")

    def _text_line(self) -> bytes:
        """The next line with its end."""
        while (end := self._line.buffer.find(b"\n", self._at)) < 0:
            if len(self._line.buffer) - self._at > LINE_LIMIT:
                malformed()
            self._more()
        line = self._line.buffer[self._at : end + 1]
        self._at = end + 1
        return line

    def _take(self, size: int) -> None:
        while True:
            piece = self._line.buffer[self._at : self._at + size]
            self._body += piece
            self._at += len(piece)
            size -= len(piece)
            if not size:
                return
            self._more()

    def _more(self) -> None:
        self._line.buffer = self._line.buffer[self._at :]
        self._at = 0
        gevent.sleep(0)  # bytes that are there already are no wait, and small chunks are work: others get their turn
        slowest = self._start + STALL_SECONDS + len(self._body) / SLOWEST_BODY
        if not self._line.more(min(time.monotonic() + STALL_SECONDS, slowest)):
            raise ConnectionResetError

    def _done(self) -> bytearray:
        self._line.buffer = self._line.buffer[self._at :]
        self._line.deadline = 0.0
        return self._body


def malformed() -> NoReturn:
    raise Refused(400, "The request is not proper HTTP.", "malformed")


def too_large() -> Refused:
    return Refused(413, "The request's body is too large.", "too_large")
