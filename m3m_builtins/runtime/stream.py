"""The live log as server-sent events: an `id` to resume from, a comment as heartbeat."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import orjson

from m3m_core.http import is_closing

from .logs import Entry, Place, RunLogs, begin_of, entries_after, lies_in, read_part, run_of

POLL = 0.2
"""Seconds between looks at the file."""

HEARTBEAT = 10.0
"""Seconds of silence after which a comment is sent; then it is also asked whether the reader may still read."""

HISTORY = 200
"""Entries that a new reader gets at once. One who resumes gets all that were missed."""


class Tail:
    """One run's log as it grows. Its newest file stays open, so that its end can be read when the log is gone."""

    def __init__(self, path: Path, cursor: str) -> None:
        """Raises FileNotFoundError when the log is gone already."""
        self.run_id = run_of(path)
        self.resumes = Place.of(cursor).run_id == self.run_id
        self._path = path
        self._cursor = cursor
        self._file = path.open("rb")
        self._seen = (0, 0)

    def read(self) -> list[Entry]:
        """What was written since the last time."""
        try:
            now = self._path.stat()
        except FileNotFoundError:
            return self._advance(read_part(self._file, self._place()))
        if (now.st_ino, now.st_size) == self._seen:
            return []
        if now.st_ino != self._seen[0]:
            self._file.close()
            self._file = self._path.open("rb")
        self._seen = (now.st_ino, now.st_size)
        return self._advance(entries_after(self._path, self._cursor))

    def _place(self) -> Place:
        """Where to go on in the open file."""
        place, begin = Place.of(self._cursor), begin_of(self._file, self.run_id)
        return place if lies_in(place, self._file, begin) else begin

    def _advance(self, entries: Iterator[Entry]) -> list[Entry]:
        found = list(entries)
        if found:
            self._cursor = found[-1].cursor
        return found

    def close(self) -> None:
        self._file.close()


def follow(logs: RunLogs, project_id: str, cursor: str, still_allowed: Callable[[], None]) -> Iterator[bytes]:
    """Events until the reader leaves, the server stops, or `still_allowed` raises. A new run is announced as `run`."""
    yield b"retry: 1000\n\n"
    last_sent = time.monotonic()
    for events in polls(logs, project_id, cursor):
        if events:
            yield b"".join(events)
            last_sent = time.monotonic()
        elif time.monotonic() - last_sent > HEARTBEAT:
            still_allowed()
            yield b": still here\n\n"
            last_sent = time.monotonic()


def polls(logs: RunLogs, project_id: str, cursor: str) -> Iterator[list[bytes]]:
    """New events, perhaps none, as often as the log is looked at, until the server stops."""
    with ExitStack() as stack:
        tail: Tail | None = None
        while not is_closing():
            newest = logs.newest(project_id)
            events = [entry_event(entry) for entry in tail.read()] if tail else []
            if newest is not None and (tail is None or run_of(newest) != tail.run_id):
                with suppress(FileNotFoundError):  # yet another run is about to take its place
                    begun = Tail(newest, cursor)
                    stack.pop_all().close()
                    stack.callback(begun.close)
                    tail, cursor = begun, ""
                    events += first_events(begun)
            yield events
            time.sleep(POLL)


def first_events(tail: Tail) -> list[bytes]:
    entries = tail.read()
    if tail.resumes:
        return [entry_event(entry) for entry in entries]
    return [event("run", {"run_id": tail.run_id}), *[entry_event(entry) for entry in entries[-HISTORY:]]]


def entry_event(entry: Entry) -> bytes:
    told = {"time": entry.time, "level": entry.level, "message": entry.message, "cursor": entry.cursor}
    return event("line", told, entry.cursor)


def event(name: str, data: object, number: str = "") -> bytes:
    head = f"id: {number}\n" if number else ""
    return f"{head}event: {name}\n".encode() + b"data: " + orjson.dumps(data) + b"\n\n"
