"""The supervisor's side of the zygote: order a runner, hear of its end; a dead zygote is replaced."""

from __future__ import annotations

import logging
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import gevent
import orjson
from gevent import socket as gsocket
from gevent.event import AsyncResult
from gevent.lock import Semaphore

from ..errors import Unavailable
from .exits import UNKNOWN
from .wire import send_handoff

PROGRAM = Path(__file__).with_name("zygote_main.py")

BOOT_TIMEOUT = 60.0
"""Seconds for a fresh zygote to import everything. To give up one that is slow would only begin the same again."""

SPAWN_TIMEOUT = 10.0
"""Seconds for a zygote to fork; an overloaded machine is the reason for so many."""

ATTEMPTS = 2
"""A zygote that was killed is found dead once."""

log = logging.getLogger("m3m.supervisor")


class Zygote:
    """One zygote process, the socket to it, and the runners that it made."""

    def __init__(self, command: Sequence[str]) -> None:
        self.orders, theirs = gsocket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.process = subprocess.Popen(command, stdin=theirs.fileno())
        theirs.close()
        self.runners: set[int] = set()
        self.retired = False
        self._has_answered = False
        self._forked = AsyncResult()

    def fork(self, control: int) -> int:
        """The id of a new runner, whose control socket is the descriptor `control`; one order at a time.

        Raises OSError when the zygote is gone or does not answer, Unavailable when the system refused a process.
        """
        self._forked = AsyncResult()
        send_handoff(self.orders, control, "", False, b"")
        try:
            answer: dict[str, Any] = self._forked.get(timeout=SPAWN_TIMEOUT if self._has_answered else BOOT_TIMEOUT)
        except gevent.Timeout:
            raise TimeoutError("the zygote does not answer") from None
        self._has_answered = True
        if "error" in answer:
            log.error("no process could be made for a service: %s", answer["error"])
            raise no_process()
        pid: int = answer["pid"]
        return pid

    def endings(self) -> Iterator[tuple[int, int]]:
        """Process id and wait status of each runner that ended, until the zygote is gone or has nothing left to do."""
        while not (self.retired and not self.runners):
            try:
                data = self.orders.recv(4096)
            except OSError:
                return
            if not data:
                return
            message = orjson.loads(data)
            if "exit" in message:
                self.runners.discard(message["exit"])
                yield message["exit"], message["status"]
            else:
                self.runners.update({message["pid"]} if "pid" in message else ())
                self._forked.set(message)

    def retire(self) -> None:
        """It makes no more runners and ends after its last one."""
        self.retired = True
        if not self.runners:
            with suppress(OSError):  # gone already
                self.orders.shutdown(socket.SHUT_RDWR)

    def bury(self) -> set[int]:
        """After its end: the runners that nobody can ask about any more."""
        if not self._forked.ready():
            self._forked.set_exception(OSError("the zygote died"))
        self.orders.close()
        self.process.wait()
        return self.runners


class Spawner:
    """`on_exit(pid, status)` is told of every runner that ended; of one whose zygote died first with status UNKNOWN.

    `options` are the zygote's arguments.
    """

    def __init__(self, options: Sequence[str], on_exit: Callable[[int, int], None]) -> None:
        self._command = [sys.executable, "-P", str(PROGRAM), *options]
        self._off: Mapping[str, str] = {}
        self._on_exit = on_exit
        self._one_at_a_time = Semaphore(1)
        self._zygote: Zygote | None = None

    def spawn(self) -> tuple[int, Any]:
        """A new runner: its pid and our end of its control socket. Raises Unavailable."""
        with self._one_at_a_time:
            for _ in range(ATTEMPTS):
                try:
                    return self._order(self._zygote or self._start())
                except OSError as error:
                    log.error("no process could be made for a service: %s", error)
                    self._give_up()
        raise no_process()

    def _order(self, zygote: Zygote) -> tuple[int, Any]:
        """Each order has a control socket of its own: one that timed out may still be carried out."""
        ours, theirs = gsocket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            return zygote.fork(theirs.fileno()), ours
        except BaseException:
            ours.close()
            raise
        finally:
            theirs.close()

    def _start(self) -> Zygote:
        off = ["--off", orjson.dumps(self._off).decode()] if self._off else []
        zygote = self._zygote = Zygote([*self._command, *off])
        gevent.spawn(self._listen, zygote)
        return zygote

    def _listen(self, zygote: Zygote) -> None:
        for pid, status in zygote.endings():
            self._on_exit(pid, status)
        if self._zygote is zygote:
            self._zygote = None
        for pid in zygote.bury():
            self._on_exit(pid, UNKNOWN)

    def _give_up(self) -> None:
        """Order nothing more from this zygote; runners that it made may go on."""
        zygote, self._zygote = self._zygote, None
        if zygote is not None:
            zygote.retire()

    def warm_up(self) -> None:
        """Have the imports done before the first start."""
        with self._one_at_a_time:
            if self._zygote is None:
                self._start()

    def renew(self, off: Mapping[str, str]) -> None:
        """Fork from a fresh zygote from now on. The old one stays until its last runner has ended.

        `off` are the plugins that this and later zygotes must leave off, with the reasons.
        """
        with self._one_at_a_time:
            self._off = off
            self._give_up()
            self._start()


def no_process() -> Unavailable:
    return Unavailable("No process could be made for the service. Try again.", retry_after=1)
