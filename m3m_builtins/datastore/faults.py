"""What the database refuses, in the words of fields."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from pymongo.errors import BulkWriteError, DocumentTooLarge, DuplicateKeyError, OperationFailure, PyMongoError

from m3m_core import Conflict, FieldError, Invalid, M3MError, TooLarge, field

DUPLICATE = 11000
RECORD_TOO_LARGE = (10334, 17419, 17420)
TRANSACTION_TOO_LARGE = 388
COLLECTION_GONE = (26, 175)
"""It, or an index of it, was dropped or renamed under the query."""


@contextmanager
def translated(paths: Sequence[str] = ()) -> Iterator[None]:
    """Around one write, or around a bulk of them: `paths` name each one's place in the request.

    Raises Invalid for a duplicate, TooLarge; any other error as it is.
    """
    try:
        yield
    except (PyMongoError, DocumentTooLarge) as error:
        refused = _bulk_refusal(error, paths) if isinstance(error, BulkWriteError) else _refusal(error)
        if refused is None:
            raise
        raise refused from error


def model_changing() -> Conflict:
    return Conflict("The model was changed meanwhile. Look what is there, and try again.", code="model_changing")


def duplicate() -> FieldError:
    return field("duplicate", "Another record has this value already.")


def _refusal(error: Exception) -> M3MError | None:
    if isinstance(error, DuplicateKeyError):
        return _duplicate("", error.details)
    if isinstance(error, DocumentTooLarge) or (isinstance(error, OperationFailure) and error.code in RECORD_TOO_LARGE):
        return _too_large()
    return _of_the_step(error.code) if isinstance(error, OperationFailure) else None


def _bulk_refusal(error: BulkWriteError, paths: Sequence[str]) -> M3MError | None:
    first = next(iter(error.details.get("writeErrors") or ()), None)
    if first is None:
        return None
    if first["code"] == DUPLICATE:
        return _duplicate(f"{paths[first['index']]}.", first)
    return _too_large() if first["code"] in RECORD_TOO_LARGE else _of_the_step(first["code"])


def _duplicate(begin: str, details: Mapping[str, Any] | None) -> Invalid:
    key = next(iter((details or {}).get("keyPattern") or {"_id": 1}))
    wrong = duplicate()
    if key == "_id":
        key, wrong = "id", field("duplicate", "There is a record with this id already.")
    return Invalid("Some values are not accepted.", fields={f"{begin}{key}": wrong})


def _too_large() -> TooLarge:
    return TooLarge("A record has at most 16 MB.", code="record_too_large")


def _of_the_step(code: int | None) -> M3MError | None:
    if code in COLLECTION_GONE:
        return model_changing()
    if code != TRANSACTION_TOO_LARGE:
        return None
    return TooLarge("This is more than the database changes in one step. Send it in parts.", code="too_much_at_once")
