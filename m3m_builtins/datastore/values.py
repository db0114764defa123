"""What a field accepts, how it is stored, and how it is returned. What is returned is accepted again."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from bson import ObjectId

from m3m_core import rfc3339

from . import dates, texts
from .jsonvalues import SAFE_INTEGER, document
from .schema import LIKE_ID, Field
from .wrong import WrongValueError

_PLAIN = frozenset({str, int, float, bool, dict, type(None)})
MOST_ITEMS = 1_000


def stored(spec: Field, value: Any) -> Any:
    """The value as it is kept in the database. Raises WrongValueError.

    The existence of a ref's record is not checked here, nor is uniqueness: both need the database.
    """
    if value is None:
        if spec.nullable:
            return None
        raise WrongValueError("null_not_allowed", "Must not be null.")
    if spec.required and (value == "" or value == []):
        raise WrongValueError("required", "Must not be empty.")
    return _items(spec, value) if spec.many else _READERS[spec.type](spec, value)


def returned(spec: Field, value: Any) -> Any:
    """The stored value as a JSON value. One of another type (a change of the model is under way) stays as it is."""
    if spec.type == "date" and isinstance(value, datetime):
        return value.date().isoformat()
    return plain(value)


def plain(value: Any) -> Any:
    """A JSON value for anything that a record can hold."""
    if type(value) in _PLAIN:
        return value
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, ObjectId):
        return str(value)
    return rfc3339(value) if isinstance(value, datetime) else value


def _items(spec: Field, value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise WrongValueError("wrong_type", "Must be a list.")
    least, most = spec.options.get("min", 0), spec.options.get("max", MOST_ITEMS)
    if len(value) < least:
        raise WrongValueError("too_short", f"Must have at least {least} items.")
    if len(value) > most:
        raise WrongValueError("too_long", f"Must have at most {most} items.")
    items = [_READERS[spec.type](spec, item) for item in value]
    if len(set(items)) != len(items):
        raise WrongValueError("duplicate_item", "Must not have the same item twice.")
    return items


def _number(spec: Field, value: Any) -> int:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool):
        raise WrongValueError("wrong_type", "Must be a whole number.")
    if abs(value) > SAFE_INTEGER:
        raise WrongValueError("too_large", f"Must be between -{SAFE_INTEGER} and {SAFE_INTEGER}.")
    _check_range(spec, value)
    return value


def _float(spec: Field, value: Any) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise WrongValueError("wrong_type", "Must be a number.")
    try:
        number = float(value)
    except OverflowError:
        number = math.inf
    if not math.isfinite(number):
        raise WrongValueError("too_large", "Must be a number that fits into 64 bits.")
    _check_range(spec, number)
    return number


def _check_range(spec: Field, value: Any) -> None:
    least, most = spec.options.get("min"), spec.options.get("max")
    if least is not None and value < least:
        raise WrongValueError("too_small", f"Must be at least {least}.")
    if most is not None and value > most:
        raise WrongValueError("too_large", f"Must be at most {most}.")


def _bool(_spec: Field, value: Any) -> bool:
    if not isinstance(value, bool):
        raise WrongValueError("wrong_type", "Must be true or false.")
    return value


def _datetime(spec: Field, value: Any) -> Any:
    try:
        moment = dates.read(value)
    except ValueError:
        raise WrongValueError("invalid_date", f"Must be a time such as {dates.EXAMPLE}.") from None
    if spec.type == "date":
        moment = dates.day(moment)
    for option, code, words in (("min", "too_small", "before"), ("max", "too_large", "after")):
        bound = spec.options.get(option)
        if bound is not None and (moment < dates.read(bound) if option == "min" else moment > dates.read(bound)):
            raise WrongValueError(code, f"Must not be {words} {bound}.")
    return moment


def _ref(_spec: Field, value: Any) -> ObjectId:
    if isinstance(value, ObjectId):
        return value
    if not isinstance(value, str) or not LIKE_ID.fullmatch(value):
        raise WrongValueError("invalid_id", "Must be the id of a record.")
    return ObjectId(value)


def _document(spec: Field, value: Any) -> Any:
    return document(value, spec.options.get("max_size"))


_READERS: Mapping[str, Callable[[Field, Any], Any]] = {
    "string": texts.text,
    "text": texts.text,
    "number": _number,
    "float": _float,
    "bool": _bool,
    "document": _document,
    "file": texts.file,
    "ref": _ref,
    "date": _datetime,
    "datetime": _datetime,
    "select": texts.select,
    "multiselect": texts.select,
    "email": texts.email,
    "url": texts.url,
}
