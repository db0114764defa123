"""What a filter object means, said a second time in plain Python: the rules of MongoDB, by its manual."""

from __future__ import annotations

import operator
import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from bson import ObjectId
from filter_oracle import bracket
from filter_world import THINGS, Record

MISSING: Any = object()
STORED = {"id": "_id", "revision": "_rev"}
ORDER = {"$gt": operator.gt, "$gte": operator.ge, "$lt": operator.lt, "$lte": operator.le}
NEGATED = {"$ne": "$eq", "$nin": "$in"}


def holds(given: Record, record: Record) -> bool:
    return all(condition(key, value, record) for key, value in given.items())


def condition(key: str, value: Any, record: Record) -> bool:
    match key:
        case "$and":
            return all(holds(item, record) for item in value)
        case "$or":
            return any(holds(item, record) for item in value)
        case "$nor":
            return not any(holds(item, record) for item in value)
    first, *rest = key.split(".")
    return tested(value, kind_of(first), list(reached(record, [STORED.get(first, first), *rest])))


def tested(value: Any, kind: str, places: Sequence[Any]) -> bool:
    """`places` are the values at the end of a path, lists not yet opened."""
    if not is_operators(value):
        value = {"$eq": value}
    return all(operation(name, operand, value, kind, places) for name, operand in value.items())


def operation(name: str, operand: Any, beside: Record, kind: str, places: Sequence[Any]) -> bool:
    if name in NEGATED:
        return not operation(NEGATED[name], operand, beside, kind, places)
    match name:
        case "$options":
            return True
        case "$not":
            return not tested(operand, kind, places)
        case "$exists":
            return operand == any(place is not MISSING for place in places)
        case "$size":
            return any(isinstance(place, list) and len(place) == operand for place in places)
        case "$elemMatch":
            lists = [place for place in places if isinstance(place, list)]
            return any(element(operand, kind, each) for place in lists for each in place)
        case "$in":
            return any(compared("$eq", item, kind, opened(places)) for item in operand)
        case "$all":
            return bool(operand) and all(compared("$eq", item, kind, opened(places)) for item in operand)
        case "$regex":
            flags = re.IGNORECASE if beside.get("$options") == "i" else 0
            return any(isinstance(each, str) and re.search(operand, each, flags) for each in opened(places))
    return compared(name, operand, kind, opened(places))


def element(operand: Any, kind: str, each: Any) -> bool:
    """Operators are asked of the element as it is; keys of what is inside of it."""
    if is_operators(operand):
        return all(of_element(name, value, operand, kind, each) for name, value in operand.items())
    inside = dict(enumerate(each)) if isinstance(each, list) else each
    return isinstance(inside, dict) and all(
        tested(value, "any", list(reached(inside, key.split(".")))) for key, value in operand.items()
    )


def of_element(name: str, operand: Any, beside: Record, kind: str, each: Any) -> bool:
    if name == "$not":
        return not element(operand, kind, each)
    if name in ("$size", "$elemMatch"):
        return operation(name, operand, beside, kind, [each])
    return operation(name, operand, beside, kind, [Closed(each)])


class Closed:
    """An element that is not opened, list or not."""

    def __init__(self, value: Any) -> None:
        self.value = value


def opened(places: Sequence[Any]) -> Iterator[Any]:
    """Each value, and each item of one that is a list."""
    for place in places:
        if isinstance(place, list):
            yield from place
        yield place.value if isinstance(place, Closed) else place


def reached(value: Any, names: Sequence[str]) -> Iterator[Any]:
    """What stands at the end of a path; it passes into the objects of a list, not into lists in it."""
    if not names:
        yield value
    elif not isinstance(value, dict) or names[0] not in value:
        yield MISSING
    else:
        inner, rest = value[names[0]], names[1:]
        if rest and isinstance(inner, list):
            for each in inner:
                if isinstance(each, dict):
                    yield from reached(each, rest)
        else:
            yield from reached(inner, rest)


def compared(name: str, operand: Any, kind: str, found: Iterator[Any]) -> bool:
    wanted = meant(operand, kind)
    return any(scalar(each, name, wanted) for each in found)


def scalar(value: Any, name: str, wanted: Any) -> bool:
    if value is MISSING or value is None or wanted is None:
        return (value is MISSING or value is None) and wanted is None and name in ("$eq", "$gte", "$lte")
    if name == "$eq":
        return same(value, wanted)
    return bracket(value) == bracket(wanted) != "document" and bool(ORDER[name](value, wanted))


def same(one: Any, other: Any) -> bool:
    """The order of keys counts; true is not 1."""
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, dict) and isinstance(other, dict):
        return list(one) == list(other) and all(map(same, one.values(), other.values()))
    return bracket(one) == bracket(other) and bool(one == other)


def meant(operand: Any, kind: str) -> Any:
    """A text as what the field holds."""
    if isinstance(operand, list) and kind != "any":
        return [meant(item, kind) for item in operand]
    if not isinstance(operand, str) or kind in ("any", "text"):
        return operand
    if kind == "number":
        return float(operand)
    if kind == "date":
        return datetime.fromisoformat(operand)
    return ObjectId(operand) if ObjectId.is_valid(operand) else operand


def kind_of(key: str) -> str:
    if key in ("id", "_id"):
        return "id"
    if key in ("created_at", "updated_at"):
        return "date"
    spec = THINGS.fields.get(key)
    kinds = {"number": "number", "float": "number", "datetime": "date", "ref": "id", "document": "any"}
    return "number" if spec is None else kinds.get(spec.type, "text")


def is_operators(value: Any) -> bool:
    return isinstance(value, dict) and any(key.startswith("$") for key in value)
