"""The live log as server-sent events: an `id` to resume from, a comment as heartbeat."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import orjson

from m3m_core.http import is_closing

from .logs import Entry, RunLogs, entries_after, size

POLL = 0.2
"""Seconds between looks at the file."""

HEARTBEAT = 10.0
"""Seconds of silence after which a comment is sent; then it is also asked whether the reader may still read."""

HISTORY = 200
"""Entries that a new reader gets at once."""


def follow(logs: RunLogs, project_id: str, cursor: str, still_allowed: Callable[[], None]) -> Iterator[bytes]:
    """Events until the reader leaves, the server stops, or `still_allowed` raises. A new run is announced as `run`."""
    path: Path | None = None
    last_sent = time.monotonic()
    yield b"retry: 1000\n\n"
    while not is_closing():
        newest = logs.newest(project_id)
        if newest != path:
            found = [] if newest is None else list(entries_after(newest, cursor))
            begin = [] if newest is None else [event("run", {"run_id": newest.stem})]
            path, events = newest, begin + [entry_event(entry) for entry in found[-HISTORY:]]
            cursor = found[-1].cursor if found else cursor
            seen = 0 if path is None else size(path)
        elif path is not None and size(path) != seen:
            seen = size(path)
            found = list(entries_after(path, cursor))
            events = [entry_event(entry) for entry in found]
            cursor = found[-1].cursor if found else cursor
        else:
            events = []
        if events:
            yield b"".join(events)
            last_sent = time.monotonic()
        elif time.monotonic() - last_sent > HEARTBEAT:
            still_allowed()
            yield b": still here\n\n"
            last_sent = time.monotonic()
        time.sleep(POLL)


def entry_event(entry: Entry) -> bytes:
    told = {"time": entry.time, "level": entry.level, "message": entry.message, "cursor": entry.cursor}
    return event("line", told, entry.cursor)


def event(name: str, data: object, number: str = "") -> bytes:
    head = f"id: {number}\n" if number else ""
    return f"{head}event: {name}\n".encode() + b"data: " + orjson.dumps(data) + b"\n\n"
