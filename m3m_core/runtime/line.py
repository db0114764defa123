"""One client's socket: bytes in and out. Every wait has a deadline, and the server's sweeper keeps them."""

from __future__ import annotations

import socket
import time
from contextlib import suppress
from typing import Any

import gevent

from .edges import HEAD_SECONDS, READ_SIZE
from .outbox import Outbox

HEAD_LIMIT = 32 * 1024
"""Bytes of request line and headers together."""

IDLE_SECONDS = 75.0
"""Longest wait of a connection for its next request."""

STALL_SECONDS = 15.0
"""Longest wait for more of a body, and for a client that does not read its answer."""

SLOWEST_BODY = 512
"""Bytes per second below which a body is given up."""

HEAD_END = b"\r\n\r\n"


class Line:
    """`buffer`: what came in and is not used yet. `deadline`: when the present wait is over (monotonic seconds)."""

    __slots__ = ("_outbox", "_tail", "buffer", "deadline", "sock")

    def __init__(self, sock: Any, unread: bytes, outbox: Outbox) -> None:
        self.sock = sock
        self.buffer = unread
        self.deadline = 0.0
        self._tail: gevent.Greenlet | None = None
        self._outbox = outbox

    def more(self, deadline: float) -> bool:
        """Wait for bytes. False when the client sends no more."""
        self.deadline = deadline
        data = self.sock.recv(READ_SIZE)
        self.buffer += data
        return bool(data)

    def head(self) -> bool:
        """Wait until a head is in the buffer, or so much that it cannot become one. False when no more comes."""
        self._skip_empty_lines()
        until = 0.0
        while HEAD_END not in self.buffer and not self._is_hopeless():
            if not self.buffer:
                if not self.more(time.monotonic() + IDLE_SECONDS):
                    return False
                self._skip_empty_lines()
                continue
            until = until or time.monotonic() + HEAD_SECONDS
            if not self.more(until):
                return False
        self.deadline = 0.0
        return True

    def _skip_empty_lines(self) -> None:
        """RFC 9112, 2.2: empty lines before a request are forgiven."""
        while self.buffer.startswith(b"\r\n"):
            self.buffer = self.buffer[2:]

    def _is_hopeless(self) -> bool:
        if len(self.buffer) > HEAD_LIMIT:
            return True
        return self.buffer.count(b"\n") != self.buffer.count(b"\r\n")

    def post(self, data: bytes) -> None:
        """Send an answer after which the connection goes on: together with others, within a moment."""
        if self._tail is not None:
            self.settle()
        self._outbox.put(self, data)

    def send(self, data: bytes) -> None:
        """Raises OSError when the client is gone or does not read."""
        self.settle()
        self.push(data)

    def settle(self) -> None:
        """Wait until all that was posted is sent, or the client is gone."""
        self._outbox.flush()
        if self._tail is not None:
            self._tail.join()
            self._tail = None

    @property
    def is_trailing(self) -> bool:
        """Whether the client has not taken all of the last answer yet."""
        return bool(self._tail)

    def trail(self, data: bytes) -> None:
        """Send `data`, the end of an answer, while the connection's greenlet waits for the next request."""
        self._tail = gevent.spawn(self._push_tail, data)

    def _push_tail(self, data: bytes) -> None:
        try:
            self.push(data)
            self.deadline = time.monotonic() + IDLE_SECONDS
        except OSError:
            pass  # whoever reads next finds out

    def push(self, data: bytes) -> None:
        """Send `data` and wait for it. Raises OSError."""
        sent = 0
        rest = memoryview(data)
        while sent < len(data):
            self.deadline = time.monotonic() + STALL_SECONDS
            sent += self.sock.send(rest[sent:])

    def send_some(self, data: bytes) -> int:
        """How much of it the client takes at once; all of it when the client is gone. May be called from any thread."""
        try:
            sent: int = self.sock._sock.send(data)
        except BlockingIOError:
            return 0
        except OSError:
            return len(data)  # whoever reads next finds out
        return sent

    def close(self) -> None:
        self.settle()
        self.sock.close()

    def cut(self) -> None:
        """End it from outside: whoever waits on it finds it closed."""
        with suppress(OSError):  # closed already
            self.sock.shutdown(socket.SHUT_RDWR)
