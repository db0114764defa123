"""Asking the database what a query says, always with a time limit."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from pymongo.collection import Collection
from pymongo.errors import ExecutionTimeout, OperationFailure

from m3m_core import Timeout

from ..limits import QUERY_MS
from .plan import Query
from .problems import problem

Records = Collection[dict[str, Any]]

SECONDS = QUERY_MS / 1000
"""For one query, unless told otherwise."""

WRONG_PATTERN = 51091


def fetch(
    records: Records, query: Query, *, skip: int = 0, limit: int = 0, seconds: float = SECONDS
) -> list[dict[str, Any]]:
    """The stored records in order; `limit` 0 is all. Raises Timeout, Malformed for a pattern that is none."""
    with translated():
        if query.stages:
            return list(records.aggregate(pipeline(query, skip, limit), maxTimeMS=ms(seconds), allowDiskUse=True))
        found = records.find(
            query.match,
            query.project,
            skip=skip,
            limit=limit,
            sort=query.sort,
            max_time_ms=ms(seconds),
            allow_disk_use=True,
        )
        return list(found)


def pipeline(query: Query, skip: int = 0, limit: int = 0) -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = [{"$match": query.match}, *query.stages, {"$sort": dict(query.sort)}]
    if skip:
        made.append({"$skip": skip})
    if limit:
        made.append({"$limit": limit})
    if query.project:
        made.append({"$project": query.project})
    return made


def count(records: Records, query: Query, *, limit: int = 0, seconds: float = SECONDS) -> int:
    """How many records the query finds; with a `limit` it stops counting there. Raises as `fetch`."""
    with translated():
        if not query.stages:
            bounds = {"maxTimeMS": ms(seconds)} | ({"limit": limit} if limit else {})
            return records.count_documents(query.match, **bounds)  # type: ignore[arg-type]  # no session among them
        limited = [{"$limit": limit}] if limit else []
        counting = [{"$match": query.match}, *query.stages, *limited, {"$count": "found"}]
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
