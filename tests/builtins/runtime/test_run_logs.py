"""Reading logs from disk, while they grow, turn over and go."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pymongo.errors import AutoReconnect

from m3m_builtins.runtime import stream
from m3m_builtins.runtime.logpages import Wanted
from m3m_builtins.runtime.logparts import Entry, Place
from m3m_builtins.runtime.logs import RunLogs
from m3m_builtins.runtime.stream import follow
from m3m_builtins.runtime.tail import Tail
from m3m_core import Forbidden, NotFound
from m3m_core.runtime.runlog import RunLog, older

PROJECT, RUN, NEXT = "p" * 24, "1" * 24, "2" * 24
LIMIT = 16 * 1024


@pytest.fixture
def logs(tmp_path: Path) -> RunLogs:
    return RunLogs(tmp_path)


@pytest.fixture
def log(logs: RunLogs) -> Iterator[RunLog]:
    made = RunLog(logs.path(PROJECT, RUN), LIMIT)
    yield made
    made.close()


def entries(logs: RunLogs, **query: str) -> list[Entry]:
    """In order of time."""
    found, total = logs.read(PROJECT, Wanted(**query), limit=100_000)
    assert total == len(found)
    return found if "after" in query else found[::-1]


def messages(logs: RunLogs, **query: str) -> list[str]:
    return [entry.message for entry in entries(logs, **query)]


def numbers(log: RunLog, first: int, last: int) -> None:
    for number in range(first, last):
        log.write("info", f"number {number}")


def test_entries(logs: RunLogs, log: RunLog) -> None:
    log.write("info", "one\n\n  indented\nlast")
    log.write("error", "Größe")
    log.write("warn", "")
    assert messages(logs) == ["one\n\n  indented\nlast", "Größe", ""]
    assert messages(logs, level="error") == ["Größe"]
    assert messages(logs, search="GRÖSSE") == ["Größe"]
    assert messages(logs, level="warn", search="x") == []


def test_a_line_that_is_being_written_is_not_there_yet(logs: RunLogs, log: RunLog) -> None:
    log.write("info", "whole")
    path = logs.path(PROJECT, RUN)
    with path.open("ab") as file:
        file.write(b"[2026-01-01T00:00:00.000Z] [INFO] ha")
        file.flush()
        last = entries(logs)[-1]
        assert last.message == "whole"
        file.write(b"lf\n")
    assert messages(logs, after=last.cursor) == ["half"]


@pytest.mark.parametrize("written", [100, 900, 2000])
def test_every_cursor_leads_to_what_came_after_it(logs: RunLogs, log: RunLog, written: int) -> None:
    numbers(log, 0, written)
    assert older(logs.path(PROJECT, RUN)).exists() == (written > 100)
    found = entries(logs)
    assert found[-1].message == f"number {written - 1}"
    for index in range(0, len(found), 37):
        assert entries(logs, after=found[index].cursor) == found[index + 1 :]
        assert entries(logs, before=found[index].cursor) == found[:index]


def test_a_cursor_outlives_a_turnover_and_then_means_the_beginning(logs: RunLogs, log: RunLog) -> None:
    numbers(log, 0, 10)
    cursor = entries(logs)[-1].cursor
    numbers(log, 10, 250)
    assert older(logs.path(PROJECT, RUN)).exists()
    assert messages(logs, after=cursor)[0] == "number 10"
    numbers(log, 250, 2000)
    left = messages(logs, after=cursor)
    assert left == messages(logs)
    assert left[-1] == "number 1999"


@pytest.mark.parametrize(
    "cursor",
    ["", "x", "1-2", "a-b-c", f"{RUN}-5", f"{RUN}--1-0", f"{NEXT}-1-1", f"{RUN}-1-{'9' * 30}", "²-²-²", "\0-1-1"],
)
def test_a_strange_cursor_means_the_beginning(logs: RunLogs, log: RunLog, cursor: str) -> None:
    log.write("info", "only")
    assert messages(logs, after=cursor) == ["only"]
    assert messages(logs, before=cursor) == (["only"] if cursor == "" else [])


def test_a_place_beyond_the_end_means_the_beginning(logs: RunLogs, log: RunLog) -> None:
    log.write("info", "only")
    place = Place.of(entries(logs)[0].cursor)
    assert messages(logs, after=str(place)) == []
    assert messages(logs, after=str(place._replace(offset=place.offset + 1))) == ["only"]
    assert messages(logs, after=str(place._replace(run_id=NEXT))) == ["only"]


# ---- runs come and go ------------------------------------------------------------------------------------------------


def test_the_newest_run_counts_and_the_others_go_when_it_has_a_log(logs: RunLogs, log: RunLog) -> None:
    numbers(log, 0, 900)
    logs.keep_only(PROJECT, NEXT)
    assert messages(logs)[-1] == "number 899"
    following = RunLog(logs.path(PROJECT, NEXT), LIMIT)
    following.write("info", "next")
    following.close()
    assert messages(logs) == ["next"]
    logs.keep_only(PROJECT, NEXT)
    assert sorted(path.name for path in logs.path(PROJECT, RUN).parent.iterdir()) == [f"{NEXT}.log"]
    logs.forget(PROJECT)
    logs.forget(PROJECT)
    assert messages(logs) == []


def test_open_files_are_whole(logs: RunLogs, log: RunLog) -> None:
    with pytest.raises(NotFound):
        logs.open(PROJECT)
    numbers(log, 0, 900)
    run_id, parts = logs.open(PROJECT)
    logs.forget(PROJECT)
    text = b"".join(part.read() for part in parts).decode()
    for part in parts:
        part.close()
    assert (run_id, len(parts), text.endswith("number 899\n")) == (RUN, 2, True)


def test_a_tail_misses_nothing(logs: RunLogs, log: RunLog) -> None:
    numbers(log, 0, 10)
    path = logs.path(PROJECT, RUN)
    tail = Tail(path, "")
    seen = [entry.message for entry in tail.read()]
    for first in range(10, 2000, 100):
        numbers(log, first, first + 100)
        seen += [entry.message for entry in tail.read()]
        assert tail.read() == []
    numbers(log, 2010, 2012)
    logs.forget(PROJECT)
    seen += [entry.message for entry in tail.read()]
    tail.close()
    assert [text for text in seen if "dropped" not in text] == [
        f"number {number}" for number in [*range(2010), 2010, 2011]
    ]


def test_a_tail_resumes(logs: RunLogs, log: RunLog) -> None:
    numbers(log, 0, 500)
    path = logs.path(PROJECT, RUN)
    found = entries(logs)
    for cursor, resumes, first in ((found[-3].cursor, True, found[-2]), (f"{NEXT}-1-1", False, found[0])):
        tail = Tail(path, cursor)
        assert (tail.resumes, tail.read()[0]) == (resumes, first)
        tail.close()


@pytest.mark.parametrize("error", [Forbidden("You may not read this any longer."), AutoReconnect("no database")])
def test_a_stream_asks_now_and_then_whether_its_reader_may_still_read(
    logs: RunLogs, log: RunLog, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    monkeypatch.setattr(stream, "POLL", 0.001)
    monkeypatch.setattr(stream, "HEARTBEAT", 0.01)
    allowed = True

    def still_allowed() -> None:
        if not allowed:
            raise error

    numbers(log, 0, 1)
    events = follow(logs, PROJECT, "", still_allowed)
    assert next(events) == b"retry: 1000\n\n"
    first = next(events)
    assert first.startswith(b'event: run\ndata: {"run_id":"111')
    assert b"number 0" in first
    assert [next(events), next(events)] == [b": still here\n\n"] * 2
    allowed = False
    assert list(events) == []


def test_a_busy_stream_asks_too(logs: RunLogs, log: RunLog, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "POLL", 0.001)
    monkeypatch.setattr(stream, "HEARTBEAT", 0.01)
    asked: list[bool] = []
    events = follow(logs, PROJECT, "", lambda: asked.append(True))
    next(events)
    for number in range(10_000):
        numbers(log, number, number + 1)
        assert b"event: line" in next(events)
        if asked:
            break
    assert asked
