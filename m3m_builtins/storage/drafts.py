"""Files in the making: nobody sees them until they are whole.

A draft is locked while its writer lives, so that tidying up can tell what a crash left behind from what is being made.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from . import direct, failures, renaming
from .removal import OPEN_FOLDER, clear, fresh_name

SEND = 2 * 1024 * 1024
"""Bytes that are sent to the disk while more is written: the wait at the end is short, however large a file is."""

ON_THE_WAY = 4 * SEND
"""Bytes that the disk may have taken by the time the next are sent."""

NEW_FILE = os.O_CREAT | os.O_EXCL | os.O_RDWR | os.O_NOFOLLOW


class Draft:
    """`fd` is open for reading and writing."""

    def __init__(self, folder: int, name: str, fd: int, keep_free: int) -> None:
        self.fd = fd
        self._folder = folder
        self._name = name
        self._keep_free = keep_free
        self._written = 0
        self._sent = 0

    def check_room(self, size: int) -> None:
        """Raises TooLarge (`disk_full`) when the disk has no room for so many bytes more."""
        check_room(self.fd, size, self._keep_free)

    def skip(self, size: int) -> None:
        """So many bytes are there already: what is written next comes behind them."""
        self._written = self._sent = size

    def write(self, *pieces: bytes | bytearray | memoryview) -> None:
        self.check_room(sum(map(len, pieces)))
        for data in pieces:
            direct.write_all(self.fd, memoryview(data), self._written)
            self._written += len(data)
        if self._written - self._sent >= SEND:
            # Linux begins to write the new pages, and what follows gets the memory of those that are on the disk:
            # fresh memory for a whole large file takes several times as long as the writing.
            begin = max(self._sent - ON_THE_WAY, 0)
            os.posix_fadvise(self.fd, begin, self._written - begin, os.POSIX_FADV_DONTNEED)
            self._sent = self._written

    def sync(self) -> None:
        os.fsync(self.fd)

    def move(self, folder: int, name: str, *, replace: bool) -> None:
        """Raises FileExistsError when there is something else already, IsADirectoryError for a folder to replace."""
        if replace:
            os.rename(self._name, name, src_dir_fd=self._folder, dst_dir_fd=folder)
        else:
            renaming.rename(self._folder, self._name, folder, name)


def check_room(fd: int, size: int, keep_free: int) -> None:
    disk = os.fstatvfs(fd)
    if disk.f_bavail * disk.f_frsize < size + keep_free:
        raise failures.disk_full()


@contextmanager
def new_draft(folder: int, keep_free: int) -> Iterator[Draft]:
    name, fd = _locked(lambda new: os.open(new, NEW_FILE, 0o600, dir_fd=folder))
    try:
        yield Draft(folder, name, fd, keep_free)
    finally:
        os.close(fd)
        with suppress(FileNotFoundError):
            os.unlink(name, dir_fd=folder)


@contextmanager
def locked_folder(folder: int) -> Iterator[str]:
    """The name of a new folder in an open one. It is removed at the end, unless it was moved."""
    name, fd = _locked(lambda new: _make_folder(folder, new))
    try:
        yield name
    finally:
        os.close(fd)
        clear(folder, name)


def _locked(make: Callable[[str], int | None]) -> tuple[str, int]:
    """Made again when it is taken for abandoned in the moment before it is locked."""
    while True:
        name = fresh_name()
        fd = make(name)
        if fd is None:
            continue
        fcntl.flock(fd, fcntl.LOCK_EX)
        if os.fstat(fd).st_nlink:
            return name, fd
        os.close(fd)


def _make_folder(folder: int, name: str) -> int | None:
    """None when it is gone already."""
    os.mkdir(name, 0o700, dir_fd=folder)
    try:
        return os.open(name, OPEN_FOLDER, dir_fd=folder)
    except FileNotFoundError:
        return None
