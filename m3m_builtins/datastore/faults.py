"""What the database refuses, in the words of fields."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pymongo.errors import BulkWriteError, DocumentTooLarge, DuplicateKeyError, PyMongoError, WriteError

from m3m_core import FieldError, Invalid, TooLarge, field

DUPLICATE = 11000
RECORD_TOO_LARGE = (10334, 17419, 17420)


def duplicate_field(details: Mapping[str, Any] | None) -> tuple[str, FieldError]:
    """The field of a duplicate key, and what is wrong with it."""
    key = next(iter((details or {}).get("keyPattern") or {"_id": 1}))
    if key == "_id":
        return "id", field("duplicate", "There is a record with this id already.")
    return key, duplicate()


def duplicate() -> FieldError:
    return field("duplicate", "Another record has this value already.")


def refusal(error: PyMongoError) -> Exception:
    """The error to raise for one of a single write: Invalid, TooLarge, or the same again."""
    if isinstance(error, DuplicateKeyError):
        key, wrong = duplicate_field(error.details)
        return Invalid("Some values are not accepted.", fields={key: wrong})
    if isinstance(error, DocumentTooLarge) or (isinstance(error, WriteError) and error.code in RECORD_TOO_LARGE):
        return TooLarge("The record is larger than 16 MB.", code="record_too_large")
    return error


def bulk_refusal(error: BulkWriteError, paths: Mapping[int, str]) -> Exception:
    """The same for a bulk of writes: `paths` name each write's place in the request."""
    (first, *_) = error.details.get("writeErrors") or [None]
    if first is None:
        return error
    path = paths[first["index"]]
    if first["code"] == DUPLICATE:
        key, wrong = duplicate_field(first)
        return Invalid("Some values are not accepted.", fields={f"{path}.{key}": wrong})
    if first["code"] in RECORD_TOO_LARGE:
        return TooLarge(f"The record of {path} is larger than 16 MB.", code="record_too_large")
    return error
