"""A front's way to runners: it looks at the first bytes of a connection and passes the socket itself on.

Nothing is kept here about which services run: a runner that takes requests has a socket at `{slug}/{instance}.sock`.
"""

from __future__ import annotations

import itertools
import os
import re
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import gevent
from gevent import socket as gsocket

from .wire import HandOff, receive_handoff, send_handoff

SEND_TIMEOUT = 5.0
"""Seconds to wait for a runner whose queue of connections is full."""

SERVICE = re.compile(rb"^[A-Z]+ (?:/api)?/r/([a-z0-9][a-z0-9-]{0,62})[/? ]")
"""A request line that begins with a service's path. One that is not whole in the first read takes the plain path."""


class Runners:
    """The runners that a front can reach. `returned` gets connections that a runner gave back."""

    def __init__(self, folder: Path, returned: Callable[[HandOff], None]) -> None:
        self._folder = folder
        self._returned = returned
        self._instances: dict[str, tuple[int, list[str]]] = {}
        self._channels: dict[str, Any] = {}
        self._turn = itertools.count()

    def take(self, first: bytes, fd: int, ip: str, trusted: bool, unread: bytes) -> bool:
        """Hand the connection over when `first`, its first bytes, ask for a service that runs.

        The caller closes its own descriptor in either case. `unread` are bytes that were read already.
        """
        match = SERVICE.match(first)
        return match is not None and self.pass_on(match[1].decode(), fd, ip, trusted, unread)

    def pass_on(self, slug: str, fd: int, ip: str, trusted: bool, unread: bytes) -> bool:
        """Give a descriptor to one of the service's instances, in turn. False when none takes it."""
        names = self._names(slug)
        turn = next(self._turn)
        for offset in range(len(names)):
            path = names[(turn + offset) % len(names)]
            for _ in range(2):  # a channel to a runner that was restarted is found dead once
                if self._send(path, fd, ip, trusted, unread):
                    return True
        return False

    def _names(self, slug: str) -> list[str]:
        """Sockets of the service's instances; read again only when their folder changed."""
        folder = self._folder / slug
        try:
            changed = os.stat(folder).st_mtime_ns
        except FileNotFoundError:
            self._instances.pop(slug, None)
            return []
        known = self._instances.get(slug)
        if known is None or known[0] != changed:
            names = sorted(str(folder / name) for name in os.listdir(folder) if name.endswith(".sock"))
            known = self._instances[slug] = (changed, names)
        return known[1]

    def _send(self, path: str, fd: int, ip: str, trusted: bool, unread: bytes) -> bool:
        try:
            channel = self._channels.get(path) or self._connect(path)
            with gevent.Timeout(SEND_TIMEOUT):
                send_handoff(channel, fd, ip, trusted, unread)
        except gevent.Timeout:
            return False
        except OSError:
            self._forget(path)
            return False
        return True

    def _connect(self, path: str) -> Any:
        channel = gsocket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        try:
            channel.connect(path)
        except OSError:
            channel.close()
            raise
        self._channels[path] = channel
        gevent.spawn(self._listen, path, channel)
        return channel

    def _listen(self, path: str, channel: Any) -> None:
        """Take back what the runner gives back, until it is gone."""
        try:
            while (handed := receive_handoff(channel)) is not None:
                gevent.spawn(self._returned, handed)
        except OSError:
            pass  # the runner is gone
        finally:
            if self._channels.get(path) is channel:
                self._forget(path)

    def _forget(self, path: str) -> None:
        channel = self._channels.pop(path, None)
        if channel is not None:
            channel.close()

    def open(self, slug: str, ip: str) -> Any:
        """A fresh connection to the service for a request that a front has read itself; None when it does not run."""
        ours, theirs = gsocket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            if self.pass_on(slug, theirs.fileno(), ip, False, b""):
                return ours
        finally:
            theirs.close()
        ours.close()
        return None
