"""Filters as objects, in the style of MongoDB: from services only. Operators come from a list, keys from the model."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from .kinds import KINDS, SYSTEM
from .native import Condition
from .operators import Operators
from .paths import Target, check_length, known_names
from .problems import problem, shortened, unknown_field
from .tally import Tally

if TYPE_CHECKING:
    from ..schema import Schema

GROUPS = ("$and", "$or", "$nor")


def condition(schema: Schema, given: Any) -> Condition:
    """The condition with its values converted. Raises Malformed."""
    return Filter(partial(field_target, schema), Tally()).whole(given, 1)


class Filter:
    """`target_of` says what a key means. Raises Malformed for one that means nothing."""

    def __init__(self, target_of: Callable[[str], Target], tally: Tally) -> None:
        self._target_of = target_of
        self._tally = tally
        self._operators = Operators(tally)

    def whole(self, given: Any, depth: int) -> Condition:
        self._tally.enter(depth)
        if not isinstance(given, dict):
            raise problem("filter_syntax", "A filter is an object such as {status: 'new'} or a text.")
        parts: list[Condition] = []
        for key, value in given.items():
            if key in GROUPS:
                parts.append({key: self.group(key, value, depth)})
            elif key.startswith("$"):
                raise self._operators.unknown(key, GROUPS)
            else:
                parts.append(self._operators.condition(self._target_of(key), value, depth))
        return parts[0] if len(parts) == 1 else {"$and": parts} if parts else {}

    def group(self, operator: str, given: Any, depth: int) -> list[Condition]:
        if not isinstance(given, list) or not given:
            raise problem("filter_syntax", f"{operator} wants a list of filters.")
        return [self.whole(item, depth + 1) for item in given]


def field_target(schema: Schema, key: str) -> Target:
    """A field of the model itself, or what lies inside a document. Raises Malformed."""
    first, dot, _ = key.partition(".")
    if first in SYSTEM and not dot:
        return Target((), *SYSTEM[first])
    field = schema.fields.get(first)
    if field is None:
        raise unknown_field(first, schema.slug, known_names(schema))
    if not dot:
        return Target((), first, KINDS[field.type], field.many)
    if field.type == "document":
        return Target((), inside(key), "any")
    if field.type == "ref":
        message = f'"{shortened(key)}" crosses a ref: use a text filter for that, such as "{first}.name = \'Ann\'".'
        raise problem("unknown_field", message)
    raise problem("unknown_field", f'"{first}" is a {field.type}: nothing is inside it.')


def anything(key: str) -> Target:
    """A key of what a pipeline has made, about which no model says anything."""
    return Target((), inside(key), "any")


def inside(key: str) -> str:
    """A dotted key, when no part of it could be taken for anything but a name."""
    parts = key.split(".")
    check_length(parts)
    if any(not part or part.startswith("$") or "\0" in part for part in parts) or len(key) > 500:
        raise problem("unknown_field", f'"{shortened(key)}" is no path into a document.')
    return key
