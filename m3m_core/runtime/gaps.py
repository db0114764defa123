"""Fills the gaps in this process's memory, so that what its forks allocate lies together.

A small object that a fork puts into a gap costs it a copy of the whole page around. With the gaps taken, new objects
go to fresh pages that they fill: 0.4 MB less for each runner. What is taken here is never given back; its pages are
there already, and all forks share them.
"""

from __future__ import annotations

import ctypes
from typing import Any

POOL = 16 * 1024
"""Bytes in which CPython keeps small objects of one size (Objects/obmalloc.c)."""

POOL_HEADER = 48
SIZES = range(48, 513, 16)
EMPTY = b"".__sizeof__()

RUN = 8
"""Neighbours from a pool's beginning on by which a fresh one is known."""

MOST = 200_000
"""Objects of one size, should the interpreter keep them otherwise than we know."""

BLOCKS = [2**power for power in range(20, 10, -1)] + list(range(1032, 8, -16))
"""Bytes that the C library is asked for, the largest first: small blocks would be cut out of large gaps."""

taken: list[bytes] = []


def fill() -> None:
    for size in SIZES:
        fill_pools(size)
    fill_heap()


def fill_pools(size: int) -> None:
    """Take objects of `size` bytes until they come from a pool that was empty: then no other pool has room."""
    first = 0
    for _ in range(MOST):
        taken.append(bytes(size - EMPTY))
        place = id(taken[-1])
        if place % POOL == POOL_HEADER:
            first = place
        elif place == first + RUN * size:
            return
        elif not first < place < first + RUN * size:
            first = 0


class MemoryInfo(ctypes.Structure):
    """`struct mallinfo2` of glibc."""

    _fields_ = tuple(
        (name, ctypes.c_size_t)
        for name in (
            "arena",
            "ordblks",
            "smblks",
            "hblks",
            "hblkhd",
            "usmblks",
            "fsmblks",
            "uordblks",
            "fordblks",
            "top",
        )
    )


def fill_heap() -> None:
    """Take blocks of the C library until they come from the heap's end. Does nothing where that is not glibc's."""
    library: Any = ctypes.CDLL(None)
    if not hasattr(library, "mallinfo2"):
        return
    library.mallinfo2.restype = MemoryInfo
    library.sbrk.restype = library.malloc.restype = ctypes.c_void_p
    library.malloc.argtypes = [ctypes.c_size_t]
    library.free.argtypes = [ctypes.c_void_p]
    end = library.sbrk(0) - library.mallinfo2().top
    for size in BLOCKS:
        for _ in range(MOST):
            block = library.malloc(size)
            if block is None or block >= end:
                library.free(block)
                break
