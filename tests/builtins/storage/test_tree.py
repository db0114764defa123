"""One project's files, and nothing beside them."""

from __future__ import annotations

import os
import resource
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from m3m_builtins.storage import removal
from m3m_builtins.storage.tree import Tree
from m3m_core import Conflict, Invalid, M3MError, NotFound, TooLarge

Act = Callable[[Tree, tuple[str, ...]], object]


def put(tree: Tree, path: str, data: bytes = b"x", *, replace: bool = True) -> None:
    with tree.draft() as draft:
        draft.write(data)
        tree.place(draft, tuple(path.split("/")), replace=replace)


def read(tree: Tree, path: str) -> bytes:
    file, _ = tree.open(tuple(path.split("/")))
    with file:
        return file.read()


def everything(tree: Tree) -> list[str]:
    return sorted(entry.path for entry in tree.walk(()))


ACTS: dict[str, Act] = {
    "stat": lambda tree, at: tree.stat(at),
    "open": lambda tree, at: tree.open(at),
    "list": lambda tree, at: tree.list(at),
    "below": lambda tree, at: tree.open((*at, "a.txt")),
    "list below": lambda tree, at: tree.list((*at, "docs")),
    "append": lambda tree, at: tree.append(at, b"!"),
    "append below": lambda tree, at: tree.append((*at, "a.txt"), b"!"),
    "put below": lambda tree, at: put(tree, "/".join((*at, "a.txt"))),
    "mkdir": lambda tree, at: tree.mkdir(at, exist_ok=True),
    "mkdir below": lambda tree, at: tree.mkdir((*at, "new", "newer")),
    "move": lambda tree, at: tree.move(at, ("moved",)),
    "move below": lambda tree, at: tree.move((*at, "a.txt"), ("moved",)),
    "move into": lambda tree, at: tree.move(("docs", "a.txt"), (*at, "moved")),
    "move onto": lambda tree, at: tree.move(("docs", "a.txt"), at),
    "delete": lambda tree, at: tree.delete(at),
    "delete below": lambda tree, at: tree.delete((*at, "a.txt")),
}


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("target", ["outside", "outside/a.txt", "outside/nothing", "base"])
def test_a_link_is_never_followed(tree: Tree, home: Path, outside: Path, tmp_path: Path, act: str, target: str) -> None:
    (home / "link").symlink_to(tmp_path / target)
    with pytest.raises(M3MError):
        ACTS[act](tree, ("link",))
    assert (outside / "a.txt").read_text() == "secret"
    assert list(outside.iterdir()) == [outside / "a.txt"]
    assert (home / "docs/a.txt").read_text() == "inside"
    assert (home / "link").is_symlink()
    assert everything(tree) == ["docs", "docs/a.txt"]


def test_a_file_takes_the_place_of_a_link_not_of_its_target(tree: Tree, home: Path, outside: Path) -> None:
    (home / "link").symlink_to(outside / "a.txt")
    put(tree, "link", b"mine")
    assert (outside / "a.txt").read_text() == "secret"
    assert (home / "link").read_text() == "mine"
    assert not (home / "link").is_symlink()


@pytest.mark.parametrize("place", ["", "storage", "tmp"])
def test_the_folders_above_are_not_followed_either(tree: Tree, tmp_path: Path, outside: Path, place: str) -> None:
    link = tmp_path / "base" / "0123456789abcdef01234567" / place
    link.parent.mkdir(parents=True)
    link.symlink_to(outside)
    with pytest.raises(NotFound):
        put(tree, "x")
    assert list(outside.iterdir()) == [outside / "a.txt"]


def test_pipes_sockets_and_devices_are_not_there(tree: Tree, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(home / "pipe")
    monkeypatch.chdir(home)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("socket")
        for name in ("pipe", "socket"):
            for act in (tree.stat, tree.open, tree.delete, lambda at: tree.append(at, b"x")):
                with pytest.raises(NotFound):
                    act((name,))
        assert everything(tree) == ["docs", "docs/a.txt"]


def test_names_that_no_path_can_have_are_not_listed(tree: Tree, home: Path) -> None:
    for name in (b"\xff", "e\u0301".encode(), b"a\nb"):
        Path(os.fsdecode(os.fsencode(home) + b"/" + name)).touch()
    assert everything(tree) == ["docs", "docs/a.txt"]


def test_a_listing_has_folders_first_and_comes_in_parts(tree: Tree) -> None:
    for path in ("b.txt", "A.txt", "c/x", "B/x", "a.TXT"):
        put(tree, path)
    names = [entry.name for entry in tree.list(())[0]]
    assert names == ["B", "c", "A.txt", "a.TXT", "b.txt"]
    part, total = tree.list((), 1, 2)
    assert ([entry.name for entry in part], total) == (["c", "A.txt"], 5)
    folder, file = tree.list(())[0][1:3]
    assert (folder.is_dir, folder.size, folder.mime) == (True, 0, None)
    assert (file.is_dir, file.size, file.mime, file.path) == (False, 1, "text/plain", "A.txt")


def test_nothing_was_ever_stored(tree: Tree) -> None:
    assert tree.list(()) == ([], 0)
    assert list(tree.walk(())) == []
    assert tree.stat(()).is_dir
    with pytest.raises(NotFound):
        tree.list(("docs",))


@pytest.mark.parametrize(
    ("act", "error", "code"),
    [
        (lambda tree: tree.open(()), Invalid, "is_directory"),
        (lambda tree: tree.open(("docs",)), Invalid, "is_directory"),
        (lambda tree: tree.open(("nothing",)), NotFound, "not_found"),
        (lambda tree: tree.open(("docs", "a.txt", "b")), NotFound, "not_found"),
        (lambda tree: tree.list(("docs", "a.txt")), NotFound, "not_found"),
        (lambda tree: put(tree, "docs"), Invalid, "is_directory"),
        (lambda tree: put(tree, "docs/a.txt", replace=False), Conflict, "exists"),
        (lambda tree: put(tree, "docs/a.txt/b"), NotFound, "not_found"),
        (lambda tree: tree.append(("docs",), b"x"), Invalid, "is_directory"),
        (lambda tree: tree.mkdir(("docs",)), Conflict, "exists"),
        (lambda tree: tree.mkdir(("docs", "a.txt"), exist_ok=True), Conflict, "exists"),
        (lambda tree: tree.move(("nothing",), ("x",)), NotFound, "not_found"),
        (lambda tree: tree.move(("docs",), ("docs", "x", "y")), Invalid, "bad_path"),
        (lambda tree: tree.move(("docs",), ("docs",)), Conflict, "exists"),
        (lambda tree: tree.move(("docs",), ("empty",)), Conflict, "exists"),
        (lambda tree: tree.move(("empty",), ("docs", "a.txt"), replace=True), Conflict, "exists"),
        (lambda tree: tree.move(("docs", "a.txt"), ("b.txt",)), Conflict, "exists"),
        (lambda tree: tree.move(("docs", "a.txt"), ("empty",), replace=True), Invalid, "is_directory"),
        (lambda tree: tree.delete(("nothing",)), NotFound, "not_found"),
        (lambda tree: tree.stat(("x" * 300,)), Invalid, "bad_path"),
    ],
)
def test_refusals(tree: Tree, home: Path, act: Callable[[Tree], object], error: type[M3MError], code: str) -> None:
    (home / "empty").mkdir()
    (home / "b.txt").touch()
    before = everything(tree)
    with pytest.raises(error) as refused:
        act(tree)
    assert refused.value.code == code
    assert everything(tree) == before


def test_files_and_folders_move(tree: Tree, home: Path) -> None:
    put(tree, "b.txt", b"old")
    assert tree.move(("docs", "a.txt"), ("b.txt",), replace=True).path == "b.txt"
    assert read(tree, "b.txt") == b"inside"
    tree.move(("docs",), ("new", "place"))
    assert everything(tree) == ["b.txt", "new", "new/place"]


def test_a_folder_of_any_depth_is_deleted_as_a_whole(tree: Tree, home: Path) -> None:
    for _ in range(30):  # each round puts all so far below 60 more folders: 1,800 in the end
        deep = tuple(str(number) for number in range(60))
        tree.mkdir(deep)
        tree.move(("docs",), (*deep, "docs"))
        tree.move(("0",), ("docs",))
    tree.delete(("docs",))
    assert everything(tree) == []
    assert list((home.parent / "tmp").iterdir()) == []


def test_a_draft_is_not_seen_and_leaves_nothing(tree: Tree, home: Path) -> None:
    with tree.draft() as draft:
        draft.write(b"half")
        assert everything(tree) == ["docs", "docs/a.txt"]
    assert list((home.parent / "tmp").iterdir()) == []


def test_tidying_takes_what_a_crash_left_and_leaves_what_is_being_made(tree: Tree, home: Path, outside: Path) -> None:
    drafts = home.parent / "tmp"
    with tree.draft() as draft, tree.staging() as (staged, place):
        put(staged, f"{place[0]}/x")
        (drafts / "left").write_text("half")
        (drafts / "folder/deep").mkdir(parents=True)
        (drafts / "link").symlink_to(outside)
        with tree.area("tmp").folder() as folder:
            removal.clear_abandoned(folder)
        assert len(list(drafts.iterdir())) == 2
        draft.write(b"whole")
        tree.place(draft, ("done",))
        staged.move(place, ("staged",), to=tree)
    assert everything(tree) == ["docs", "docs/a.txt", "done", "staged", "staged/x"]
    assert (outside / "a.txt").read_text() == "secret"
    assert list(drafts.iterdir()) == []


def test_removing_a_project_leaves_nothing_and_goes_nowhere_else(tree: Tree, home: Path, outside: Path) -> None:
    (home / "link").symlink_to(outside)
    put(tree, "x/y/z")
    for _ in range(2):
        removal.clear_project(home.parents[1], home.parent.name)
    assert list(home.parents[1].iterdir()) == []
    assert (outside / "a.txt").exists()


def test_an_append_for_which_there_is_no_room_leaves_no_part(tree: Tree, home: Path) -> None:
    tree.append(("log",), b"12345")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (8, hard))  # a file's end is to the writer what a disk's is
    try:
        with pytest.raises(TooLarge) as caught:
            tree.append(("log",), b"67890")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert caught.value.code == "disk_full"
    assert (home / "log").read_bytes() == b"12345"
    tree.append(("log",), b"6")
    assert (home / "log").read_bytes() == b"123456"
