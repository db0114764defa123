"""Archives: what goes in comes out, and nothing else does."""

from __future__ import annotations

import random
import struct
import tracemalloc
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from m3m_builtins.storage.packing import pack
from m3m_builtins.storage.steps import finish
from m3m_builtins.storage.tree import Tree
from m3m_builtins.storage.unpacking import unpack
from m3m_core import M3MError
from m3m_core.testing import Client

MB = 1024 * 1024
LIMIT = 64 * MB


@pytest.fixture(autouse=True)
def _nothing_half(home: Path) -> Iterator[None]:
    yield
    assert list(home.parent.glob("tmp/*")) == []


def archive(*members: tuple[str | zipfile.ZipInfo, bytes], kind: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", kind) as made:
        for name, data in members:
            made.writestr(name, data)
    return out.getvalue()


def special(name: str, **values: Any) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    for key, value in values.items():
        setattr(info, key, value)
    return info


def files_in(home: Path) -> dict[str, bytes]:
    return {str(path.relative_to(home)): path.read_bytes() for path in home.rglob("*") if path.is_file()}


def test_what_goes_in_comes_out(tree: Tree, home: Path) -> None:
    big = bytes(range(256)) * 10_000
    (home / "docs/sub/empty").mkdir(parents=True)
    (home / "docs/sub/Отчёт.bin").write_bytes(big)
    (home / "b").write_text("b")
    (home / "link").symlink_to("/etc/passwd")
    (home / "docs/link").symlink_to("/etc")
    finish(pack(tree, [("docs",), ("b",)], ("out", "all.zip"), LIMIT))
    with zipfile.ZipFile(home / "out/all.zip") as made:
        assert made.testzip() is None
        assert sorted(made.namelist()) == [
            "b",
            "docs/",
            "docs/a.txt",
            "docs/sub/",
            "docs/sub/empty/",
            "docs/sub/Отчёт.bin",
        ]
    assert finish(unpack(tree, ("out", "all.zip"), ("new", "place"), LIMIT)).path == "new/place"
    assert files_in(home / "new/place") == {"b": b"b", "docs/a.txt": b"inside", "docs/sub/Отчёт.bin": big}
    assert (home / "new/place/docs/sub/empty").is_dir()


def test_unpacking_into_what_is_there_adds_and_replaces(tree: Tree, home: Path) -> None:
    (home / "a.zip").write_bytes(archive(("docs/a.txt", b"new"), ("docs/deep/b.txt", b"b")))
    finish(unpack(tree, ("a.zip",), (), LIMIT))
    assert {name: data for name, data in files_in(home).items() if name != "a.zip"} == {
        "docs/a.txt": b"new",
        "docs/deep/b.txt": b"b",
    }


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "bad_archive"),
        (b"no archive" * 1000, "bad_archive"),
        (archive(("a", b"x" * 1000))[:-30], "bad_archive"),
        (archive(("good", b"x"), ("../evil", b"x")), "bad_path"),
        (archive(("good", b"x"), ("a/../../evil", b"x")), "bad_path"),
        (archive(("/etc/evil", b"x")), "bad_archive"),
        (archive(("C:\\evil", b"x")), "bad_path"),
        (archive(("..\\evil", b"x")), "bad_path"),
        (archive(("evil\u202egnp.exe", b"x")), "bad_path"),
        (archive((".", b"x")), "bad_archive"),
        (archive((special("link", external_attr=0o120777 << 16), b"/etc/passwd")), "bad_archive"),
        (archive((special("pipe", external_attr=0o010644 << 16), b"")), "bad_archive"),
        (archive((special("device", external_attr=0o060644 << 16), b"")), "bad_archive"),
        (archive(("a", b"x"), ("./a", b"y")), "bad_archive"),
        (archive(("e\u0301", b"x"), ("\u00e9", b"y")), "bad_archive"),
        (archive(("a", b"x"), ("a/b", b"y")), "bad_archive"),
        (archive(("a", b"x" * MB), kind=zipfile.ZIP_LZMA), "bad_archive"),
        (archive(("a", b"x"), ("docs", b"a file, where there is a folder")), "exists"),
        (archive(("a", b"x"), ("docs/a.txt/b", b"a folder, where there is a file")), "exists"),
        (archive(("bomb", bytes(20 * MB))), "archive_too_large"),
        (archive(*((f"{number}", bytes(7 * MB)) for number in range(10))), "archive_too_large"),
        (archive(*((f"{number}", b"") for number in range(10_001))), "archive_too_large"),
        (archive(*((f"{number:0200}" * 1, b"") for number in range(30_000))), "archive_too_large"),
    ],
)
def test_what_is_refused_changes_nothing(tree: Tree, home: Path, data: bytes, code: str) -> None:
    (home / "a.zip").write_bytes(data)
    before = files_in(home)
    with pytest.raises(M3MError) as refused:
        finish(unpack(tree, ("a.zip",), (), LIMIT))
    assert refused.value.code == code
    assert files_in(home) == before


def test_a_size_that_is_a_lie_is_not_believed(tree: Tree, home: Path) -> None:
    data = bytearray(archive(("bomb", bytes(20 * MB))))
    for signature, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = data.index(signature) + offset
        data[at : at + 4] = struct.pack("<I", 1000)
    (home / "a.zip").write_bytes(bytes(data))
    with pytest.raises(M3MError) as refused:
        finish(unpack(tree, ("a.zip",), ("new",), LIMIT))
    assert refused.value.code == "bad_archive"
    assert not (home / "new").exists()


def test_a_protected_archive_is_told_so(tree: Tree, home: Path) -> None:
    data = bytearray(archive(("a", b"x")))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    (home / "a.zip").write_bytes(bytes(data))
    with pytest.raises(M3MError, match="password"):
        finish(unpack(tree, ("a.zip",), ("new",), LIMIT))


def test_memory_does_not_grow_with_the_files(tree: Tree, home: Path) -> None:
    (home / "big").write_bytes(random.randbytes(10 * MB) * 2)
    tracemalloc.start()
    try:
        finish(pack(tree, [("big",)], ("a.zip",), LIMIT))
        finish(unpack(tree, ("a.zip",), ("new",), LIMIT))
        assert tracemalloc.get_traced_memory()[1] < 8 * MB
    finally:
        tracemalloc.stop()
    assert (home / "new/big").stat().st_size == 20 * MB


@pytest.mark.parametrize(("sources", "limit"), [([("docs",)], 3), ([("docs", "a.txt")], 3)])
def test_packing_has_limits(tree: Tree, home: Path, sources: list[tuple[str, ...]], limit: int) -> None:
    with pytest.raises(M3MError) as refused:
        finish(pack(tree, sources, ("a.zip",), limit))
    assert refused.value.code == "archive_too_large"
    assert not (home / "a.zip").exists()


def test_over_http(owner: Client, files: Path, home: Path) -> None:
    (files / "a.txt").write_text("hello")
    url = "/api/projects/shop/storage"
    packed = owner.post(f"{url}/zip", json={"paths": ["a.txt"], "to": "a.zip"})
    assert (packed.status, packed.json["mime"]) == (201, "application/zip")
    assert owner.post(f"{url}/zip", json={"paths": ["a.txt"], "to": "a.zip"}).json["code"] == "exists"
    unpacked = owner.post(f"{url}/unzip", json={"path": "a.zip", "to": "new"})
    assert (unpacked.status, unpacked.json["path"], unpacked.json["is_dir"]) == (200, "new", True)
    assert owner.get(f"{url}/download/new/a.txt").json == b"hello"
    assert owner.post(f"{url}/zip", json={"paths": [], "to": "b.zip"}).status == 422
    assert owner.post(f"{url}/unzip", json={"path": "a.txt", "to": ""}).json["code"] == "bad_archive"
