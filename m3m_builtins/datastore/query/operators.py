"""What may be said about one field: a value, or an object of operators from the list."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from m3m_core import Malformed

from .native import Condition
from .operands import kind_name
from .paths import Target, check_length
from .problems import problem, shortened
from .tally import Tally
from .values import WANTED, as_kind, as_number

LONGEST_PATTERN = 500
"""Characters."""

EQUALITY = ("$eq", "$ne")
ORDER = ("$gt", "$gte", "$lt", "$lte")
LISTS = ("$in", "$nin", "$all")
OTHERS = ("$exists", "$not", "$regex", "$size", "$elemMatch")
KNOWN = (*EQUALITY, *ORDER, *LISTS, *OTHERS)


class Operators:
    def __init__(self, tally: Tally) -> None:
        self._tally = tally

    def condition(self, target: Target, given: Any, depth: int) -> Condition:
        """`target` is a field of the record itself, and trusted; `given` is not."""
        if is_operators(given):
            return {target.key: self.all(target, given, depth + 1)}
        self.weigh(target, "$eq", given)
        return {target.key: {"$eq": self.whole(target, given, depth + 1)}}

    def all(self, target: Target, given: dict[str, Any], depth: int) -> dict[str, Any]:
        self._tally.enter(depth)
        if "$options" in given and "$regex" not in given:
            raise problem("filter_syntax", "$options belongs to $regex.")
        made: dict[str, Any] = {}
        for operator, value in given.items():
            if operator == "$options":
                continue
            made[operator] = self.one(target, operator, value, depth)
            if operator == "$regex":
                made["$options"] = options(given.get("$options", ""))
        return made

    def weigh(self, target: Target, operator: str, value: Any) -> None:
        if target.kind in ("any", "document"):
            self._tally.look_inside(len(value) if operator == "$all" and isinstance(value, list) else 1)

    def one(self, target: Target, operator: str, value: Any, depth: int) -> Any:
        self.weigh(target, operator, value)
        if operator in EQUALITY:
            return self.whole(target, value, depth + 1)
        if operator in ORDER:
            return self.value(target, value, depth + 1)
        if operator in LISTS:
            return self.values(target, operator, value, depth + 1)
        match operator:
            case "$exists":
                return wanted(value, bool, "$exists wants true or false.")
            case "$size":
                return size(value)
            case "$regex":
                return pattern(target, value)
            case "$not":
                if not is_operators(value):
                    raise problem("filter_syntax", "$not wants an object of operators, such as {$not: {$gt: 5}}.")
                return self.all(target, value, depth + 1)
            case "$elemMatch":
                return self.element(target, value, depth + 1)
        raise self.unknown(operator)

    def element(self, target: Target, value: Any, depth: int) -> dict[str, Any]:
        """Conditions of one element: operators, or for objects in a document their keys."""
        kind = "any" if target.kind == "document" else target.kind
        if is_operators(value):
            return self.all(Target((), target.key, kind), value, depth)
        if kind != "any" or not isinstance(value, dict) or not value:
            raise problem("filter_syntax", "$elemMatch wants an object of conditions.")
        parts = [self.condition(Target((), name(each), "any"), test, depth) for each, test in value.items()]
        return {"$and": parts}

    def values(self, target: Target, operator: str, value: Any, depth: int) -> list[Any]:
        if not isinstance(value, list):
            raise problem("filter_syntax", f"{operator} wants a list of values.")
        return [self.whole(target, item, depth + 1) for item in value]

    def whole(self, target: Target, given: Any, depth: int) -> Any:
        """The stored form of what is equal to a field, or to one of its items. Raises as `value`."""
        if not target.listed or not isinstance(given, list):
            return self.value(target, given, depth)
        self._tally.enter(depth)
        return [self.value(target, item, depth + 1) for item in given]

    def value(self, target: Target, given: Any, depth: int) -> Any:
        """The stored form of a single value. Raises Malformed for one that the field cannot have."""
        self._tally.enter(depth)
        if given is None:
            return None
        if target.kind in ("any", "document"):
            return self.plain(given, depth)
        try:
            return as_kind(given, target.kind)
        except ValueError:
            message = f'"{shortened(target.key)}" is {kind_name(target.kind)}: compare it with {WANTED[target.kind]}.'
            raise problem("wrong_type", message) from None

    def plain(self, given: Any, depth: int) -> Any:
        """A JSON value of a document, with nothing in it that could be an operator."""
        self._tally.enter(depth)
        if isinstance(given, dict):
            return {name(key): self.plain(value, depth + 1) for key, value in given.items()}
        if isinstance(given, list):
            return [self.plain(item, depth + 1) for item in given]
        if isinstance(given, bool | str) or given is None:
            return given
        return as_number(given)

    def unknown(self, operator: str, also: Iterable[str] = ()) -> Malformed:
        known = ", ".join((*also, *KNOWN))
        return problem("unknown_operator", f'"{shortened(operator)}" is no operator here; there are {known}.')


def is_operators(given: Any) -> bool:
    return isinstance(given, dict) and any(key.startswith("$") for key in given)


def name(key: str) -> str:
    """The name of something inside a document."""
    check_length(key.split("."))
    if not key or key.startswith("$") or ".$" in key or "\0" in key:
        raise problem("unknown_operator", f'"{shortened(key)}" cannot be the name of a value.')
    return key


def wanted(value: Any, kind: type, message: str) -> Any:
    if not isinstance(value, kind):
        raise problem("filter_syntax", message)
    return value


def size(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= 1_000_000:
        raise problem("filter_syntax", "$size wants a whole number from 0.")
    return value


def pattern(target: Target, value: Any) -> str:
    if target.kind not in ("text", "any"):
        message = f'$regex searches texts, and "{shortened(target.key)}" is {kind_name(target.kind)}.'
        raise problem("wrong_type", message)
    if not isinstance(value, str) or len(value) > LONGEST_PATTERN or "\0" in value:
        raise problem("filter_syntax", f"$regex wants a pattern of at most {LONGEST_PATTERN} characters.")
    return value


def options(value: Any) -> str:
    if value not in ("", "i"):
        raise problem("filter_syntax", '$options of $regex is "i" or nothing.')
    return str(value)
