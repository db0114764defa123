"""From pydantic's complaints to `fields`: stable codes and sentences of our own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pydantic_core import ErrorDetails

from ..errors import FieldError, field

_KINDS = {
    "string": "a text",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "list": "a list",
    "dict": "an object",
    "model": "an object",
    "datetime": "a time such as 2026-11-22T10:15:30Z",
    "date": "a date such as 2026-11-22",
}

_CODES = {
    "missing": ("required", "Is required."),
    "extra_forbidden": ("unknown_field", "There is no such field."),
    "string_too_short": ("too_short", "Must have at least {min_length} characters."),
    "string_too_long": ("too_long", "Must have at most {max_length} characters."),
    "too_short": ("too_short", "Must have at least {min_length} items."),
    "too_long": ("too_long", "Must have at most {max_length} items."),
    "string_pattern_mismatch": ("wrong_format", "Does not have the right form."),
    "greater_than": ("too_small", "Must be more than {gt}."),
    "greater_than_equal": ("too_small", "Must be at least {ge}."),
    "less_than": ("too_large", "Must be less than {lt}."),
    "less_than_equal": ("too_large", "Must be at most {le}."),
    "literal_error": ("not_allowed", "Must be one of {expected}."),
    "enum": ("not_allowed", "Must be one of {expected}."),
}

_TYPE_ENDINGS = ("_type", "_parsing", "_parsing_size", "_from_float", "_attributes_type")


def field_errors(details: Iterable[ErrorDetails]) -> dict[str, FieldError]:
    """Every wrong field by its dotted path (`permissions.projects.0`). The first complaint about a field counts."""
    wrong: dict[str, FieldError] = {}
    for detail in details:
        wrong.setdefault(".".join(map(str, detail["loc"])) or "body", _one(detail))
    return wrong


def _one(detail: ErrorDetails) -> FieldError:
    kind, context = detail["type"], detail.get("ctx", {})
    if kind in _CODES:
        code, sentence = _CODES[kind]
        if context or "{" not in sentence:  # else it is a complaint of a model's own by that name
            return field(code, sentence.format(**context))
    if kind.endswith(_TYPE_ENDINGS):
        return field("wrong_type", f"Must be {_KINDS.get(kind.split('_')[0], 'of another type')}.")
    if kind == "value_error":
        return field("invalid", _sentence(context.get("error", detail["msg"])))
    # A PydanticCustomError brings its own code and message.
    return field(kind, _sentence(detail["msg"]))


def _sentence(text: Any) -> str:
    words = str(text).strip()
    return words if words.endswith((".", "!", "?")) else f"{words}."
