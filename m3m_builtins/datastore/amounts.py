"""What `increment` adds, and how far a number may go."""

from __future__ import annotations

from typing import Any

from .jsoptions import wrong
from .query.values import as_number
from .schema import Field


def amount_of(spec: Field, by: Any) -> float | int:
    try:
        amount = as_number(by)
    except ValueError:
        amount = 0.5 if spec.type == "number" else float("nan")
    if amount != amount or (spec.type == "number" and amount != int(amount)):
        raise wrong(f"increment wants a {'whole ' if spec.type == 'number' else ''}number to add")
    return int(amount) if spec.type == "number" else float(amount)


def within(spec: Field, after: Any) -> dict[str, Any]:
    """The condition that a number stays where its field allows."""
    least, most = spec.options.get("min"), spec.options.get("max")
    bounds = [{"$gte": [after, least]}] if least is not None else []
    bounds += [{"$lte": [after, most]}] if most is not None else []
    return {"$expr": {"$and": bounds}} if bounds else {}
