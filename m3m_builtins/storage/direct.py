"""Large files past the system's cache: finding memory there for all of one takes far longer than the writing."""

from __future__ import annotations

import errno
import fcntl
import mmap
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

BLOCK = 4096
"""Bytes. Direct writes are of whole blocks, from memory that begins at one."""

SIZE = 1024 * 1024 + 512 * 1024
"""Bytes that are written at once."""

_free: list[mmap.mmap] = []
"""As many as were ever in use at once, which is one for each thread that writes."""


def switch(fd: int, *, on: bool) -> None:
    """A file system that knows no direct writes stays as it is."""
    flags = fcntl.fcntl(fd, fcntl.F_GETFL)
    try:
        fcntl.fcntl(fd, fcntl.F_SETFL, flags | os.O_DIRECT if on else flags & ~os.O_DIRECT)
    except OSError as error:
        if error.errno != errno.EINVAL:
            raise


def write_all(fd: int, data: memoryview) -> None:
    """Raises OSError. When the file system does not take the direct write, the file is written as any other."""
    while data:
        try:
            data = data[os.write(fd, data) :]
        except OSError as error:
            if error.errno != errno.EINVAL or not fcntl.fcntl(fd, fcntl.F_GETFL) & os.O_DIRECT:
                raise
            switch(fd, on=False)


def write_blocks(fd: int, pieces: Iterable[bytes]) -> bytes:
    """Write the whole blocks of the pieces to a file that is at the begin of a block. Returns what is left."""
    with _buffer() as buffer:
        filled = 0
        for piece in pieces:
            rest = memoryview(piece)
            while rest:
                part = rest[: SIZE - filled]
                buffer[filled : filled + len(part)] = part
                filled, rest = filled + len(part), rest[len(part) :]
                if filled == SIZE:
                    write_all(fd, buffer)
                    filled = 0
        whole = filled - filled % BLOCK
        write_all(fd, buffer[:whole])
        return bytes(buffer[whole:filled])


@contextmanager
def _buffer() -> Iterator[memoryview]:
    """Memory that begins at a page."""
    try:
        memory = _free.pop()
    except IndexError:
        memory = mmap.mmap(-1, SIZE, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
    try:
        with memoryview(memory) as view:
            yield view
    finally:
        _free.append(memory)
