"""The live log as server-sent events: an `id` to resume from, a comment as heartbeat."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress

import orjson
from pymongo.errors import PyMongoError

from m3m_core import M3MError
from m3m_core.http import is_closing

from .logparts import Entry, run_of
from .logs import RunLogs
from .tail import HISTORY, Tail

POLL = 0.2
"""Seconds between looks at the file."""

HEARTBEAT = 10.0
"""Seconds of silence after which a comment is sent; then it is also asked whether the reader may still read."""


def follow(logs: RunLogs, project_id: str, cursor: str, still_allowed: Callable[[], None]) -> Iterator[bytes]:
    """Events until the reader leaves, the server stops, or `still_allowed` raises. A new run is announced as `run`.

    The answer then simply ends: a reader asks again from where it was, and is told what is wrong.
    """
    yield b"retry: 1000\n\n"
    last_sent = last_asked = time.monotonic()
    for events in polls(logs, project_id, cursor):
        moment = time.monotonic()
        is_silent = not events and moment - last_sent > HEARTBEAT
        if is_silent or moment - last_asked > HEARTBEAT:
            try:
                still_allowed()
            except (M3MError, PyMongoError):
                return
            last_asked = moment
        if events or is_silent:
            yield b"".join(events) or b": still here\n\n"
            last_sent = moment


def polls(logs: RunLogs, project_id: str, cursor: str) -> Iterator[list[bytes]]:
    """New events, perhaps none, as often as the log is looked at, until the server stops."""
    with ExitStack() as stack:
        tail: Tail | None = None
        while not is_closing():
            newest = logs.newest(project_id)
            events = new_events(tail) if tail else []
            if newest is not None and (tail is None or (run_of(newest) != tail.run_id and not tail.has_more)):
                with suppress(FileNotFoundError):  # yet another run is about to take its place
                    begun = Tail(newest, cursor)
                    stack.pop_all().close()
                    stack.callback(begun.close)
                    tail, cursor = begun, ""
                    events += first_events(begun)
            yield events
            time.sleep(POLL)


def first_events(tail: Tail) -> list[bytes]:
    """A new reader gets the last entries at once, one who resumes those that were missed."""
    if tail.resumes:
        return new_events(tail)
    return [event("run", {"run_id": tail.run_id}), *map(entry_event, tail.jump(HISTORY))]


def new_events(tail: Tail) -> list[bytes]:
    if not tail.is_far_behind():
        return list(map(entry_event, tail.read()))
    return [event("gap", {"run_id": tail.run_id}), *map(entry_event, tail.jump(HISTORY))]


def entry_event(entry: Entry) -> bytes:
    told = {"time": entry.time, "level": entry.level, "message": entry.message, "cursor": entry.cursor}
    return event("line", told, entry.cursor)


def event(name: str, data: object, number: str = "") -> bytes:
    head = f"id: {number}\n" if number else ""
    return f"{head}event: {name}\n".encode() + b"data: " + orjson.dumps(data) + b"\n\n"
