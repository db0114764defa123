"""All documents of a collection, read some at a time: no query of it is long, however many there are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any

from pymongo.collection import Collection

from .limits import CHUNK, QUERY_MS

Records = Collection[dict[str, Any]]


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
