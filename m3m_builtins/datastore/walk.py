"""Many documents of a collection, read some at a time: no query is long or large, however many there are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any

from pymongo.collection import Collection

from .limits import CHUNK, LARGEST_QUERY, QUERY_MS
from .transactions import Session

Records = Collection[dict[str, Any]]

BESIDE = 32
"""Bytes of a value in a query besides its text, at most; an id has no more in all."""


def parts(
    collection: Records, keys: Mapping[str, int] | None = None, query: Mapping[str, Any] | None = None
) -> Iterator[list[dict[str, Any]]]:
    """In the order of their ids; `keys` are those that are read, by default all, of those that match `query`."""
    after: dict[str, Any] = {}
    while True:
        wanted = dict(query or {}) | after
        part = list(collection.find(wanted, keys, sort=[("_id", 1)], max_time_ms=QUERY_MS).limit(CHUNK))
        if part:
            yield part
        if len(part) < CHUNK:
            return
        after = {"_id": {"$gt": part[-1]["_id"]}}


def every(collection: Records, keys: Mapping[str, int] | None = None) -> Iterator[dict[str, Any]]:
    """The same, one by one."""
    return chain.from_iterable(parts(collection, keys))


def having(
    collection: Records, key: str, wanted: Iterable[Any], keys: Mapping[str, int], session: Session = None
) -> Iterator[dict[str, Any]]:
    """Those that have one of the values there."""
    for part in portions(wanted):
        yield from collection.find({key: {"$in": part}}, keys, session=session, max_time_ms=QUERY_MS)


def portions(wanted: Iterable[Any]) -> Iterator[list[Any]]:
    """As many values at a time as one query can carry."""
    part: list[Any] = []
    size = 0
    for each in wanted:
        added = BESIDE + (len(each.encode()) if isinstance(each, str) else 0)
        if part and size + added > LARGEST_QUERY:
            yield part
            part, size = [], 0
        part.append(each)
        size += added
    if part:
        yield part
