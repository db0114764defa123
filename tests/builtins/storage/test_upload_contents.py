"""What a form holds is what the files hold: every size, contents that look like boundaries, and every cut."""

from __future__ import annotations

import io
import os
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from forms import BOUNDARY, TYPE, form, part, upload

from m3m_builtins.storage import direct
from m3m_builtins.storage.direct import BLOCK, SIZE
from m3m_builtins.storage.drafts import new_draft
from m3m_builtins.storage.uploadfile import UploadFile
from m3m_builtins.storage.uploads import READ
from m3m_core.testing import Client

END = b"\r\n--" + BOUNDARY.encode()
HEAD = len(part("a", b"")) - 2
"""Bytes before the content of the first file."""

CONTENT = random.Random(1).randbytes(3 * SIZE)
TAILS = [END[:length] for length in range(1, len(END))]
"""What a parser must keep back: more bytes may make it the boundary."""


@pytest.fixture(autouse=True)
def _nothing_open() -> Iterator[None]:
    """Of a file that is gone, which would keep its place on the disk."""
    yield
    links = [str(path.readlink()) for path in Path("/proc/self/fd").iterdir() if path.is_symlink()]
    assert [link for link in links if link.endswith(" (deleted)") and "/tmp/m3m" in link and "/storage" in link] == []


@pytest.fixture(params=["first", "beside others"])
def _memory(request: pytest.FixtureRequest) -> Iterator[None]:
    """Large for the first upload of a process, small for more at the same time."""
    taken = [direct.take() for _ in range(direct.KEPT)] if request.param == "beside others" else []
    yield
    for memory in taken:
        direct.give(memory)


def arrives(owner: Client, files: Path, *contents: bytes) -> None:
    named = [(f"{number}.bin", content) for number, content in enumerate(contents)]
    answer = upload(owner, form(*named))
    assert (answer.status, [item["size"] for item in answer.json["items"]]) == (201, list(map(len, contents)))
    for name, content in named:
        assert (files / name).read_bytes() == content


@pytest.mark.parametrize(
    "sizes",
    [
        (0, 0, 1),
        (READ - HEAD - 1, READ - HEAD, READ - HEAD + 1),
        (READ, READ - len(END), 2 * READ),
        (BLOCK - 1, BLOCK, BLOCK + 1),
        (SIZE - 1, SIZE, SIZE + 1),
        (SIZE - len(END), SIZE + len(END)),
        *((memory - len(END) - back,) for memory in (SIZE, direct.SMALL) for back in range(-2, 6)),
        (2 * SIZE, 5, 2 * SIZE + BLOCK, 0, 3 * SIZE),
    ],
)
@pytest.mark.usefixtures("_memory")
def test_files_of_any_size(owner: Client, files: Path, sizes: tuple[int, ...]) -> None:
    arrives(owner, files, *(CONTENT[:size] for size in sizes))


@pytest.mark.parametrize("begin", [READ - HEAD, SIZE, 2 * SIZE - len(END)], ids=["first read", "memory", "overlap"])
@pytest.mark.parametrize("shift", range(-len(END), 2))
def test_what_looks_like_a_boundary_where_pieces_meet(owner: Client, files: Path, begin: int, shift: int) -> None:
    at = begin + shift
    arrives(owner, files, *(CONTENT[:at] + tail + CONTENT[: READ + 7] for tail in TAILS[3::4]))


def test_contents_full_of_what_looks_like_boundaries(owner: Client, files: Path) -> None:
    maker = random.Random(2)
    bits = [*TAILS, END[1:], END[2:], b"\r", b"\r\r\n", b"\r\n\r\n", b"--", b"x" * 5_000]
    made = [b"".join(maker.choices(bits, k=9_000)).replace(END, b"a whole one") for _ in range(3)]
    arrives(owner, files, *made, b"\r" * (2 * SIZE + 3))


class Drops(io.BytesIO):
    """At most `size` bytes come at once."""

    def __init__(self, data: bytes, size: int) -> None:
        super().__init__(data)
        self._size = size

    def read(self, size: int | None = -1) -> bytes:
        return super().read(min(size or 1, self._size))


@pytest.mark.parametrize("size", [1, 2, 5, len(END) - 1, len(END), len(END) + 1, 100, 5_000])
def test_however_little_comes_at_once(owner: Client, files: Path, size: int) -> None:
    content = b"".join(CONTENT[: 3 * number] + tail + b"|" for number, tail in enumerate(reversed(TAILS))) * 3
    returns = b"\r" * (size + 20)  # all of it comes by the parser
    for shift in range(min(size, len(END))):
        wanted = {"a" * (shift + 1): returns, "b": content, "c": b"", "d": content * 2}
        body = form(*wanted.items())
        extras = {"CONTENT_LENGTH": str(len(body)), "wsgi.input": Drops(body, size)}
        url = "/api/projects/shop/storage/upload"
        assert owner.post(url, content_type=TYPE, extras=extras).status == 201
        assert {name: (files / name).read_bytes() for name in wanted} == wanted


class Leaves(Drops):
    """Sends nothing more when half of it is sent."""

    def read(self, size: int | None = -1) -> bytes:
        if self.tell() > len(self.getbuffer()) // 2:
            raise ConnectionResetError
        return super().read(size)


@pytest.mark.usefixtures("_memory")
@pytest.mark.parametrize("size", [1_000, 2 * READ, 2 * SIZE, len(CONTENT)])
def test_a_client_that_leaves(owner: Client, files: Path, size: int) -> None:
    body = form(("a", CONTENT[:size]))
    extras = {"CONTENT_LENGTH": str(len(body)), "wsgi.input": Leaves(body, READ)}
    answer = owner.post("/api/projects/shop/storage/upload", content_type=TYPE, extras=extras)
    assert (answer.status, answer.json["code"]) == (400, "malformed")
    assert list(files.iterdir()) == []


@pytest.mark.parametrize("large", range(direct.KEPT))
def test_beside_other_uploads(owner: Client, files: Path, large: int) -> None:
    """Which have taken all of the large memory but `large` pieces."""
    taken = [direct.take() for _ in range(direct.KEPT - large)]
    try:
        arrives(owner, files, CONTENT, CONTENT[: direct.SMALL], CONTENT[: direct.SMALL - 3] + TAILS[-1])
        arrives(owner, files, b"".join(CONTENT[: 50_000 + len(tail)] + tail for tail in TAILS), b"\r" * SIZE)
    finally:
        for memory in taken:
            direct.give(memory)


def test_more_than_a_memory_at_once(tmp_path: Path) -> None:
    folder = os.open(tmp_path, os.O_RDONLY)
    with new_draft(folder, 0) as draft:
        file = UploadFile(draft, ())
        file.add(CONTENT)
        file.end()
        assert os.pread(draft.fd, len(CONTENT) + 1, 0) == CONTENT
    os.close(folder)


def test_a_boundary_that_goes_on_is_refused(owner: Client, files: Path) -> None:
    for begin in (10, READ, SIZE + 5):
        answer = upload(owner, form(("a", CONTENT[:begin] + END + b"X" + CONTENT[:10])))
        assert (answer.status, answer.json["code"]) == (400, "malformed")
    assert list(files.iterdir()) == []


@pytest.mark.usefixtures("_memory")
@pytest.mark.parametrize("size", [100, READ, SIZE, SIZE + READ])
def test_a_form_that_is_cut_off_leaves_nothing(owner: Client, files: Path, size: int) -> None:
    whole = form(("a", CONTENT[:size]))
    for length in (*range(len(whole) - 2 * len(END), len(whole) - 2), HEAD, HEAD + 1, HEAD + size // 2):
        answer = upload(owner, whole[:length])
        assert (answer.status, answer.json["code"]) == (400, "malformed"), length
    assert list(files.iterdir()) == []
    assert list(files.parent.glob("tmp/*")) == []
