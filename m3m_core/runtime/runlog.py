"""The log of a run: lines `[time] [LEVEL] message` in one file that its instances and the supervisor append to.

Each line is handed to the system as it is said, so even a process that is killed has said its last. The file never
grows beyond half of the run's limit: then it becomes the older part (`.log.1`), and what was the older part before is
dropped. Any of the writers does that, under a lock on the file.
"""

from __future__ import annotations

import fcntl
import logging
import os
import time
from pathlib import Path

from gevent.monkey import get_original

from .logline import LEVELS, line, now
from .sizes import shown

__all__ = ["RunLog", "line", "now", "older"]

LOOK_EVERY = 0.05
"""Seconds after which a writer looks whether others have moved the file, or made it larger."""

LOOK_SHARE = 32
"""It looks, too, when it has written this part of the limit by itself."""

OPEN_FLAGS = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC

allocate_lock = get_original("_thread", "allocate_lock")
close = get_original("os", "close")  # gevent's own may leave the closing to a hub, which runs in one thread only
server_log = logging.getLogger("m3m.runs")


class RunLog:
    """Appends a line in one piece (O_APPEND), so that writers do not mix within a line.

    A log that cannot be written (the disk is full, say) loses lines and hinders nobody; the server's log says so once.
    """

    def __init__(self, path: Path, limit: int) -> None:
        """`limit` is in bytes, of both parts together."""
        self._path = path
        self._limit = limit
        self._lock = allocate_lock()  # the watchdog's thread writes too
        self._fd = -1
        self._inode = 0
        self._size = 0
        self._looked = 0.0
        self._room = 0
        self._broken = self._ended = False

    def write(self, level: str, message: str) -> None:
        data = line(level if level in LEVELS else "info", message).encode("utf-8", "replace")
        with self._lock:
            if not self._ended:
                self._write(data)

    def write_last(self, level: str, message: str) -> None:
        """Whatever is written after this is dropped: the process ends. Any thread may call it."""
        data = line(level, message).encode("utf-8", "replace")
        with self._lock:
            self._ended = True
            self._write(data)

    def _write(self, data: bytes) -> None:
        try:
            self._append(data)
            self._broken = False
        except OSError as error:
            if not self._broken:
                server_log.error("the log %s cannot be written: %s", self._path.name, error.strerror)
            self._broken = True

    def close(self) -> None:
        """Let the file go. A later line opens it again."""
        with self._lock:
            self._let_go()

    # ---- the file ----

    def _append(self, data: bytes) -> None:
        moment = time.monotonic()
        if self._room < len(data) or moment - self._looked > LOOK_EVERY:
            self._open_current()
            self._looked, self._room = moment, self._limit // LOOK_SHARE
        if self._size and self._size + len(data) > self._limit // 2:
            self._turn_over()
        os.write(self._fd, data)
        self._size += len(data)
        self._room -= len(data)

    def _open_current(self) -> None:
        """Have the file open that the path names now, and know its size."""
        try:
            found = self._path.stat()
        except FileNotFoundError:
            found = None
        if found is None or found.st_ino != self._inode:
            self._let_go()
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)  # services say what is not for everybody
            self._fd = os.open(self._path, OPEN_FLAGS, 0o600)
            found = os.fstat(self._fd)
            self._inode = found.st_ino
        self._size = found.st_size

    def _turn_over(self) -> None:
        """Make the file the older part and begin a new one."""
        fcntl.flock(self._fd, fcntl.LOCK_EX)
        moved = self._fd
        if self._path.stat().st_ino != self._inode:
            self._open_current()  # another writer was quicker
            return
        dropped = older(self._path).exists()
        self._path.rename(older(self._path))
        self._fd = -1  # it stays open, and so locked, until the new file is there
        try:
            self._open_current()
        finally:
            close(moved)
        if dropped:
            note = f"older lines were dropped: the log of a run holds at most {shown(self._limit)}"
            self._size += os.write(self._fd, line("warn", note).encode())

    def _let_go(self) -> None:
        if self._fd >= 0:
            close(self._fd)
        self._fd, self._inode, self._room = -1, 0, 0


def older(path: Path) -> Path:
    """The first part of a log that reached half of its limit."""
    return path.with_suffix(path.suffix + ".1")
