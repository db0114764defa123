"""Pages of logs, large ones too: what is told, in which order, and how little is read for it."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from m3m_builtins.runtime import logblocks, stream, tail
from m3m_builtins.runtime.logpages import Wanted
from m3m_builtins.runtime.logparts import Entry, Part
from m3m_builtins.runtime.logs import RunLogs
from m3m_builtins.runtime.tail import Tail
from m3m_core.runtime.logline import line
from m3m_core.runtime.runlog import older

PROJECT, RUN = "p" * 24, "1" * 24
LEVELS = ("debug", "info", "warn", "error")


@pytest.fixture
def logs(tmp_path: Path) -> RunLogs:
    return RunLogs(tmp_path)


def write(path: Path, lines: list[tuple[str, str]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(line(level, message) for level, message in lines))


@pytest.fixture
def written(logs: RunLogs, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """300 entries of all kinds in two parts, read in blocks that are smaller than some of them."""
    monkeypatch.setattr(logblocks, "BLOCK", 1000)
    rolled = random.Random(5)
    shapes = [
        "plain {n}",
        "Größe {n}",
        "two\nlines {n}",
        "[2026-01-01T00:00:00.000Z] [ERROR] forged {n}",
        "",
        "  {n}\n\n",
    ]
    shapes.append("long {n} " + "x" * 2000)
    lines = [(rolled.choice(LEVELS), rolled.choice(shapes).format(n=number)) for number in range(300)]
    path = logs.path(PROJECT, RUN)
    write(older(path), lines[:200])
    write(path, lines[200:])
    return [(level, message.rstrip()) for level, message in lines]


def told(entries: list[Entry]) -> list[tuple[str, str]]:
    return [(entry.level, entry.message) for entry in entries]


FILTERS = [
    {},
    {"level": "error"},
    {"search": "GRÖSSE"},
    {"level": "warn", "search": "two\nlines"},
    {"search": "forged 1"},
]


@pytest.mark.parametrize("query", FILTERS)
def test_pages_of_every_size_join_to_the_whole(
    logs: RunLogs, written: list[tuple[str, str]], query: dict[str, str]
) -> None:
    level, search = query.get("level", ""), query.get("search", "").casefold()
    right = [one for one in written if level in ("", one[0]) and search in one[1].casefold()]
    for size in (30, 1000):
        found: list[Entry] = []
        for skip in range(0, len(right) + size, size):
            page, total = logs.read(PROJECT, Wanted(**query), skip, size)
            assert total == len(right)
            found += page
        assert told(found[::-1]) == right


@pytest.mark.parametrize("query", FILTERS)
def test_walking_by_cursors_meets_each_entry_once(
    logs: RunLogs, written: list[tuple[str, str]], query: dict[str, str]
) -> None:
    everything = logs.read(PROJECT, Wanted(**query))[0][::-1]
    older_ones: list[Entry] = []
    cursor = ""
    while page := logs.read(PROJECT, Wanted(**query, before=cursor), limit=23, count=False)[0]:
        older_ones += page
        cursor = page[-1].cursor
    assert older_ones[::-1] == everything
    newer_ones = [everything[0]]
    while page := logs.read(PROJECT, Wanted(**query, after=newer_ones[-1].cursor), limit=23, count=False)[0]:
        newer_ones += page
    assert newer_ones == everything


def test_counts_are_of_what_is_older_or_newer(logs: RunLogs, written: list[tuple[str, str]]) -> None:
    everything = logs.read(PROJECT, Wanted())[0][::-1]
    for index in (0, 1, 199, 200, 299):
        cursor = everything[index].cursor
        assert logs.read(PROJECT, Wanted(before=cursor), limit=1)[1] == index
        assert logs.read(PROJECT, Wanted(after=cursor), limit=1)[1] == 299 - index
    assert logs.read(PROJECT, Wanted(), limit=1, count=False)[1] == -1


def test_of_a_large_log_only_the_end_is_read(logs: RunLogs, monkeypatch: pytest.MonkeyPatch) -> None:
    path = logs.path(PROJECT, RUN)
    write(path, [("info", f"number {number} " + "x" * 100) for number in range(20_000)])
    read: list[int] = []
    real = Part.read

    def counting(part: Part, begin: int, end: int) -> bytes:
        read.append(end - begin)
        return real(part, begin, end)

    monkeypatch.setattr(Part, "read", counting)
    page, _ = logs.read(PROJECT, Wanted(), limit=100, count=False)
    assert page[0].message.startswith("number 19999 ")
    logs.read(PROJECT, Wanted(before=page[-1].cursor), limit=100, count=False)
    assert sum(read) < path.stat().st_size / 2


# ---- live ------------------------------------------------------------------------------------------------------------


def test_a_reader_far_behind_is_brought_to_the_end(logs: RunLogs, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tail, "MOST", 50)
    monkeypatch.setattr(tail, "FAR_BEHIND", 10_000)
    monkeypatch.setattr(stream, "HISTORY", 20)
    path = logs.path(PROJECT, RUN)
    write(path, [("info", "first")])
    reader = Tail(path, "")
    assert len(stream.first_events(reader)) == 2
    with path.open("a") as file:
        file.write("".join(line("info", f"number {number}") for number in range(1000)))
    assert b'"number 0"' in stream.new_events(reader)[0]
    events = stream.new_events(reader)
    assert events[0] == b'event: gap\ndata: {"run_id":"' + RUN.encode() + b'"}\n\n'
    assert [f'"number {number}"'.encode() in event for number, event in enumerate(events[1:], 980)] == [True] * 20
    assert stream.new_events(reader) == []
    reader.close()


def test_a_new_reader_of_a_large_log_gets_its_end(logs: RunLogs) -> None:
    path = logs.path(PROJECT, RUN)
    write(path, [("info", f"number {number}") for number in range(5000)])
    reader = Tail(path, "")
    events = stream.first_events(reader)
    assert len(events) == 1 + tail.HISTORY
    assert b'"number 4999"' in events[-1]
    assert reader.read() == []
    reader.close()
