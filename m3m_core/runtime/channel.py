"""One end of the line between a front and a runner, on which client connections pass."""

from __future__ import annotations

import os
import socket
from contextlib import suppress
from typing import Any

import gevent
from gevent.lock import Semaphore
from gevent.monkey import get_original

from .wire import HandOff, receive_handoff, send_handoff

RawSocket: Any = get_original("socket", "socket")


class Busy(Exception):
    """The other side takes no more connections for now."""


class Channel:
    """Any greenlet may send; one at a time waits for room."""

    def __init__(self, sock: Any) -> None:
        self._sock = sock
        self._turn = Semaphore(1)

    def fileno(self) -> int:
        number: int = self._sock.fileno()
        return number

    def send(self, fd: int, ip: str, trusted: bool, unread: bytes, seconds: float) -> None:
        """Raises Busy when there is no room within so many seconds, OSError when the other side is gone."""
        with gevent.Timeout(seconds, Busy()), self._turn:
            send_handoff(self._sock, fd, ip, trusted, unread)

    def receive(self) -> HandOff | None:
        """The next connection; None when the other side is gone. The caller owns the descriptor."""
        try:
            return receive_handoff(self._sock)
        except OSError:
            return None

    def take_no_more(self) -> None:
        """What was sent before can still be received: gevent's own shutdown would break the waiting `receive` off."""
        with suppress(OSError), RawSocket(fileno=os.dup(self.fileno())) as raw:  # the other side may be gone
            raw.shutdown(socket.SHUT_RD)

    def close(self) -> None:
        self._sock.close()
