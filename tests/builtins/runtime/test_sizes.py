"""Sizes are counted now and then, not for each request."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import pytest

from m3m_builtins.runtime import sizes
from m3m_builtins.runtime.sizes import Sizes
from m3m_builtins.storage.measuring import measure


def test_they_are_asked_for_once_and_again_later(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def ask(project_id: str) -> list[Mapping[str, int]]:
        asked.append(project_id)
        return [{"a_bytes": len(asked)}, {"b": 2}]

    known = Sizes(ask)
    assert [known.of("one"), known.of("one"), known.of("two")] == [{"a_bytes": 1, "b": 2}] * 2 + [
        {"a_bytes": 2, "b": 2}
    ]
    monkeypatch.setattr(sizes, "FRESH", -1)
    known = Sizes(ask)
    assert known.of("one") != known.of("one")


def test_who_asks_meanwhile_gets_the_old_ones() -> None:
    known: Sizes
    inner: list[dict[str, int]] = []

    def ask(_project_id: str) -> list[Mapping[str, int]]:
        inner.append(known.of("one"))
        return [{"a": 1}]

    known = Sizes(ask)
    assert known.of("one") == {"a": 1}
    assert inner == [{}]


def test_few_projects_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sizes, "MOST", 3)
    known = Sizes(lambda project_id: [{project_id: 1}])
    for number in range(20):
        assert known.of(str(number)) == {str(number): 1}
    assert len(known._known) <= 3


def test_files_are_counted_and_links_are_not(tmp_path: Path) -> None:
    (tmp_path / "deep/er").mkdir(parents=True)
    (tmp_path / "a").write_bytes(b"x" * 10)
    (tmp_path / "deep/er/b").write_bytes(b"x" * 5)
    (tmp_path / "link").symlink_to(tmp_path / "a")
    (tmp_path / "deep/loop").symlink_to(tmp_path)
    os.mkfifo(tmp_path / "pipe")
    assert measure(tmp_path) == {"storage_bytes": 15, "storage_files": 2}
    assert measure(tmp_path / "none") == {"storage_bytes": 0, "storage_files": 0}
