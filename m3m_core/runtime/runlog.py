"""The log of a run: lines `[time] [LEVEL] message` in one file that all its instances append to."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import gevent

LEVELS = ("debug", "info", "warn", "error")
FLUSH_EVERY = 0.05
"""Seconds that a line may wait in memory."""

FLUSH_AT = 64 * 1024
"""Bytes of waiting lines that are written at once."""

LONGEST_LINE = 64 * 1024


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def line(level: str, message: str) -> str:
    """One entry. Further lines of a message are indented, so that an entry always begins with its bracket."""
    text = message if len(message) <= LONGEST_LINE else message[:LONGEST_LINE] + f"… ({len(message)} characters)"
    return f"[{now()}] [{level.upper()}] {text.rstrip().replace(chr(10), chr(10) + '    ')}\n"


class RunLog:
    """Appends in one piece per flush (O_APPEND), so instances do not mix within a line.

    Another process may move the file away to cap its size; the writer notices by the inode and opens a new one.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._waiting: list[str] = []
        self._size = 0
        self._flusher: gevent.Greenlet | None = None
        self._fd = -1
        self._inode = 0

    def write(self, level: str, message: str) -> None:
        text = line(level if level in LEVELS else "info", message)
        self._waiting.append(text)
        self._size += len(text)
        if self._size >= FLUSH_AT:
            self.flush()
        elif self._flusher is None:
            self._flusher = gevent.spawn_later(FLUSH_EVERY, self._flush_later)

    def write_now(self, level: str, message: str) -> None:
        """Write at once, with all that waits. For the watchdog's thread: it touches no greenlet."""
        self._waiting.append(line(level, message))
        self.flush()

    def _flush_later(self) -> None:
        self._flusher = None
        self.flush()

    def flush(self) -> None:
        waiting, self._waiting, self._size = self._waiting, [], 0
        if waiting:
            self._reopen_if_moved()
            os.write(self._fd, "".join(waiting).encode("utf-8", "replace"))

    def _reopen_if_moved(self) -> None:
        try:
            inode = os.stat(self._path).st_ino
        except FileNotFoundError:
            inode = -1
        if inode != self._inode:
            if self._fd >= 0:
                os.close(self._fd)
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._fd = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o640)
            self._inode = os.fstat(self._fd).st_ino


def older(path: Path) -> Path:
    """The first part of a log that reached half of its limit."""
    return path.with_suffix(path.suffix + ".1")


def cap(path: Path, limit: int) -> None:
    """Keep a log below `limit` bytes: at half of it the file becomes the older part, and the part before that goes."""
    try:
        if path.stat().st_size < limit // 2:
            return
    except FileNotFoundError:
        return
    dropped = older(path).exists()
    path.rename(older(path))
    if dropped:
        note = line("warn", f"older lines were dropped: a run's log holds at most {limit // (1024 * 1024)} MB")
        fd = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o640)
        os.write(fd, note.encode())
        os.close(fd)
