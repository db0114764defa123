"""The ways on which a request reaches a service, and the bytes of requests."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable
from typing import Any, NamedTuple

from m3m_core.testing import LiveServer, Reply, Wire

ALPHA, BETA = "alpha", "beta"


class Way(NamedTuple):
    """`before` is asked first on the same connection. `target` makes the address of a path of a service."""

    before: bytes
    target: Callable[[str, str], str]


def plain(slug: str, path: str) -> str:
    return f"/r/{slug}{path}"


def get(target: str, *headers: str) -> bytes:
    return request("GET", target, *headers)


def request(method: str, target: str, *headers: str, body: bytes = b"") -> bytes:
    """With a Host, and with a Content-Length when there is a body."""
    lines = [f"{method} {target} HTTP/1.1", "Host: localhost", *headers]
    if body:
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body


HANDED = {
    "handed": Way(b"", plain),
    "handed below /api": Way(b"", lambda slug, path: f"/api/r/{slug}{path}"),
    "handed after the admin": Way(get("/health"), plain),
    "handed after another": Way(get("/r/beta/echo"), plain),
}
PROXIED = {
    "proxied, absolute": Way(b"", lambda slug, path: f"http://localhost/r/{slug}{path}"),
    "proxied, encoded": Way(b"", lambda slug, path: f"/r/%{ord(slug[0]):x}{slug[1:]}{path}"),
    "proxied after another": Way(get("/r/beta/echo"), lambda slug, path: f"http://localhost/%72/{slug}{path}"),
}
WAYS = HANDED | PROXIED


class Client:
    """Opens connections to one server."""

    def __init__(self, server: LiveServer) -> None:
        self.server = server

    def open(self, way: Way | None = None) -> Wire:
        """A connection on which all that the way asks for before is answered."""
        wire = Wire(self.server, timeout=20)
        wire.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if way is not None and way.before:
            assert wire.send(way.before).reply().status == 200
        return wire

    def ask(self, data: bytes, way: Way | None = None, *, to_head: bool = False) -> Reply:
        with self.open(way) as wire:
            return wire.send(data).reply(to_head=to_head)

    def is_well(self) -> bool:
        """The server answers, and so do the services."""
        return all(self.ask(get(target)).status == 200 for target in ("/health", "/r/alpha/echo", "/r/beta/echo"))


def closed(wire: Wire) -> bool:
    """Whether the server has closed, or does it soon."""
    try:
        return wire.is_closed()
    except TimeoutError:
        return False


def who(reply: Reply) -> Any:
    """Which service answered: its slug, or the status of an answer that no service gave."""
    is_page = header(reply, "content-type") == ["text/html; charset=utf-8"]  # the admin's, for any other address
    told = json.loads(reply.body) if reply.body and not is_page else {}
    return told.get("service", reply.status) if isinstance(told, dict) else reply.status


def header(reply: Reply, name: str) -> list[str]:
    """All values of a header in an answer."""
    lines = [line.decode("latin-1").partition(":") for line in reply.head.split(b"\r\n")[1:]]
    return [value.strip() for known, _, value in lines if known.lower() == name.lower()]
