"""A front's way to runners: it looks at the first bytes of a connection and passes the socket itself on.

Nothing is kept here about which services run: a runner that takes requests has a socket at `{slug}/{instance}.sock`.
"""

from __future__ import annotations

import re
import socket
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import gevent
from gevent import socket as gsocket

from .channel import Busy, Channel
from .wire import HandOff

SLUG = r"[a-z0-9][a-z0-9-]{0,62}"
METHOD = r"[A-Z][A-Z-]*"
SERVICE = re.compile(rf"{METHOD} (?:/api)?/r/({SLUG})[/? ]".encode())
"""A request line that begins with a service's path. Any other form takes the plain path."""

SEND_SECONDS = 5.0
"""Longest wait for a runner when the queues of connections of all instances are full."""

SETTLED = 0.1
"""Seconds after a change of a folder until its time of change is sure to show the next one."""


class Instances:
    """The sockets of one service's instances; read again only when their folder changed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._changed = 0
        self._paths: list[str] = []
        self._turn = 0

    def in_turn(self) -> list[str]:
        """All of them, a different one first each time."""
        self._look()
        if not self._paths:
            return []
        self._turn = (self._turn + 1) % len(self._paths)
        return self._paths[self._turn :] + self._paths[: self._turn]

    def _look(self) -> None:
        try:
            changed = self._folder.stat().st_mtime_ns
            if changed != self._changed:
                self._paths = sorted(map(str, self._folder.glob("*.sock")))
                settled = time.time_ns() - changed > SETTLED * 1e9
                self._changed = changed if settled else 0
        except OSError:
            self._paths, self._changed = [], 0


class Runners:
    """The runners that a front can reach. `returned` gets connections that a runner gave back."""

    def __init__(self, folder: Path, returned: Callable[[HandOff], None]) -> None:
        self._folder = folder
        self._returned = returned
        self._instances: dict[str, Instances] = {}
        self._channels: dict[str, Channel] = {}

    def take(self, first: bytes, fd: int, ip: str, trusted: bool, unread: bytes) -> bool:
        """Hand the connection over when `first`, its first bytes, ask for a service that runs.

        The caller closes its own descriptor in either case. `unread` are bytes that were read already.
        """
        match = SERVICE.match(first)
        return match is not None and self._pass_on(match[1].decode(), fd, ip, trusted, unread)

    def open(self, slug: str, ip: str) -> Any:
        """A fresh connection to the service for a request that a front has read itself; None when none takes it."""
        ours, theirs = gsocket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            if self._pass_on(slug, theirs.fileno(), ip, False, b""):
                return ours
        finally:
            theirs.close()
        ours.close()
        return None

    def has(self, slug: str) -> bool:
        """Whether the service has an instance that takes requests, or took them until just now."""
        return bool(Instances(self._folder / slug).in_turn())

    def _pass_on(self, slug: str, fd: int, ip: str, trusted: bool, unread: bytes) -> bool:
        """Give a descriptor to one of the service's instances, in turn. False when none takes it."""
        instances = self._instances.get(slug) or Instances(self._folder / slug)
        paths = instances.in_turn()
        if not paths:
            self._instances.pop(slug, None)
            return False
        self._instances[slug] = instances
        if any(self._send(path, fd, ip, trusted, unread, 0.0) for path in paths):
            return True
        return any(self._send(path, fd, ip, trusted, unread, SEND_SECONDS / len(paths)) for path in paths)

    def _send(self, path: str, fd: int, ip: str, trusted: bool, unread: bytes, seconds: float) -> bool:
        for _ in range(2):  # a channel to a runner that was restarted is found dead once
            try:
                channel = self._channels.get(path) or self._connect(path)
            except OSError:
                return False
            try:
                channel.send(fd, ip, trusted, unread, seconds)
            except Busy:
                return False
            except OSError:
                self._forget(path, channel)
                continue
            return True
        return False

    def _connect(self, path: str) -> Channel:
        sock = gsocket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        try:
            sock.connect(path)
        except OSError:
            sock.close()
            raise
        channel = self._channels[path] = Channel(sock)
        gevent.spawn(self._listen, path, channel)
        return channel

    def _listen(self, path: str, channel: Channel) -> None:
        """Take back what the runner gives back, until it is gone."""
        while (handed := channel.receive()) is not None:
            gevent.spawn(self._returned, handed)
        self._forget(path, channel)

    def _forget(self, path: str, channel: Channel) -> None:
        if self._channels.get(path) is channel:
            del self._channels[path]
        channel.close()
