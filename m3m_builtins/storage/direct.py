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
"""Bytes of a piece of memory, and so of one write at most: a huge page of x86."""

KEPT = 3
"""Pieces of that size, which stay when they are free: what one upload uses."""

SMALL = 256 * 1024
"""Bytes of a piece of memory while those are in use."""

_kept: list[mmap.mmap] = []
_free: list[mmap.mmap] = []


def take() -> mmap.mmap:
    """Memory that begins at a page. Give it back.

    Huge pages make an upload a third faster, but each is there as a whole from its first byte on: many clients that
    begin and then wait could take much, so only a few get them.
    """
    if _free:
        return _free.pop()
    if len(_kept) == KEPT:
        return mmap.mmap(-1, SMALL, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
    memory = mmap.mmap(-1, SIZE, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
    with suppress(OSError):  # Linux without huge pages
        memory.madvise(mmap.MADV_HUGEPAGE)
    _kept.append(memory)
    return memory


def give(memory: mmap.mmap) -> None:
    """What is not kept goes with its last reference, which an error on its way may still hold."""
    if memory in _kept:
        _free.append(memory)


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
