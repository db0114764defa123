"""`m3m serve`: the gunicorn arbiter that keeps fronts, the supervisor and the embedded database running.

This process loads neither a plugin nor a database driver nor anything else of urllib3's kind: fronts are forked from
it and patch the standard library for gevent first.
"""

from __future__ import annotations

import errno
import logging
import resource
import secrets
import socket
import time
from typing import TYPE_CHECKING, Any

from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter
from gunicorn.errors import HaltServer
from gunicorn.glogging import Logger

from . import datalock, logs, mongod, paths
from .children import Child, Kept, Supervisor
from .errors import Conflict, Unavailable
from .runtime.edges import HEAD_SECONDS
from .settings import Settings

if TYPE_CHECKING:
    from .kernel import Kernel

log = logging.getLogger("m3m.server")

BACKLOG = 2048
GRACEFUL_SECONDS = 10
"""Longest wait for requests that are being answered when a front is told to stop."""

FRONT_STUCK_SECONDS = 30
"""A front whose loop stands still for so long is killed and replaced."""

BEGINNING_SECONDS = 30
"""A front that cannot start ends a server younger than this: the reason will not go away by itself."""

OPEN_FILES = 65536


class ServerLog(Logger):  # type: ignore[misc]  # gunicorn has no types
    """gunicorn's messages in our own log."""

    def setup(self, cfg: Any) -> None:
        self.cfg = cfg
        self.error_log = log
        self._access_log_enabled = False


class Application(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
    """What gunicorn asks for: its configuration, and in each front the WSGI app."""

    def __init__(self, settings: Settings, listener: socket.socket, boot: str) -> None:
        self.settings = settings
        self.boot = boot
        self._bind = f"fd://{listener.detach()}"
        self._kernel: Kernel | None = None
        super().__init__()

    def load_config(self) -> None:
        options = {
            "bind": self._bind,
            "workers": self.settings.server.workers,
            "worker_class": "m3m_core.http.worker.FrontWorker",
            "worker_connections": OPEN_FILES // 8,
            "logger_class": ServerLog,
            "timeout": FRONT_STUCK_SECONDS,
            "graceful_timeout": GRACEFUL_SECONDS,
            "keepalive": HEAD_SECONDS,
            "limit_request_line": 0x7FFF,
            "limit_request_fields": 100,
            "limit_request_field_size": 16 * 1024,
            "forwarded_allow_ips": "",
            "forwarder_headers": "",
            "control_socket_disable": True,
            "proc_name": "m3m",
        }
        for name, value in options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """In a front, after the fork and the patching: start the plugins and make the app."""
        from .http.app import create_app
        from .kernel import Kernel

        self._kernel = Kernel(self.settings, "front", boot=self.boot)
        self._kernel.start()
        return create_app(self._kernel)

    @property
    def kernel(self) -> Kernel:
        """Of this front; it is there once the app was loaded."""
        assert self._kernel is not None
        return self._kernel

    def close(self) -> None:
        self.kernel.stop()


class Server(Arbiter):  # type: ignore[misc]  # gunicorn has no types
    """The arbiter, which also keeps `children` running. They are started in order and stopped the other way round."""

    def __init__(self, app: Application, children: list[Child]) -> None:
        self._kept = [Kept(child) for child in children]
        self._stopping = False
        self._began = time.monotonic()
        super().__init__(app)

    def start(self) -> None:
        super().start()
        for kept in self._kept:
            kept.start()

    def manage_workers(self) -> None:
        self._tend()
        super().manage_workers()

    def reap_workers(self) -> None:
        try:
            super().reap_workers()
        except HaltServer:
            if time.monotonic() - self._began < BEGINNING_SECONDS:
                raise
            log.error("a front could not start; trying again")
        self._tend()

    def _tend(self) -> None:
        if not self._stopping:
            for kept in self._kept:
                kept.tend()

    def handle_int(self) -> None:
        """Ctrl-C is as gentle as SIGTERM; a second one cuts the wait for requests short."""
        self.handle_term()

    def handle_usr2(self) -> None:
        log.warning("SIGUSR2 does nothing here: stop the server and start the new one")

    def stop(self, graceful: bool = True) -> None:
        """Fronts first, then the supervisor with all runs, the database last."""
        self._stopping = True
        super().stop(graceful)
        for kept in reversed(self._kept):
            kept.child.stop()

    def halt(self, reason: str | None = None, exit_status: int = 0) -> None:
        super().halt(reason, min(exit_status, 1))


def listen(host: str, port: int) -> socket.socket:
    """Raises Conflict for a port that is taken, Unavailable for an address that is not ours."""
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[
            0
        ]
    except socket.gaierror as error:
        raise Unavailable(f"server.host {host} is not an address: {error.strerror}.") from None
    listener = socket.socket(family, kind)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(BACKLOG)
    except OSError as error:
        listener.close()
        if error.errno == errno.EADDRINUSE:
            raise Conflict(
                f"Port {port} is already in use. Stop the program that uses it, or set server.port to another one."
            ) from None
        raise Unavailable(f"Cannot listen on {host}, port {port}: {error.strerror}.") from None
    return listener


def serve(settings: Settings) -> None:
    """Run until SIGTERM or Ctrl-C. Raises M3MError when it cannot even begin, SystemExit at the end."""
    logs.setup(settings.logging.level)
    _allow_many_connections()
    embedded = mongod.is_embedded(settings)
    if embedded:
        mongod.check(settings)
    lock = datalock.for_server(settings)
    paths.sockets(settings)
    listener = listen(settings.server.host, settings.server.port)
    boot = secrets.token_hex(12)
    children: list[Child] = [mongod.Mongod(settings)] if embedded else []
    children.append(Supervisor(settings, boot, lock.fd))
    Server(Application(settings, listener, boot), children).run()


def _allow_many_connections() -> None:
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = OPEN_FILES if hard == resource.RLIM_INFINITY else min(hard, OPEN_FILES)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
