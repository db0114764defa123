"""Asking the database what a query says, always with a time limit."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from bson import decode_all
from pymongo.collection import Collection
from pymongo.errors import ExecutionTimeout, OperationFailure

from m3m_core import Timeout

from ..limits import QUERY_MS
from .budget import Budget
from .plan import Query
from .problems import problem

Records = Collection[dict[str, Any]]

SECONDS = QUERY_MS / 1000
"""For one query, unless told otherwise."""

WRONG_PATTERN = 51091


def fetch(
    records: Records,
    query: Query,
    *,
    skip: int = 0,
    limit: int = 0,
    seconds: float = SECONDS,
    budget: Budget | None = None,
) -> list[dict[str, Any]]:
    """The stored records in order; `limit` 0 is all.

    Raises Timeout, Malformed for a pattern that is none and for more than the budget allows.
    """
    found: list[dict[str, Any]] = []
    for part, size in parts(records, query, skip=skip, limit=limit, seconds=seconds):
        if budget:
            budget.take(size)
        found += part
    return found


def parts(
    records: Records, query: Query, *, skip: int = 0, limit: int = 0, seconds: float = SECONDS
) -> Iterator[tuple[list[dict[str, Any]], int]]:
    """The same as the database sends them, a part of 16 MB at most, or a single record; with their bytes."""
    with translated():
        for part in _asked(records, query, skip, limit, ms(seconds)):
            yield decode_all(part, records.codec_options), len(part)


def _asked(records: Records, query: Query, skip: int, limit: int, most_ms: int) -> Any:
    if query.stages:
        return records.aggregate_raw_batches(pipeline(query, skip, limit), maxTimeMS=most_ms, allowDiskUse=True)
    return records.find_raw_batches(
        query.match,
        query.project,
        skip=skip,
        limit=limit,
        sort=query.sort,
        max_time_ms=most_ms,
        allow_disk_use=True,
    )


def pipeline(query: Query, skip: int = 0, limit: int = 0) -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = [{"$match": query.match}, *query.stages, {"$sort": dict(query.sort)}]
    if skip:
        made.append({"$skip": skip})
    if limit:
        made.append({"$limit": limit})
    if query.project:
        made.append({"$project": query.project})
    return made


def count(records: Records, query: Query, *, seconds: float = SECONDS) -> int:
    """How many records the query finds. Raises as `fetch`."""
    with translated():
        if not query.stages:
            return records.count_documents(query.match, maxTimeMS=ms(seconds))
        counting = [{"$match": query.match}, *query.stages, {"$count": "found"}]
        found = list(records.aggregate(counting, maxTimeMS=ms(seconds), allowDiskUse=True))
        return int(found[0]["found"]) if found else 0


def ids(records: Records, query: Query, *, limit: int = 0, seconds: float = SECONDS) -> list[Any]:
    """The ids alone, in order."""
    only = Query(query.match, query.stages, query.sort, {"_id": 1})
    return [each["_id"] for each in fetch(records, only, limit=limit, seconds=seconds)]


def ms(seconds: float) -> int:
    return max(int(seconds * 1000), 1)


@contextmanager
def translated() -> Iterator[None]:
    """What a query can do to the database, in the words of whoever asked."""
    try:
        yield
    except ExecutionTimeout:
        message = "The query took too long: narrow the filter, or index the fields that it filters and sorts by."
        raise Timeout(message, code="query_timeout") from None
    except OperationFailure as error:
        if error.code == WRONG_PATTERN:
            raise problem("wrong_pattern", "$regex has a pattern that is no regular expression.") from None
        raise
