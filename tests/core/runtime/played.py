"""A run whose processes the test plays itself."""

from __future__ import annotations

import itertools
import socket
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import gevent
from gevent import socket as gsocket
from supervised import spec_for, until

from m3m_core.errors import Unavailable
from m3m_core.runtime.run import Run
from m3m_core.runtime.wire import lines, send_line
from m3m_core.settings import Data, Runtime, Seconds, Settings

NO_GAINS = {"routes": [], "calls": 0, "failures": 0, "seconds": 0.0}
DELAYS = (0.01, 0.02, 0.03)
BROKEN = {"message": "TypeError: no", "file": "main.js", "line": 3, "column": 7, "stack": ""}


class Played:
    """The other end of an instance: what its process hears and says. It boots and starts when it is told to."""

    def __init__(self, pid: int, sock: Any, exited: Callable[[int, int], None]) -> None:
        self.pid = pid
        self.heard: list[dict[str, Any]] = []
        self.gone = False
        self._sock = sock
        self._exited = exited
        gevent.spawn(self._listen)

    def _listen(self) -> None:
        for message in lines(self._sock):
            self.heard.append(message)
            if message.get("op") == "stop":
                self.exit(0)
        self._sock.close()

    def say(self, event: str, **more: Any) -> None:
        send_line(self._sock, {"event": event, **more})
        gevent.sleep(0.01)

    def send(self, data: bytes) -> None:
        """Say something that is not a whole message, or not heard before the test goes on."""
        self._sock.sendall(data)

    def exit(self, status: int) -> None:
        """End with this wait status."""
        if not self.gone:
            self.gone = True
            with suppress(OSError):  # its line is closed already
                self._sock.shutdown(socket.SHUT_RDWR)
            self._exited(self.pid, status)
            gevent.sleep(0.01)


class PlayedSpawner:
    """Makes no process; `processes` are the ends that the test plays. `missing` attempts fail first."""

    pids = itertools.count(2**22 + 1)
    """Beyond what Linux gives to a process, so that no signal reaches anybody."""

    def __init__(self) -> None:
        self.processes: list[Played] = []
        self.missing = 0
        self.gate: gevent.event.Event | None = None
        self.on_exit: Callable[[int, int], None] = lambda pid, status: None

    def spawn(self) -> tuple[int, Any]:
        if self.gate is not None:
            self.gate.wait()
        if self.missing:
            self.missing -= 1
            raise Unavailable("No process could be made for the service. Try again.")
        ours, theirs = gsocket.socketpair()
        played = Played(next(self.pids), theirs, lambda pid, status: self.on_exit(pid, status))
        self.processes.append(played)
        return played.pid, ours

    def killing(self, pid: int, number: int) -> None:
        """In place of `os.kill`."""
        for process in self.processes:
            if process.pid == pid:
                process.exit(number)


class Play:
    """A run whose processes the test plays."""

    def __init__(self, folder: Path, instances: int = 1) -> None:
        self.spec = spec_for(folder, instances=instances)
        self.spawner = PlayedSpawner()
        self.statuses: list[str] = []
        settings = Settings(data=Data(folder / "data"), runtime=Runtime(shutdown_timeout=Seconds(0.2)))
        self.run = Run(self.spec, settings, self.spawner, lambda run: self.statuses.append(run.status), DELAYS)  # type: ignore[arg-type]
        self.spawner.on_exit = self.run.exited

    @property
    def last(self) -> Played:
        return self.spawner.processes[-1]

    def starting(self) -> gevent.Greenlet:
        """Start it beside the test; the result is the error, or None."""

        def start() -> Exception | None:
            try:
                self.run.boot()
                self.run.start()
            except Exception as error:
                return error
            return None

        return gevent.spawn(start)

    def started(self) -> Play:
        starting = self.starting()
        until(lambda: len(self.spawner.processes) == self.spec.instances)
        for process in self.spawner.processes:
            process.say("booted")
        until(lambda: all(told(process, "go") for process in self.spawner.processes))
        for process in self.spawner.processes:
            process.say("started")
        assert starting.get() is None
        return self

    def comes_back(self) -> None:
        """Play the restart of the newest process."""
        self.last.say("booted")
        until(lambda: told(self.last, "go"))
        self.last.say("started")


def told(process: Played, operation: str) -> bool:
    return any(message.get("op") == operation for message in process.heard)
