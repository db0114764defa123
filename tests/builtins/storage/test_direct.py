"""Large files past the system's cache, also where there are no direct writes."""

from __future__ import annotations

import mmap
import os
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from m3m_builtins.storage import direct
from m3m_builtins.storage.drafts import new_draft

CONTENT = random.Random(1).randbytes(direct.SIZE)
SHARED_MEMORY = Path("/dev/shm")
"""A file system without a disk."""


@pytest.fixture
def memory() -> Iterator[mmap.mmap]:
    taken = direct.take()
    taken[:] = CONTENT
    yield taken
    direct.give(taken)


@pytest.mark.parametrize("home", [None, SHARED_MEMORY])
@pytest.mark.parametrize("sizes", [[], [direct.BLOCK], [direct.SIZE, direct.SIZE], [direct.SIZE, 3 * direct.BLOCK]])
def test_blocks_in_any_order_and_then_the_rest(
    tmp_path: Path, memory: mmap.mmap, home: Path | None, sizes: list[int]
) -> None:
    folder = os.open(home or tmp_path, os.O_RDONLY)
    try:
        with new_draft(folder, 0) as draft, memoryview(memory) as data:
            fd = direct.reopen(draft.fd)
            for number, size in reversed(list(enumerate(sizes))):
                direct.write_all(fd, data[:size], sum(sizes[:number]))
            os.close(fd)
            draft.skip(sum(sizes))
            draft.write(b"the ", b"end")
            draft.sync()
            wanted = b"".join(CONTENT[:size] for size in sizes) + b"the end"
            assert os.pread(draft.fd, len(wanted) + 1, 0) == wanted
    finally:
        os.close(folder)


def test_what_takes_no_direct_write_is_written_all_the_same(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.touch()
    with path.open("rb+") as file:
        fd = direct.reopen(file.fileno())
        direct.write_all(fd, memoryview(b"seven b"), 3)  # no whole block, and not at the begin of one
        os.close(fd)
    assert path.read_bytes() == b"\0\0\0seven b"


def test_an_error_of_the_disk_is_raised(tmp_path: Path, memory: mmap.mmap) -> None:
    with Path("/dev/full").open("wb") as file, memoryview(memory) as data, pytest.raises(OSError, match="No space"):
        direct.write_all(file.fileno(), data, 0)


def test_there_is_little_large_memory_and_it_is_used_again() -> None:
    taken = [direct.take() for _ in range(direct.KEPT + 3)]
    assert sorted(map(len, taken)) == [direct.SMALL] * 3 + [direct.SIZE] * direct.KEPT
    for memory in taken:
        direct.give(memory)
    again = [direct.take() for _ in range(direct.KEPT + 1)]
    assert [memory in taken for memory in again] == [True] * direct.KEPT + [False]
    for memory in again:
        direct.give(memory)
