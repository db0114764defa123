"""The supervisor's side of the zygote: order a runner, hear of its end; a dead zygote is replaced."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import gevent
import orjson
from gevent import socket as gsocket
from gevent.event import AsyncResult
from gevent.lock import Semaphore

from ..errors import Unavailable
from .wire import send_handoff

SPAWN_TIMEOUT = 10.0
"""Seconds for a zygote to import everything and fork; an overloaded machine is the reason for so many."""


class Zygote:
    """One zygote process, the socket to it, and the runners that it made."""

    def __init__(self, command: Sequence[str]) -> None:
        self.orders, theirs = gsocket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.process = subprocess.Popen(command, stdin=theirs.fileno())
        theirs.close()
        self.runners: set[int] = set()
        self.retired = False

    def messages(self) -> Iterator[dict[str, Any]]:
        """What it says, until it is gone, or until it is retired and its last runner has ended."""
        while not (self.retired and not self.runners):
            try:
                data = self.orders.recv(4096)
            except OSError:
                return
            if not data:
                return
            yield orjson.loads(data)


class Forge:
    """`on_exit(pid, status)` is told of every runner that ended; a runner whose zygote died first is told with status -1."""

    def __init__(self, options: Sequence[str], on_exit: Callable[[int, int], None]) -> None:
        self._command = [sys.executable, "-m", "m3m_core.runtime.zygote", *options]
        self._on_exit = on_exit
        self._one_at_a_time = Semaphore(1)
        self._forked = AsyncResult()
        self._zygote: Zygote | None = None

    def spawn(self) -> tuple[int, Any]:
        """A new runner: its pid and our end of its control socket. Raises Unavailable."""
        ours, theirs = gsocket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            with self._one_at_a_time:
                return self._order(theirs), ours
        except (OSError, gevent.Timeout):
            ours.close()
            raise Unavailable("No process could be made for the service. Try again.", retry_after=1) from None
        finally:
            theirs.close()

    def _order(self, theirs: Any) -> int:
        zygote = self._zygote or self._start()
        self._forked = AsyncResult()
        send_handoff(zygote.orders, theirs.fileno(), "", False, b"")
        pid: int = self._forked.get(timeout=SPAWN_TIMEOUT)
        return pid

    def _start(self) -> Zygote:
        zygote = self._zygote = Zygote(self._command)
        gevent.spawn(self._listen, zygote)
        return zygote

    def _listen(self, zygote: Zygote) -> None:
        for message in zygote.messages():
            if "pid" in message:
                zygote.runners.add(message["pid"])
                self._forked.set(message["pid"])
            else:
                zygote.runners.discard(message["exit"])
                self._on_exit(message["exit"], message["status"])
        if self._zygote is zygote:
            self._zygote = None
            if not self._forked.ready():
                self._forked.set_exception(OSError("the zygote died"))
        zygote.orders.close()
        zygote.process.wait()
        for pid in zygote.runners:
            self._on_exit(pid, -1)

    def warm_up(self) -> None:
        """Have the imports done before the first start."""
        with self._one_at_a_time:
            if self._zygote is None:
                self._start()

    def renew(self) -> None:
        """Fork from a fresh zygote from now on. The old one stays until its last runner has ended."""
        with self._one_at_a_time:
            old = self._zygote
            self._start()
            if old is not None:
                old.retired = True
                if not old.runners:
                    old.orders.shutdown(socket.SHUT_RDWR)


def exit_reason(status: int) -> str:
    """A wait status in words."""
    if status < 0:
        return "ended with the process that made it"
    if os.WIFSIGNALED(status):
        return f"killed by signal {os.WTERMSIG(status)}"
    return f"exited with status {os.WEXITSTATUS(status)}"
