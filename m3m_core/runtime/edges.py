"""The edges of a connection that fronts and runners have alike: how long a head may take, and how an answer ends it."""

from __future__ import annotations

import socket
import time
from typing import Any

HEAD_SECONDS = 10
"""Longest wait for the rest of a head, from its first bytes on."""

READ_SIZE = 64 * 1024
LINGER_SECONDS = 5.0
LINGER_BYTES = 64 * 1024 * 1024


def linger(sock: Any) -> None:
    """Say that no more is coming, then read what the client still sends, for a moment.

    Closing on unread bytes would reset the connection, and the client would lose its answer.
    """
    end = time.monotonic() + LINGER_SECONDS
    left = LINGER_BYTES
    try:
        sock.shutdown(socket.SHUT_WR)
        while left > 0 and (seconds := end - time.monotonic()) > 0:
            sock.settimeout(seconds)
            size = len(sock.recv(READ_SIZE))
            if not size:
                return
            left -= size
    except OSError:
        pass  # gone, or still sending
