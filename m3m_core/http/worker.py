"""The front process: gunicorn's gevent worker. Connections for services are passed on before HTTP is read."""

from __future__ import annotations

import errno
import gc
import signal
import socket
import time
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any

import gevent
from gevent.event import Event
from gevent.pool import Pool
from gevent.server import StreamServer
from gunicorn import util
from gunicorn.http import get_parser, message, wsgi
from gunicorn.http.unreader import SocketUnreader
from gunicorn.workers.ggevent import GeventWorker

from ..paths import runners
from ..runtime.edges import HEAD_SECONDS, linger
from ..runtime.hosts import services_host
from .closing import begin_closing
from .heads import ANSWER_SECONDS, read_start, refusal, rest_of_body_is_gone
from .pace import PacedSocket
from .places import read_service_head
from .proxies import Proxies

if TYPE_CHECKING:
    from ..runtime.handoff import Runners
    from ..runtime.wire import HandOff
    from ..serve import Application

message.MAX_REQUEST_LINE = 32 * 1024
"""Bytes. gunicorn allows 8 KB at most; a filter of 3,500 Cyrillic characters takes 21 KB in an address."""

SocketUnreader.max_body_chunk = 64 * 1024
"""Bytes. What it reads beyond what was asked for is copied with each read: its 1 MB makes uploads half as fast."""

FIRST_SECONDS = 1.0
"""What the first request of a connection has to come, when the front is on its way out."""


class Packet:
    """Stands in for a socket: what is sent is collected."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def sendall(self, data: bytes) -> None:
        self._parts.append(data)

    def send(self, client: Any) -> None:
        client.sendall(b"".join(self._parts))


class FrontResponse(wsgi.Response):  # type: ignore[misc]  # gunicorn has no types
    """An answer that does not say what made it, and whose head leaves with the begin of its body.

    Each packet wakes the client, which costs more than to make a small one.
    """

    sock: Any

    def default_headers(self) -> list[str]:
        return [line for line in super().default_headers() if not line.startswith("Server:")]

    def write(self, arg: bytes) -> None:
        if self.headers_sent:
            super().write(arg)
            return
        client, packet = self.sock, Packet()
        self.sock = packet
        try:
            super().write(arg)
        finally:
            self.sock = client
        packet.send(client)


wsgi.Response = FrontResponse


class FrontWorker(GeventWorker):  # type: ignore[misc]  # gunicorn has no types
    """`app` is the server's Application, which makes the kernel and the Falcon app in this process."""

    app: Application
    wsgi: Any

    def init_process(self) -> None:
        # Until our own handlers are set, those of the arbiter are inherited and would swallow it.
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        self._leave = Event()
        self._is_over = False
        self._open: set[Any] = set()
        self._idle: set[Any] = set()
        self._fresh: set[Any] = set()
        self._proxies = Proxies(self.app.settings.server.trusted_proxies)
        self._services = services_host(self.app.settings.server.services_uri)
        super().init_process()

    def init_signals(self) -> None:
        super().init_signals()
        # Ctrl-C reaches the whole terminal: the arbiter decides how we stop.
        signal.signal(signal.SIGINT, signal.SIG_IGN)

    def handle_exit(self, sig: int, frame: Any) -> None:
        super().handle_exit(sig, frame)
        self._leave.set()

    def run(self) -> None:
        # both need the patched standard library
        from ..runtime.handoff import Runners
        from .gateway import Gateway

        self._runners: Runners = Runners(runners(self.app.settings), self._returned)
        self.wsgi = Gateway(self.wsgi, self._runners, self.app.kernel)
        # All that is loaded stays: a large body makes so many objects that the collector would look at it every time.
        gc.collect()
        gc.freeze()
        servers = [self._listen(sock) for sock in self.sockets]
        while self.alive:
            self.notify()
            self._leave.wait(1.0)
        for server in servers:
            server.close()
        self._finish()
        self._is_over = True  # without plugins nobody is known: what still comes is left to another front
        self.app.close()

    def _listen(self, sock: Any) -> StreamServer:
        sock.setblocking(1)
        handle = partial(self._accepted, sock.getsockname())
        server = StreamServer(sock, handle=handle, spawn=Pool(self.worker_connections))
        if self.cfg.workers > 1:
            server.max_accept = 1
        server.start()
        return server

    def _finish(self) -> None:
        """Let requests end, for `graceful_timeout` at most. Connections between requests have nothing to wait for.

        A first request is on its way when its connection is there: to close that would lose it.
        """
        begin_closing()
        gevent.sleep(0)  # what was accepted already becomes connections
        begun = time.monotonic()
        while self._open and time.monotonic() < begun + self.cfg.graceful_timeout:
            for client in list(self._idle):
                util.close(client)
            if time.monotonic() > begun + FIRST_SECONDS:
                self._idle |= self._fresh
            self.notify()
            gevent.sleep(0.05)

    def _returned(self, handed: HandOff) -> None:
        """A runner gave a connection back: its next request is not for that runner."""
        client = gevent.socket.socket(fileno=handed.fd)
        self._connection(self.sockets[0].getsockname(), client, (handed.ip, 0), handed.unread)

    def _accepted(self, listener_name: Any, client: Any, addr: Any) -> None:
        with suppress(OSError):  # no TCP, or gone already
            # Not for what waits for a confirmation of an earlier packet: clients may take 40 ms for one.
            client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._connection(listener_name, client, addr)

    def _connection(self, listener_name: Any, client: Any, addr: Any, unread: bytes = b"") -> None:
        """Serve one connection until it ends or is passed on."""
        if self._is_over:
            util.close(client)
            return
        req = None
        self._open.add(client)
        try:
            client.settimeout(ANSWER_SECONDS)
            parser = get_parser(self.cfg, PacedSocket(client), addr)
            parser.unreader.unread(unread)
            while True:
                req = None
                with gevent.Timeout(HEAD_SECONDS, False):  # the wait for it to begin counts too
                    req = self._next_request(parser, client, addr)
                if req is None:
                    return
                self.handle_request(listener_name, req, client, addr)
        except (StopIteration, OSError):
            pass  # the answer said so, or the client is gone
        except Exception as error:
            self.handle_error(req, client, addr, error)
        finally:
            for known in (self._fresh, self._idle, self._open):
                known.discard(client)
            util.close(client)

    def _next_request(self, parser: Any, client: Any, addr: Any) -> Any:
        """The next request that is for us; None when there is none, or when a runner took the connection."""
        if parser.mesg and (parser.mesg.should_close() or not parser.finish_body()):
            return None
        (self._idle if parser.mesg else self._fresh).add(client)
        start = read_start(parser.unreader.take_buffered(), client)
        if self._services is not None:
            start = read_service_head(start, client)
        self._idle.discard(client)
        self._fresh.discard(client)
        if not start or self._is_taken(start, client, addr[0] if addr else ""):
            return None
        parser.unreader.unread(start)
        parser.unreader.sock.begin()  # HEAD_SECONDS is all that counts for a head
        req = next(parser)
        parser.unreader.sock.begin()
        return req

    def _is_taken(self, start: bytes, client: Any, ip: str) -> bool:
        """Whether a runner took the connection."""
        if self._services is not None and not self._services.is_asked_in(start):
            return False
        return self._runners.take(start, client.fileno(), ip, self._proxies.trusts(ip), start)

    def handle_request(self, listener_name: Any, req: Any, sock: Any, addr: Any) -> None:
        try:
            super().handle_request(listener_name, req, sock, addr)
        except TimeoutError as error:
            raise ConnectionResetError(errno.ECONNRESET, "the client does not read its answer") from error
        finally:
            reusable = rest_of_body_is_gone(req, sock)
        if not reusable:
            raise StopIteration

    def handle_error(self, _req: Any, client: Any, _addr: Any, exc: Exception) -> None:
        """Answer what is not even HTTP, or what broke outside of the app. The connection closes after it."""
        status, answer = refusal(exc)
        if status == 500:
            self.log.error("error handling a request", exc_info=exc)
        try:
            util.write(client, answer)
            linger(client)
        except OSError:
            pass  # the client is gone
