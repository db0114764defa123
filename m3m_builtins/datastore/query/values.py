"""Values as the database keeps them: texts of a query become ids, dates and numbers where the field holds those."""

from __future__ import annotations

import math
import re
from typing import Any

from bson import ObjectId

from .. import dates
from ..schema import LIKE_ID
from .kinds import Kind

NUMERAL = re.compile(r"[+-]?[0-9]{1,300}(\.[0-9]{1,300})?")
INT64 = 2**63

WANTED: dict[Kind, str] = {
    "text": "a text in quotes",
    "number": "a number",
    "bool": "true or false",
    "date": "a date such as '2026-11-22' or '2026-11-22T10:15:30Z'",
    "id": "an id, which is a text of 24 hex digits",
    "document": "null, or name something inside it",
    "any": "a number, a text, true, false or null",
}


def as_kind(value: Any, kind: Kind) -> Any:
    """The stored form of a text, number, bool or datetime. Raises ValueError when `kind` has no such value."""
    match kind:
        case "text" if isinstance(value, str):
            return value
        case "bool" if isinstance(value, bool):
            return value
        case "number":
            return as_number(value)
        case "date":
            return dates.read(value)
        case "id" if isinstance(value, str):
            # any other text is the id of nothing, and finds nothing
            return ObjectId(value) if LIKE_ID.fullmatch(value) else value
    raise ValueError(kind)


def as_number(value: Any) -> float | int:
    if isinstance(value, str) and NUMERAL.fullmatch(value):
        value = float(value) if "." in value else int(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(value)
    if isinstance(value, int) and not -INT64 <= value < INT64:
        value = float(value)
    if not math.isfinite(value):
        raise ValueError(value)
    checked: float | int = value
    return checked
