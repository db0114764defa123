"""Asking the database what a query says, always with a time limit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from bson import decode_all
from pymongo.collection import Collection
from pymongo.errors import DocumentTooLarge, ExecutionTimeout, OperationFailure

from m3m_core import Timeout, Unavailable

from ..faults import COLLECTION_GONE
from ..limits import QUERY_MS
from .budget import Budget
from .cost import TOO_COMPLEX
from .expressionlist import ACCUMULATORS, EXPRESSIONS
from .plan import Query
from .problems import problem

Records = Collection[dict[str, Any]]

SECONDS = QUERY_MS / 1000
"""For one query, unless told otherwise."""

WRONG_PATTERN = 51091
TOO_LARGE_JOINS = frozenset({4568, 10334})
BAD_VALUE, FAILED_TO_PARSE, TYPE_MISMATCH, CONVERSION_FAILURE = 2, 9, 14, 241
TOO_LARGE = frozenset({146, 292, 10334, 13548})
"""Gathers more than fits into memory, or into one document."""

NAMES = re.compile(r"\$[a-zA-Z]+")


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
    except DocumentTooLarge:
        raise problem("too_complex", "A query has at most 16 MB: look for fewer or shorter values.") from None
    except OperationFailure as error:
        if error.code in TOO_LARGE_JOINS or TOO_COMPLEX in str(error):
            message = "A record has too many values for this: follow fewer refs, or compare less at once."
            raise problem("too_complex", message) from None
        if error.code == WRONG_PATTERN:
            raise problem("wrong_pattern", "$regex has a pattern that is no regular expression.") from None
        if error.code == BAD_VALUE and "parallel arrays" in str(error):
            raise problem("wrong_type", "There is no order by several lists: sort by one of them at most.") from None
        if error.code in COLLECTION_GONE:
            message = "A model was changed or deleted while its records were read. Try again."
            raise Unavailable(message, code="model_changing", retry_after=1) from None
        raise


@contextmanager
def calculated() -> Iterator[None]:
    """The same for an aggregation that a service wrote: what its expressions meet is known to the database alone."""
    with translated():
        try:
            yield
        except OperationFailure as error:
            refused = None if error.code in (WRONG_PATTERN, None) else _of_the_pipeline(error)
            if refused is None or isinstance(error, ExecutionTimeout) or "parallel arrays" in str(error):
                raise
            raise refused from None


def _of_the_pipeline(error: OperationFailure) -> Exception | None:
    """None for what is no fault of the pipeline. Nothing of the database's own text is told but names of operators."""
    if error.code in TOO_LARGE or TOO_COMPLEX in str(error):
        return problem("too_complex", "The aggregation gathers too much at once: narrow it with $match or $project.")
    name = str((error.details or {}).get("codeName"))
    if error.code not in (BAD_VALUE, FAILED_TO_PARSE, TYPE_MISMATCH, CONVERSION_FAILURE) and name[:8] != "Location":
        return None
    known = [each for each in NAMES.findall(str(error)) if each in EXPRESSIONS or each in ACCUMULATORS]
    what = f"{known[0] if known else 'an expression or a stage'} is given what it cannot take"
    if error.code == CONVERSION_FAILURE:
        what = "a value cannot become what $toInt or the like makes of it"
    return problem("wrong_calculation", f"The aggregation cannot be calculated: {what}.")
