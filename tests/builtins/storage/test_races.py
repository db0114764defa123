"""Somebody changes the folders in the very moment that they are used."""

from __future__ import annotations

import ctypes
import errno
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from m3m_builtins.storage import content, renaming
from m3m_builtins.storage.tree import Tree
from m3m_core import Conflict, Invalid, M3MError

SECONDS = 1.5
AT_FDCWD = -100
RENAME_EXCHANGE = 2


@contextmanager
def swapping(home: Path, outside: Path) -> Iterator[None]:
    """All the while, `docs` is by turns a folder of the project and a link to the folder outside."""
    link = home / "link"
    link.symlink_to(outside)
    done = threading.Event()
    exchange = ctypes.CDLL(None).renameat2
    paths = (AT_FDCWD, bytes(link), AT_FDCWD, bytes(home / "docs"), RENAME_EXCHANGE)

    def swap() -> None:
        while not done.is_set():
            exchange(*paths)

    thread = threading.Thread(target=swap)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def attempt(tree: Tree, number: int, seen: set[bytes]) -> None:
    inside = ("docs", f"{number % 50}.txt")
    with suppress(M3MError):
        file, _ = tree.open(("docs", "a.txt"))
        with file:
            seen.add(file.read())
    with suppress(M3MError), tree.draft() as draft:
        draft.write(b"written")
        tree.place(draft, inside)
    with suppress(M3MError):
        tree.append(("docs", "log"), b"written")
    with suppress(M3MError):
        seen.update(entry.name.encode() for entry in tree.list(("docs",))[0] if "secret" in entry.name)
    for act in (lambda: tree.delete(inside), lambda: tree.mkdir(("docs", "new", "newer"), exist_ok=True)):
        with suppress(M3MError):
            act()
    with suppress(M3MError):
        tree.move(("docs", "new"), ("moved", str(number)))


def test_a_folder_swapped_for_a_link_is_no_way_out(tree: Tree, home: Path, outside: Path) -> None:
    (outside / "secret.txt").write_text("secret")
    before = {path: path.read_text() for path in outside.iterdir()}
    seen: set[bytes] = set()
    with swapping(home, outside):
        end, number = time.monotonic() + SECONDS, 0
        while number < 50 or time.monotonic() < end:
            number += 1
            attempt(tree, number, seen)
    assert seen == {b"inside"}
    assert {path: path.read_text() for path in outside.iterdir()} == before


def test_two_writers_never_mix(tree: Tree, home: Path) -> None:
    sizes = (3_000_000, 2_000_000)
    done = threading.Event()
    seen: set[tuple[int, bytes]] = set()

    def write(letter: bytes, size: int) -> None:
        while not done.is_set():
            with tree.draft() as draft:
                for _ in range(10):
                    draft.write(letter * (size // 10))
                tree.place(draft, ("shared",))

    with tree.draft() as draft:
        draft.write(b"a" * sizes[0])
        tree.place(draft, ("shared",))
    threads = [threading.Thread(target=write, args=(b"ab"[n : n + 1], sizes[n])) for n in range(2)]
    for thread in threads:
        thread.start()
    end = time.monotonic() + 1
    while time.monotonic() < end:
        file, entry = tree.open(("shared",))
        with file:
            data = file.read()
        assert len(data) == entry.size
        seen.add((len(data), bytes(set(data))))
    done.set()
    for thread in threads:
        thread.join()
    assert seen == {(sizes[0], b"a"), (sizes[1], b"b")}


def put(tree: Tree, data: bytes) -> None:
    with tree.draft() as draft:
        draft.write(data)
        tree.place(draft, ("a",))


def read(tree: Tree, name: str) -> bytes:
    file, _ = tree.open((name,))
    with file:
        return file.read()


def test_an_upload_that_comes_when_its_file_has_just_been_renamed_is_there(
    tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tree, b"old")

    def interrupted(step: Callable[..., Any]) -> Callable[..., Any]:
        def stepping(*args: Any, **kw: Any) -> Any:
            done = step(*args, **kw)
            put(tree, b"new")
            return done

        return stepping

    with monkeypatch.context() as patch:
        for module, step in ((renaming, "_renameat2"), (os, "link")):
            patch.setattr(module, step, interrupted(getattr(module, step)))
        tree.move(("a",), ("b",))
    assert (read(tree, "a"), read(tree, "b")) == (b"new", b"old")


LACKING: list[tuple[int | None, int | None]] = [
    (None, None),
    (errno.EINVAL, None),
    (errno.ENOSYS, None),
    (errno.EINVAL, errno.EPERM),
    (errno.EINVAL, errno.ENOTSUP),
    (errno.ENOSYS, errno.EMLINK),
]
"""What a file system answers where it cannot rename without replacing, and where it has no hard links."""


@pytest.fixture(params=LACKING, ids=str)
def _file_system(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    renames, links = request.param
    if renames:
        monkeypatch.setattr(renaming, "_renameat2", lambda *_: renames)
    if links:
        monkeypatch.setattr(os, "link", partial(refuse, links))


def refuse(number: int, *_: Any, **__: Any) -> None:
    raise OSError(number, os.strerror(number))


@pytest.mark.usefixtures("_file_system")
def test_nothing_is_replaced_by_a_renamed_one(tree: Tree, home: Path) -> None:
    """Also where the file system cannot do it in one step."""
    put(tree, b"1")
    tree.mkdir(("folder", "below"))
    tree.mkdir(("empty",))
    tree.append(("file",), b"2")
    for source in ("a", "folder"):
        for target in ("file", "empty"):
            with pytest.raises(Conflict):
                tree.move((source,), (target,))
    with pytest.raises(Invalid):
        tree.move(("folder",), ("folder", "below", "deeper"))
    tree.move(("a",), ("b",))
    tree.move(("folder",), ("moved",))
    assert read(tree, "b") == b"1"
    assert sorted(path.name for path in home.iterdir() if path.name in "a folder moved b") == ["b", "moved"]
    assert [entry.name for entry in tree.list(("moved",))[0]] == ["below"]


@pytest.mark.usefixtures("_file_system")
def test_of_many_who_make_the_same_file_one_is_first(tree: Tree, home: Path) -> None:
    outcomes: list[bytes] = []

    def make(data: bytes) -> None:
        with tree.draft() as draft:
            draft.write(data)
            try:
                tree.place(draft, ("new",), replace=False)
                outcomes.append(data)
            except Conflict:
                outcomes.append(b"refused")

    threads = [threading.Thread(target=make, args=(b"%d" % number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == sorted([read(tree, "new")] + [b"refused"] * 7)
    assert list((home.parent / "tmp").iterdir()) == []


def test_a_name_that_was_taken_in_vain_is_free_again(tree: Tree, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(renaming, "_renameat2", lambda *_: errno.ENOSYS)
    monkeypatch.setattr(os, "link", partial(refuse, errno.EPERM))
    put(tree, b"1")
    tree.mkdir(("folder",))
    with monkeypatch.context() as patch:
        patch.setattr(os, "rename", partial(refuse, errno.EIO))
        for source in ("a", "folder"):
            with pytest.raises(OSError, match="output"):
                tree.move((source,), ("b",))
            assert not (home / "b").exists()
    tree.move(("folder",), ("b",))


def test_appends_of_many_writers_are_all_there_and_whole(tree: Tree) -> None:
    def write(number: int) -> None:
        for _ in range(50):
            tree.append(("log",), b"%d" % number * 99 + b"\n")

    threads = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    file, _ = tree.open(("log",))
    with file:
        lines = file.read().splitlines()
    assert sorted(lines) == [b"%d" % number * 99 for number in range(4) for _ in range(50)]


def test_of_many_who_edit_the_same_text_one_is_first(tree: Tree) -> None:
    seen = content.write(tree, ("a.txt",), b"seen").etag
    outcomes: list[str] = []

    def edit(text: str) -> None:
        try:
            content.write_text(tree, ("a.txt",), text, over=[seen])
            outcomes.append(text)
        except Conflict:
            outcomes.append("refused")

    threads = [threading.Thread(target=edit, args=(str(number),)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    first = content.read_text(tree, ("a.txt",))[0]
    assert sorted(outcomes) == sorted([first] + ["refused"] * 7)
