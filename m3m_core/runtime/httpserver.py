"""The HTTP/1.1 server inside a runner: sockets arrive from fronts over a Unix socket, answers go back on them."""

from __future__ import annotations

import socket
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gevent
from gevent import socket as gsocket

from .channel import Busy, Channel
from .connection import Connection
from .handoff import SERVICE
from .metrics import Metrics
from .outbox import Outbox

if TYPE_CHECKING:
    from ..http.proxies import Proxies
    from .engine import Engine
    from .host import Host
    from .hosts import ServicesHost
    from .wire import HandOff

SWEEP = 2.5
"""Seconds between looks for connections that are past their deadline; there is no timer per request."""

CLOSE_SECONDS = 15.0
"""Longest wait for answers under way when the server closes."""

GIVE_BACK_SECONDS = 5.0
"""Longest wait for a front whose queue of connections is full."""

ACCEPT_PAUSE = 0.1
"""Seconds before the next try when there are too many open files."""


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
        services: ServicesHost | None = None,
    ) -> None:
        self.engine = engine
        self.host = host
        self.body_limit = body_limit
        self.request_prefix = request_prefix
        self.proxies = proxies
        self.metrics = Metrics()
        self.outbox = Outbox()
        self.open = True
        self.requests: dict[int, Connection] = {}
        self.connections: set[Connection] = set()
        self.channels: set[Channel] = set()
        self._slug = slug.encode()
        self._services = services
        self.shared = services is None
        self._lengths = len(f"/api/r/{slug}"), len(f"/r/{slug}")
        self._number = 0
        self._path: Path | None = None
        self.listener: Any = None
        self._sweeper: Any = None

    def owns(self, line: bytes | bytearray) -> bool:
        """Whether what begins with this head of a request is for this service."""
        # the same form as a front looks for, or a connection could go round in circles between the two
        found = SERVICE.match(line)
        if found is None or found[1] != self._slug:
            return False
        return self._services is None or self._services.is_asked_in(line)

    def next_number(self) -> int:
        self._number += 1
        return self._number

    def prefix_length(self, path: str) -> int:
        """Characters of a request's path that name the service."""
        return self._lengths[0] if path.startswith("/api/") else self._lengths[1]

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
        self.listener = listener
        gevent.spawn(self._accept)

    def _accept(self) -> None:
        while self.open:
            try:
                sock, _ = self.listener.accept()
            except OSError:
                gevent.sleep(ACCEPT_PAUSE)
                continue
            channel = Channel(sock)
            self.channels.add(channel)
            gevent.spawn(self._receive, channel)

    def _receive(self, channel: Channel) -> None:
        """Serve what the front hands over. When it is gone, its connections go on."""
        try:
            while (handed := channel.receive()) is not None:
                self._adopt(handed, channel)
        finally:
            self.channels.discard(channel)
            channel.close()

    def _adopt(self, handed: HandOff, channel: Channel) -> None:
        sock = gsocket.socket(fileno=handed.fd)
        if sock.family == socket.AF_UNIX:  # one request of a front itself: there is nothing to give back
            self.serve(Connection(self, sock, handed.ip, handed.trusted, None, handed.unread))
            return
        self.serve(Connection(self, sock, handed.ip, handed.trusted, channel, handed.unread))

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

    def give_back(self, connection: Connection) -> bool:
        """A request that is not ours on a connection that was: a front looks at it anew. False when there is none."""
        fd, own = connection.sock.fileno(), connection.channel
        others = () if own is None else self.channels
        for channel in sorted(others, key=lambda known: known is not own):
            try:
                channel.send(fd, connection.ip, connection.trusted, connection.line.buffer, GIVE_BACK_SECONDS)
            except (Busy, OSError):
                continue
            return True
        return False

    def _sweep(self) -> None:
        """Close connections whose client is silent; ends itself when there are none, so an idle runner sleeps."""
        while self.connections:
            gevent.sleep(SWEEP)
            now = time.monotonic()
            for connection in list(self.connections):
                if 0.0 < connection.line.deadline < now:
                    connection.line.cut()
        self._sweeper = None

    # ---- the end ----

    def close(self, seconds: float) -> None:
        """Take no more requests; wait at most `seconds` for those under way."""
        self.open = False
        if self._path is not None:
            self._path.unlink(missing_ok=True)
            self.listener.close()
        for channel in self.channels:
            channel.take_no_more()
        gevent.sleep(0.01)  # what fronts had sent already becomes connections
        self.outbox.flush()
        for connection in list(self.connections):
            if not connection.is_answering and not connection.line.buffer:
                connection.line.cut()
        deadline = time.monotonic() + min(seconds, CLOSE_SECONDS)
        while any(connection.is_answering for connection in self.connections) and time.monotonic() < deadline:
            gevent.sleep(0.01)
