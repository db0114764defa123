"""Large files past the system's cache: finding memory there for all of one takes far longer than the writing."""

from __future__ import annotations

import errno
import fcntl
import mmap
import os
from contextlib import suppress

BLOCK = 4096
"""Bytes. Direct writes are of whole blocks, from memory that begins at one."""

SIZE = 2 * 1024 * 1024
"""Bytes of one piece of memory, and so of one write at most: a huge page of x86."""

KEPT = 3
"""Pieces of memory that are huge pages and stay when they are free: what one upload uses."""

_kept: list[mmap.mmap] = []
_free: list[mmap.mmap] = []


def take() -> mmap.mmap:
    """Memory that begins at a page. Give it back.

    Huge pages make an upload a third faster, but the first byte takes all of one. So there are few: what else is taken
    at the same time is usual memory, of which slow uploads use little.
    """
    if _free:
        return _free.pop()
    memory = mmap.mmap(-1, SIZE, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
    if len(_kept) < KEPT:
        _kept.append(memory)
        with suppress(OSError):  # Linux without huge pages
            memory.madvise(mmap.MADV_HUGEPAGE)
    return memory


def give(memory: mmap.mmap) -> None:
    if memory in _kept:
        _free.append(memory)
    else:
        memory.close()


def reopen(fd: int) -> int:
    """Another descriptor of the same file, whose writes are direct where the file system has that."""
    name = f"/proc/self/fd/{fd}"
    try:
        return os.open(name, os.O_WRONLY | os.O_DIRECT)
    except OSError as error:
        if error.errno != errno.EINVAL:
            raise
        return os.open(name, os.O_WRONLY)


def write_all(fd: int, data: memoryview, at: int) -> None:
    """Write at a place of the file. When the file system does not take it directly, it is written as to any other."""
    is_direct = True
    while data:
        try:
            size = os.pwrite(fd, data, at)
        except OSError as error:
            if error.errno != errno.EINVAL or not is_direct:
                raise
            fcntl.fcntl(fd, fcntl.F_SETFL, fcntl.fcntl(fd, fcntl.F_GETFL) & ~os.O_DIRECT)
            is_direct = False
        else:
            data, at = data[size:], at + size
