"""One server, or one command, at a time in a data folder."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .errors import Conflict
from .settings import Settings

SERVER = "serve"
COMMAND = "command"

_POLL_SECONDS = 0.05

LEAVING_SECONDS = 20
"""Seconds, beyond `runtime.shutdown_timeout`, that what is left of a killed server may take to go."""


class DataLock:
    """An flock on `{data.path}/lock`. Children that inherit its descriptor keep it held until they are gone too."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._fd = -1

    @property
    def path(self) -> Path:
        return self._settings.data.path.absolute() / "lock"

    @property
    def fd(self) -> int:
        """The descriptor to hand to children that work in the folder."""
        return self._fd

    def take(self, role: str) -> bool:
        """Take the lock now, or say False."""
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        fd = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(fd)
            return False
        os.ftruncate(fd, 0)
        os.pwrite(fd, f"{role} {os.getpid()}\n".encode(), 0)
        self._fd = fd
        return True

    def holder(self) -> tuple[str, int]:
        """Role and process id of the holder; ("", 0) when it is dead and only its children are left."""
        try:
            role, pid = self.path.read_text().split()
            os.kill(int(pid), 0)
        except (OSError, ValueError):
            return "", 0
        return role, int(pid)

    def release(self) -> None:
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1

    @property
    def deadline(self) -> float:
        return time.monotonic() + self._settings.runtime.shutdown_timeout + LEAVING_SECONDS


def for_server(settings: Settings) -> DataLock:
    """Take the folder for a server. Waits for a command, or for what is left of a killed server, to go.

    Raises Conflict when another server runs there.
    """
    lock = DataLock(settings)
    deadline = lock.deadline
    while not lock.take(SERVER):
        role, pid = lock.holder()
        if role == SERVER or time.monotonic() > deadline:
            who = f"process {pid}" if pid else "what is left of an earlier server"
            raise Conflict(
                f"Another server ({who}) uses the data folder {lock.path.parent}. "
                "Stop it first, or set data.path to another folder."
            )
        time.sleep(_POLL_SECONDS)
    return lock


@contextmanager
def for_command(settings: Settings) -> Iterator[bool]:
    """True when the folder is ours until the end; False when a server runs in it. Waits for another command."""
    lock = DataLock(settings)
    deadline = lock.deadline
    while not (ours := lock.take(COMMAND)):
        if lock.holder()[0] == SERVER:
            break
        if time.monotonic() > deadline:
            raise Conflict(f"Another m3m command is still using the data folder {lock.path.parent}. Try again.")
        time.sleep(_POLL_SECONDS)
    try:
        yield ours
    finally:
        lock.release()
