"""The HTTP/1.1 server inside a runner: sockets arrive from fronts over a Unix socket, answers go back on them."""

from __future__ import annotations

import socket
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gevent
from gevent import socket as gsocket

from .connection import SLOW_TIMEOUT, Connection
from .metrics import Metrics
from .wire import receive_handoff, send_handoff

if TYPE_CHECKING:
    from ..http.proxies import Proxies
    from .engine import Engine, Host

SWEEP = 5.0
"""Seconds between looks for connections that are past their deadline; there is no timer per request."""


class HTTPServer:
    def __init__(
        self,
        engine: Engine,
        host: Host,
        *,
        slug: str,
        body_limit: int,
        request_prefix: str,
        proxies: Proxies,
    ) -> None:
        self.engine = engine
        self.host = host
        self.body_limit = body_limit
        self.request_prefix = request_prefix
        self.proxies = proxies
        self.metrics = Metrics()
        self.open = True
        self.requests: dict[int, Connection] = {}
        self.connections: set[Connection] = set()
        self.channels: set[Any] = set()
        self._own = tuple(f"{base}/{slug}".encode() for base in ("/api/r", "/r"))
        self._number = 0
        self._path: Path | None = None
        self._listener: Any = None
        self._sweeper: Any = None

    def next_number(self) -> int:
        self._number += 1
        return self._number

    # ---- which requests are ours ----

    def owns(self, buffer: bytes) -> bool:
        start = buffer.find(b" ") + 1
        for prefix in self._own:
            if buffer.startswith(prefix, start) and buffer[start + len(prefix) : start + len(prefix) + 1] in b"/? ":
                return True
        return False

    def prefix_length(self, path: str) -> int:
        return len(self._own[0]) if path.startswith("/api/") else len(self._own[1])

    # ---- sockets from fronts ----

    def listen(self, path: Path) -> None:
        """From now on fronts find this instance. The name appears whole: it is bound beside and renamed."""
        listener = gsocket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(".new")
        fresh.unlink(missing_ok=True)
        listener.bind(str(fresh))
        listener.listen(64)
        fresh.rename(path)
        self._path = path
        self._listener = listener
        gevent.spawn(self._accept)

    def _accept(self) -> None:
        while self.open:
            try:
                channel, _ = self._listener.accept()
            except OSError:
                return
            self.channels.add(channel)
            gevent.spawn(self._receive, channel)

    def _receive(self, channel: Any) -> None:
        try:
            while (handed := receive_handoff(channel)) is not None:
                sock = adopt(handed.fd)
                self.serve(Connection(self, sock, handed.ip, handed.trusted, channel, handed.unread))
        except OSError:
            pass  # the front is gone; its connections go on
        finally:
            self.channels.discard(channel)
            channel.close()

    def serve(self, connection: Connection) -> None:
        self.connections.add(connection)
        if self._sweeper is None:
            self._sweeper = gevent.spawn(self._sweep)
        gevent.spawn(self._run, connection)

    def _run(self, connection: Connection) -> None:
        try:
            connection.run()
        finally:
            self.connections.discard(connection)

    def give_back(self, connection: Connection) -> None:
        """A request that is not ours on a connection that was: a front looks at it anew."""
        send_handoff(connection.channel, connection.sock.fileno(), connection.ip, connection.trusted, connection.buffer)

    def _sweep(self) -> None:
        """Close connections whose client is silent; ends itself when there are none, so an idle runner sleeps."""
        while self.connections:
            gevent.sleep(SWEEP)
            now = time.monotonic()
            for connection in list(self.connections):
                if connection.deadline and connection.deadline < now:
                    shut(connection.sock)
        self._sweeper = None

    # ---- the end ----

    def close(self, seconds: float) -> None:
        """Take no more requests; wait at most `seconds` for those under way."""
        self.open = False
        if self._path is not None:
            self._path.unlink(missing_ok=True)
            self._listener.close()
        for connection in list(self.connections):
            if not connection.active and not connection.buffer:
                shut(connection.sock)
        deadline = time.monotonic() + min(seconds, SLOW_TIMEOUT)
        while any(connection.active for connection in self.connections) and time.monotonic() < deadline:
            gevent.sleep(0.01)


def adopt(fd: int) -> Any:
    """A cooperative socket around a received descriptor."""
    sock = gsocket.socket(fileno=fd)
    if sock.family != socket.AF_UNIX:
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return sock


def shut(sock: Any) -> None:
    try:
        sock.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass  # closed already
