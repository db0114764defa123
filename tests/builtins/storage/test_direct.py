"""Large files past the system's cache: every size and cut of the pieces, also where there are no direct writes."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from m3m_builtins.storage import direct
from m3m_builtins.storage.drafts import new_draft

CONTENT = random.Random(1).randbytes(7_000_000)
SHARED_MEMORY = Path("/dev/shm")
"""A file system without a disk."""


def cut(sizes: list[int]) -> list[bytes]:
    made, begin = [], 0
    for size in sizes:
        made.append(CONTENT[begin : begin + size])
        begin += size
    return made


@pytest.mark.parametrize("home", [None, SHARED_MEMORY])
@pytest.mark.parametrize(
    "sizes",
    [
        [0],
        [1],
        [direct.BLOCK],
        [direct.BLOCK - 1, 1, direct.BLOCK + 1],
        [direct.SIZE],
        [direct.SIZE + 5, direct.SIZE - 5],
        [1] * 300,
        [100_000, 7, 2_500_001, 0, 3 * direct.BLOCK, 4_000_000],
    ],
)
def test_what_is_streamed_is_what_is_written(tmp_path: Path, home: Path | None, sizes: list[int]) -> None:
    pieces = cut(sizes)
    folder = os.open(home or tmp_path, os.O_RDONLY)
    try:
        with new_draft(folder, 0) as draft:
            for piece in pieces:
                draft.stream(piece)
            draft.write(b"the end")
            draft.sync()
            length = sum(sizes) + len(b"the end")
            assert os.fstat(draft.fd).st_size == length
            assert os.pread(draft.fd, length + 1, 0) == b"".join(pieces) + b"the end"
    finally:
        os.close(folder)


def test_a_file_that_takes_no_direct_write_is_written_all_the_same(tmp_path: Path) -> None:
    path = tmp_path / "file"
    fd = os.open(path, os.O_CREAT | os.O_WRONLY)
    direct.switch(fd, on=True)
    direct.write_all(fd, memoryview(b"seven b"))  # no whole block
    os.close(fd)
    assert path.read_bytes() == b"seven b"
