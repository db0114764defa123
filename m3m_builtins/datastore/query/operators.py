"""What may be said about one field: a value, or an object of operators from the list."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from m3m_core import Malformed

from .kinds import Kind
from .native import Condition
from .operands import kind_name
from .paths import check_length
from .problems import problem, shortened
from .tally import Tally
from .values import WANTED, as_kind, as_number

LONGEST_PATTERN = 500
"""Characters."""

SCALARS = ("$eq", "$ne", "$gt", "$gte", "$lt", "$lte")
LISTS = ("$in", "$nin", "$all")
OTHERS = ("$exists", "$not", "$regex", "$size", "$elemMatch")
KNOWN = (*SCALARS, *LISTS, *OTHERS)


class Operators:
    def __init__(self, tally: Tally) -> None:
        self._tally = tally

    def condition(self, key: str, kind: Kind, given: Any, depth: int, *, listed: bool = False) -> Condition:
        """`key` is trusted, `given` is not. `listed`: the field holds a list of `kind`."""
        if is_operators(given):
            return {key: self.all(key, kind, given, depth + 1)}
        if listed and isinstance(given, list):
            return {key: {"$eq": [self.value(key, kind, item, depth + 1) for item in given]}}
        return {key: {"$eq": self.value(key, kind, given, depth + 1)}}

    def all(self, key: str, kind: Kind, given: dict[str, Any], depth: int) -> dict[str, Any]:
        self._tally.enter(depth)
        if "$options" in given and "$regex" not in given:
            raise problem("filter_syntax", "$options belongs to $regex.")
        made: dict[str, Any] = {}
        for operator, value in given.items():
            if operator == "$options":
                continue
            made[operator] = self.one(key, kind, operator, value, depth)
            if operator == "$regex":
                made["$options"] = options(given.get("$options", ""))
        return made

    def one(self, key: str, kind: Kind, operator: str, value: Any, depth: int) -> Any:
        if operator in SCALARS:
            return self.value(key, kind, value, depth + 1)
        if operator in LISTS:
            return self.values(key, kind, operator, value, depth + 1)
        match operator:
            case "$exists":
                return wanted(value, bool, "$exists wants true or false.")
            case "$size":
                return size(value)
            case "$regex":
                return pattern(key, kind, value)
            case "$not":
                if not is_operators(value):
                    raise problem("filter_syntax", "$not wants an object of operators, such as {$not: {$gt: 5}}.")
                return self.all(key, kind, value, depth + 1)
            case "$elemMatch":
                return self.element(key, kind, value, depth + 1)
        raise self.unknown(operator)

    def element(self, key: str, kind: Kind, value: Any, depth: int) -> dict[str, Any]:
        """Conditions of one element: operators, or for objects in a document their keys."""
        kind = "any" if kind == "document" else kind
        if is_operators(value):
            return self.all(key, kind, value, depth)
        if kind != "any" or not isinstance(value, dict) or not value:
            raise problem("filter_syntax", "$elemMatch wants an object of conditions.")
        parts = [self.condition(name(each), "any", test, depth) for each, test in value.items()]
        return {"$and": parts}

    def values(self, key: str, kind: Kind, operator: str, value: Any, depth: int) -> list[Any]:
        if not isinstance(value, list):
            raise problem("filter_syntax", f"{operator} wants a list of values.")
        return [self.value(key, kind, item, depth + 1) for item in value]

    def value(self, key: str, kind: Kind, given: Any, depth: int) -> Any:
        """The stored form. Raises Malformed for a value that the field cannot have."""
        self._tally.enter(depth)
        if given is None:
            return None
        if kind in ("any", "document"):
            return self.plain(given, depth)
        try:
            return as_kind(given, kind)
        except ValueError:
            message = f'"{shortened(key)}" is {kind_name(kind)}: compare it with {WANTED[kind]}.'
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


def pattern(key: str, kind: Kind, value: Any) -> str:
    if kind not in ("text", "any"):
        raise problem("wrong_type", f'$regex searches texts, and "{shortened(key)}" is {kind_name(kind)}.')
    if not isinstance(value, str) or len(value) > LONGEST_PATTERN or "\0" in value:
        raise problem("filter_syntax", f"$regex wants a pattern of at most {LONGEST_PATTERN} characters.")
    return value


def options(value: Any) -> str:
    if value not in ("", "i"):
        raise problem("filter_syntax", '$options of $regex is "i" or nothing.')
    return str(value)
