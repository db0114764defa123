"""A runner's HTTP server around an engine that the test plays."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from io import BytesIO
from typing import Any, cast

import gevent
from gevent import socket

from m3m_core.contributions import FileAnswer, ScriptError
from m3m_core.http.proxies import Proxies
from m3m_core.runtime.connection import Connection
from m3m_core.runtime.engine import Engine, Host
from m3m_core.runtime.httpserver import HTTPServer

BODY_LIMIT = 1000
OK = 'j!{"ok":true}'

Handler = Callable[[Connection, str, str], str]


class PlayedEngine:
    """`handler(connection, path, query)` gives the text of the answer, "" when it comes later."""

    def __init__(self, handler: Handler) -> None:
        self.exhausted = False
        self.timeout = 0.3
        self.label: Any = ""
        self.calls: list[str] = []
        self._handler = handler

    def request(self, number: int, label: Connection, method: str, path: str, query: str) -> str:
        return self._handler(label, path, query)

    def call(self, callback: int, *args: object, label: object, still: Callable[[], bool] | None = None) -> str | None:
        """A stream of one piece."""
        self.calls.append(str(args[0]))
        return "piece" if self.calls == ["next"] else None


class PlayedHost:
    """Every file holds its own path."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.file = BytesIO()

    def log(self, level: str, line: str) -> None:
        self.lines.append(line)

    def open_file(self, path: str, headers: Mapping[str, str], options: Mapping[str, Any]) -> FileAnswer:
        self.file = BytesIO(path.encode())
        return FileAnswer(200, [("Content-Type", "text/plain")], len(path), self.file)

    def fail(self, label: str, error: ScriptError, *, count: int = 1) -> None:
        self.lines.append(f"{label}: {error.name}: {error.message}")


class Played:
    """The service `shop`. `lines` are its log."""

    def __init__(self, handler: Handler = lambda *_: OK) -> None:
        self.engine = PlayedEngine(handler)
        self.host = PlayedHost()
        self.server = HTTPServer(
            cast(Engine, self.engine),
            cast(Host, self.host),
            slug="shop",
            body_limit=BODY_LIMIT,
            request_prefix="run-",
            proxies=Proxies(["10.0.0.0/8"]),
        )

    def connect(self, ip: str = "192.0.2.7", *, trusted: bool = False, unread: bytes = b"") -> Client:
        ours, theirs = socket.socketpair()
        self.server.serve(Connection(self.server, theirs, ip, trusted, None, unread))
        return Client(ours)


class Client:
    """The other end of a connection. It is a context manager, and closes at the end."""

    def __init__(self, sock: Any) -> None:
        self.sock = sock
        self.sock.settimeout(5)

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_: object) -> None:
        self.sock.close()

    def send(self, *parts: bytes) -> Client:
        with suppress(ConnectionError):  # the server may have closed already
            for part in parts:
                self.sock.sendall(part)
                gevent.sleep(0.001)
        return self

    def rest(self) -> bytes:
        """All that comes until the server closes."""
        data = b""
        with suppress(ConnectionResetError):
            while piece := self.sock.recv(65536):
                data += piece
        return data

    def statuses(self) -> list[int]:
        """Of all answers until the server closes."""
        return [int(piece[:3]) for piece in self.rest().split(b"HTTP/1.1 ")[1:]]


def get(path: str = "/", *headers: str, method: str = "GET") -> bytes:
    return "\r\n".join((f"{method} /r/shop{path} HTTP/1.1", "Host: x", *headers, "", "")).encode("latin-1")


LAST = "Connection: close"
