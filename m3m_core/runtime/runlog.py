"""The log of a run: lines `[time] [LEVEL] message` in one file that its instances and the supervisor append to.

The file never grows beyond half of the run's limit: then it becomes the older part (`.log.1`), and what was the older
part before is dropped. Any of the writers does that, under a lock on the file.
"""

from __future__ import annotations

import fcntl
import logging
import os
import re
import time
from datetime import UTC, datetime
from pathlib import Path

import gevent
from gevent.monkey import get_original

from .sizes import shown

LEVELS = ("debug", "info", "warn", "error")
FLUSH_EVERY = 0.05
"""Seconds that a line of a flood may wait in memory."""

FLUSH_AT = 64 * 1024
"""Bytes of waiting lines that are written at once; less where the limit is small."""

CALM_LINES = 100
"""Lines within FLUSH_EVERY that are each written at once, so that even a process that is killed has said its last."""

LONGEST_LINE = 64 * 1024
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")
"""Characters that would act on the terminal of a reader, or begin a line there."""

OPEN_FLAGS = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC

allocate_lock = get_original("_thread", "allocate_lock")
close = get_original("os", "close")  # gevent's own may leave the closing to a hub, which runs in one thread only
server_log = logging.getLogger("m3m.runs")


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def line(level: str, message: str) -> str:
    """One entry. Further lines of a message are indented, so that an entry always begins with its bracket."""
    text = message if len(message) <= LONGEST_LINE else message[:LONGEST_LINE] + f"… ({len(message)} characters)"
    text = CONTROL.sub(lambda found: f"\\u{ord(found[0]):04x}", text.replace("\r\n", "\n"))
    return f"[{now()}] [{level.upper()}] {text.rstrip().replace(chr(10), chr(10) + '    ')}\n"


class RunLog:
    """Appends in one piece per flush (O_APPEND), so that writers do not mix within a line.

    A log that cannot be written (the disk is full, say) loses lines and hinders nobody; the server's log says so once.
    """

    def __init__(self, path: Path, limit: int) -> None:
        """`limit` is in bytes, of both parts together."""
        self._path = path
        self._limit = limit
        self._flush_at = min(FLUSH_AT, limit // 16)
        self._waiting: list[bytes] = []
        self._size = 0
        self._window = 0.0
        self._lines = 0
        self._flusher: gevent.Greenlet | None = None
        self._lock = allocate_lock()  # the watchdog's thread writes too
        self._fd = -1
        self._inode = 0
        self._broken = False

    def write(self, level: str, message: str) -> None:
        data = line(level if level in LEVELS else "info", message).encode("utf-8", "replace")
        self._waiting.append(data)
        self._size += len(data)
        if self._size >= self._flush_at or self._is_calm():
            self.flush()
        elif self._flusher is None:
            self._flusher = gevent.spawn_later(FLUSH_EVERY, self._flush_later)

    def write_now(self, level: str, message: str) -> None:
        """Write at once, with all that waits. For the watchdog's thread: it touches no greenlet."""
        self._waiting.append(line(level, message).encode("utf-8", "replace"))
        self.flush()

    def _is_calm(self) -> bool:
        moment = time.monotonic()
        if moment - self._window > FLUSH_EVERY:
            self._window, self._lines = moment, 0
        self._lines += 1
        return self._lines <= CALM_LINES

    def _flush_later(self) -> None:
        self._flusher = None
        self.flush()

    def flush(self) -> None:
        waiting, self._waiting, self._size = self._waiting, [], 0
        if not waiting:
            return
        try:
            with self._lock:
                self._append(b"".join(waiting))
            self._broken = False
        except OSError as error:
            if not self._broken:
                server_log.error("the log %s cannot be written: %s", self._path.name, error.strerror)
            self._broken = True

    def close(self) -> None:
        """Write what waits and let the file go. A later line opens it again."""
        if self._flusher is not None:
            self._flusher.kill(block=False)
            self._flusher = None
        self.flush()
        with self._lock:
            self._let_go()

    # ---- the file ----

    def _append(self, data: bytes) -> None:
        size = self._open_current()
        if size and size + len(data) > self._limit // 2:
            self._turn_over()
        os.write(self._fd, data)

    def _open_current(self) -> int:
        """Have the file open that the path names now; returns its size."""
        try:
            found = self._path.stat()
        except FileNotFoundError:
            found = None
        if found is None or found.st_ino != self._inode:
            self._let_go()
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._fd = os.open(self._path, OPEN_FLAGS, 0o640)
            found = os.fstat(self._fd)
            self._inode = found.st_ino
        return found.st_size

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
            os.write(self._fd, line("warn", note).encode())

    def _let_go(self) -> None:
        if self._fd >= 0:
            close(self._fd)
        self._fd, self._inode = -1, 0


def older(path: Path) -> Path:
    """The first part of a log that reached half of its limit."""
    return path.with_suffix(path.suffix + ".1")
