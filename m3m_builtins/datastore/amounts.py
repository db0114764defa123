"""What `increment` adds, and how far a number may go."""

from __future__ import annotations

import sys
from typing import Any

from .jsonvalues import SAFE_INTEGER
from .jsoptions import wrong
from .query.values import as_number
from .schema import Field

LARGEST = {"number": SAFE_INTEGER, "float": sys.float_info.max}


def amount_of(spec: Field, by: Any) -> float | int:
    """Of a whole number no more than the database can add: less than that leads out of the type from anywhere."""
    try:
        amount = as_number(by)
    except ValueError:
        amount = 0.5 if spec.type == "number" else float("nan")
    if amount != amount or (spec.type == "number" and amount != int(amount)):
        raise wrong(f"increment wants a {'whole ' if spec.type == 'number' else ''}number to add")
    if spec.type == "float":
        return float(amount)
    return max(-3 * SAFE_INTEGER, min(int(amount), 3 * SAFE_INTEGER))


def within(spec: Field, after: Any) -> dict[str, Any]:
    """The condition that a number stays within its type, and where its field allows."""
    most = LARGEST[spec.type]
    ends = (spec.options.get("min"), spec.options.get("max"))
    lower, upper = (limit if end is None else end for end, limit in zip(ends, (-most, most), strict=True))
    return {"$expr": {"$and": [{"$gte": [after, lower]}, {"$lte": [after, upper]}]}}
