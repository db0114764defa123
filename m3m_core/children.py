"""The programs that a server keeps running beside its fronts: mongod and the supervisor."""

from __future__ import annotations

import logging
import subprocess
import sys
import time
from typing import Protocol

from . import processes
from .errors import M3MError
from .settings import Settings

log = logging.getLogger("m3m.server")

QUICK_DEATH_SECONDS = 10
"""A program that lived shorter than this counts as failing at its start."""

LONGEST_PAUSE_SECONDS = 30

SUPERVISOR_GRACE_SECONDS = 8
"""Seconds that the supervisor gets beyond `runtime.shutdown_timeout`."""


class Child(Protocol):
    name: str

    @property
    def pid(self) -> int | None: ...

    def start(self) -> None: ...

    def alive(self) -> bool: ...

    def stop(self) -> None: ...


class Supervisor:
    """The process that owns the runs. `lock_fd` keeps the data folder taken until it is gone too."""

    name = "supervisor"

    def __init__(self, settings: Settings, boot: str, lock_fd: int) -> None:
        config = ["--config", str(settings.file)] if settings.file else []
        self._command = [sys.executable, "-m", "m3m_core.runtime.supervisor", "--boot", boot, *config]
        self._grace = settings.runtime.shutdown_timeout + SUPERVISOR_GRACE_SECONDS
        self._lock_fd = lock_fd
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    def start(self) -> None:
        self._process = processes.spawn(self._command, pass_fds=[self._lock_fd])

    def alive(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def stop(self) -> None:
        if self._process is not None and not processes.end(self._process, self._grace):
            log.error("the supervisor did not stop in time and was killed")


class Kept:
    """A child that is started again when it ends: at once, and with growing pauses when it keeps failing."""

    def __init__(self, child: Child) -> None:
        self.child = child
        self._failures = 0
        self._started = 0.0
        self._ended = False
        self._due = 0.0

    def start(self) -> None:
        self._started = time.monotonic()
        self._ended = False
        try:
            self.child.start()
        except (OSError, M3MError) as error:
            log.error("%s cannot be started: %s", self.child.name, error)
            return
        log.info("%s started", self.child.name, extra={"child": self.child.pid})

    def tend(self) -> None:
        """Call it often: starts the child again when it is time to."""
        if self.child.alive():
            return
        now = time.monotonic()
        if not self._ended:
            self._ended = True
            self._failures = self._failures + 1 if now - self._started < QUICK_DEATH_SECONDS else 0
            log.error("%s ended; it is started again in %s s", self.child.name, self._pause)
            self._due = now + self._pause
        if now >= self._due:
            self.start()

    @property
    def _pause(self) -> float:
        """0, 0, 1, 2, 4, … seconds."""
        return 0 if self._failures < 2 else min(2.0 ** (self._failures - 2), LONGEST_PAUSE_SECONDS)
