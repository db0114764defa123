"""Several processes tidy, delete and write at once."""

from __future__ import annotations

import os
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from m3m_builtins.storage import drafts, removal
from m3m_builtins.storage.tree import Tree
from m3m_core import NotFound

WRITERS, ROUNDS = 4, 25


def test_a_draft_that_is_taken_for_abandoned_before_it_is_locked_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The tidying sees it between its making and its locking."""
    folder = os.open(tmp_path, os.O_RDONLY)
    clear, clearing, names = removal.clear, threading.Event(), list[str]()

    def slowly(below: int, name: str) -> None:
        clearing.set()
        time.sleep(0.1)
        clear(below, name)

    def make(name: str) -> int:
        fd = os.open(name, drafts.NEW_FILE, 0o600, dir_fd=folder)
        names.append(name)
        if len(names) == 1:
            tidying.start()
            assert clearing.wait(10)
        return fd

    monkeypatch.setattr(removal, "clear", slowly)
    tidying = threading.Thread(target=removal.clear_abandoned, args=(folder,))
    name, fd = drafts._locked(make)
    tidying.join()
    assert [path.name for path in tmp_path.iterdir()] == [name] == names[1:]
    os.close(fd)
    os.close(folder)


def test_a_folder_that_is_taken_for_abandoned_before_it_is_opened_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mkdir, names = os.mkdir, list[str]()

    def make(name: str, mode: int, dir_fd: int) -> None:
        mkdir(name, mode, dir_fd=dir_fd)
        names.append(name)
        if len(names) == 1:
            removal.clear_abandoned(dir_fd)

    monkeypatch.setattr(os, "mkdir", make)
    folder = os.open(tmp_path, os.O_RDONLY)
    with drafts.locked_folder(folder) as name:
        assert [path.name for path in tmp_path.iterdir()] == [name] == names[1:]
    os.close(folder)


def test_what_one_deletes_another_may_tidy(tree: Tree, home: Path) -> None:
    def delete(number: int) -> None:
        for _ in range(ROUNDS):
            tree.mkdir((f"own {number}", "a", "b", "c"))
            tree.mkdir((f"own {number}", "d"))
            with tree.draft() as draft:
                draft.write(b"x")
                tree.place(draft, (f"own {number}", "a", "file"))
            tree.delete((f"own {number}",))
            with pytest.raises(NotFound):
                tree.stat((f"own {number}",))

    def tidy(number: int) -> None:
        with tree.area("tmp").folder(create=True) as folder:
            while not ended.is_set():
                removal.clear_abandoned(folder)

    ended = threading.Event()
    with ThreadPoolExecutor(WRITERS + 2) as pool:
        tidying = [pool.submit(tidy, number) for number in range(2)]
        deleting = [pool.submit(delete, number) for number in range(WRITERS)]
        try:
            for each in deleting:
                each.result(60)
        finally:
            ended.set()
        for each in tidying:
            each.result(60)
    assert [path.name for path in home.iterdir()] == ["docs"]
    assert list((home.parent / "tmp").iterdir()) == []
