"""How slowly a client may send: the rule of runners, for all that a front reads of bodies."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from ..runtime.line import SLOWEST_BODY, STALL_SECONDS


class PacedSocket:
    """What gunicorn reads a connection through. Only waiting counts: the time in which the app is busy is not the
    client's."""

    def __init__(self, sock: Any) -> None:
        self._sock = sock
        self.begin()

    def begin(self) -> None:
        """What comes from now on is another head or body."""
        self._waited = 0.0
        self._received = 0

    def recv(self, size: int) -> bytes:
        """Raises TimeoutError for a client that stalls, or is too slow on the whole."""
        with self._waiting():
            data: bytes = self._sock.recv(size)
        self._received += len(data)
        return data

    def recv_into(self, space: memoryview) -> int:
        """As `recv`: returns how many bytes are in `space`."""
        with self._waiting():
            size: int = self._sock.recv_into(space)
        self._received += size
        return size

    @contextmanager
    def _waiting(self) -> Iterator[None]:
        left = STALL_SECONDS + self._received / SLOWEST_BODY - self._waited
        if left <= 0:
            raise TimeoutError
        usual = self._sock.gettimeout()
        began = time.monotonic()
        self._sock.settimeout(min(left, STALL_SECONDS))
        try:
            yield
        finally:
            self._sock.settimeout(usual)
            self._waited += time.monotonic() - began
