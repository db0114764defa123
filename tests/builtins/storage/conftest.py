from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from m3m_builtins.storage.tree import Tree
from m3m_core.kernel import Kernel
from m3m_core.testing import kernel

PROJECT = "0123456789abcdef01234567"


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    return Tree(tmp_path / "base", PROJECT)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Where the files of `tree` are; made with one file, `a.txt`, in a folder `docs`."""
    made = tmp_path / "base" / PROJECT / "storage"
    (made / "docs").mkdir(parents=True)
    (made / "docs/a.txt").write_text("inside")
    return made


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """What must stay as it is, and unread."""
    made = tmp_path / "outside"
    made.mkdir()
    (made / "a.txt").write_text("secret")
    return made


@pytest.fixture
def running() -> Iterator[Kernel]:
    with kernel(["storage"]) as started:
        yield started


@pytest.fixture
def files(running: Kernel, shop: str) -> Path:
    """The folder of shop's files."""
    made = running.settings.storage.path / shop / "storage"
    made.mkdir(parents=True)
    return made
