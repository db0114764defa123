"""What is wrong, for a person; the code beside it is the keyword of the schema."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import orjson

LONGEST = 300
"""Characters of a message: schemas may hold long lists."""

TYPES = {"integer": "a whole number", "array": "a list", "boolean": "true or false", "null": "null"}


def message_of(keyword: str, wanted: Any, own: str) -> str:
    """`own` is the message of keywords that are not in the table."""
    made = MESSAGES[keyword](wanted) if keyword in MESSAGES else own
    return made if len(made) <= LONGEST else f"{made[: LONGEST - 1]}…"


def _type(wanted: Any) -> str:
    kinds = [wanted] if isinstance(wanted, str) else wanted
    return f"must be {' or '.join(TYPES.get(kind, f'a {kind}' if kind != 'object' else 'an object') for kind in kinds)}"


def _one_of(wanted: Iterable[Any]) -> str:
    return f"must be one of {', '.join(map(_shown, wanted))}"


def _shown(value: Any) -> str:
    return orjson.dumps(value).decode()


MESSAGES: dict[str, Callable[[Any], str]] = {
    "type": _type,
    "enum": _one_of,
    "const": lambda wanted: f"must be {_shown(wanted)}",
    "minimum": lambda wanted: f"must be at least {wanted}",
    "maximum": lambda wanted: f"must be at most {wanted}",
    "exclusiveMinimum": lambda wanted: f"must be more than {wanted}",
    "exclusiveMaximum": lambda wanted: f"must be less than {wanted}",
    "minLength": lambda wanted: f"must have at least {wanted} characters",
    "maxLength": lambda wanted: f"must have at most {wanted} characters",
    "minItems": lambda wanted: f"must have at least {wanted} items",
    "maxItems": lambda wanted: f"must have at most {wanted} items",
    "minProperties": lambda wanted: f"must have at least {wanted} fields",
    "maxProperties": lambda wanted: f"must have at most {wanted} fields",
    "format": lambda wanted: f"is not a valid {wanted}",
    "anyOf": lambda _: "fits none of the allowed forms",
    "oneOf": lambda _: "must fit exactly one of the allowed forms",
    "not": lambda _: "has a form that is not allowed",
    "contains": lambda _: "does not have the right number of the wanted items",
    "unevaluatedItems": lambda _: "has items that are not known",
    "items": lambda _: "has more items than are allowed",
    "false": lambda _: "must not be there",
}
