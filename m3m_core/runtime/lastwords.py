"""What a runner that is about to end tells those who wait. No greenlet, no JavaScript: the watchdog calls it."""

from __future__ import annotations

import os
import socket
from typing import TYPE_CHECKING, Any

import orjson
from gevent.monkey import get_original

from .answers import simple
from .edges import READ_SIZE
from .engine import PROMISE, TIMER
from .wire import receive_handoff

if TYPE_CHECKING:
    from .connection import Connection
    from .httpserver import HTTPServer

RawSocket: Any = get_original("socket", "socket")

MOST_NAMES = 5
"""Requests that a line of the log names."""

RESTARTED = "The service is being restarted."


def refuse_all(server: HTTPServer, timeout: str = "") -> None:
    """Answer every request that has no answer yet with 503, and those that keep JavaScript busy with `timeout`."""
    server.outbox.send_now()
    refuse_new(server)
    stuck = suspects(server) if timeout else []
    if timeout and not stuck:
        server.metrics.failed()  # it was no request that did not return
    for connection in list(server.connections):
        if connection in stuck:
            connection.count(504)
            send(connection.sock, timed_out(connection, timeout))
        elif connection.active and not connection.answering:
            connection.count(503)
            send(connection.sock, busy(connection.request.id))
        elif not connection.active and has_sent(connection.sock):
            send(connection.sock, busy())


def refuse_new(server: HTTPServer) -> None:
    """Take nothing more from fronts. Comes first: greenlets may go on meanwhile, and what they take up is answered."""
    fds = [channel.fileno() for channel in list(server.channels)]
    if server.listener is not None:
        fds += accept_waiting(server.listener.fileno())
    for fd in fds:
        refuse_waiting(fd)


def suspects(server: HTTPServer) -> list[Connection]:
    """The request that runs; of a timer or a promise nobody knows whose it is: all that wait for one."""
    label = server.engine.label
    if label in (PROMISE, TIMER):
        return [connection for connection in list(server.requests.values()) if connection.is_waiting]
    return [connection for connection in list(server.connections) if connection is label]


def told(server: HTTPServer) -> str:
    """What runs, in words."""
    found = suspects(server)
    label, names = server.engine.label, sorted(connection.name for connection in found)
    if label in found:
        return str(label.name)
    if not names:
        return str(label)
    more = f" and {len(names) - MOST_NAMES} more" if len(names) > MOST_NAMES else ""
    return f"{label}, while {', '.join(names[:MOST_NAMES])}{more} waited"


def timed_out(connection: Connection, message: str) -> bytes:
    return simple(504, message, "timeout", request_id=connection.request.id)


def busy(request_id: str = "") -> bytes:
    return simple(503, RESTARTED, "unavailable", request_id=request_id, retry_after=1)


def say_dying(control: Any, message: str, gains: dict[str, Any]) -> None:
    """Tell the supervisor why the process ends, and what it has counted."""
    send(control, orjson.dumps({"event": "dying", "message": message, "gains": gains}) + b"\n")


def has_sent(sock: Any) -> bool:
    """Whether the client has asked something that we did not read yet. Unread bytes would reset the answer away."""
    try:
        return bool(os.read(sock.fileno(), READ_SIZE))
    except OSError:
        return False


def send(sock: Any, data: bytes) -> None:
    """What goes out at once; nobody can be waited for."""
    try:
        os.write(sock.fileno(), data)
    except OSError:
        pass  # there is nobody left to tell


def accept_waiting(listener: int) -> list[int]:
    """The lines to fronts that were not taken up yet. From now on no front finds us."""
    found: list[int] = []
    try:
        raw = closed_for_more(listener)
        while True:
            found.append(raw._accept()[0])
    except OSError:
        return found  # no more are waiting


def refuse_waiting(channel: int) -> None:
    """Answer the connections that were handed to us and that we did not take yet. Others stay with the front."""
    try:
        raw = closed_for_more(channel)
        while (handed := receive_handoff(raw, socket.MSG_DONTWAIT)) is not None:
            os.write(handed.fd, busy())
    except OSError:
        pass  # the front is gone


def closed_for_more(fd: int) -> Any:
    sock = RawSocket(socket.AF_UNIX, socket.SOCK_SEQPACKET, 0, os.dup(fd))
    sock.shutdown(socket.SHUT_RD)
    return sock
