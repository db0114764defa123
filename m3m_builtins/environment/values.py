"""Which values fit which type."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable
from typing import Any

from m3m_core import FieldError, field

from .documents import Type

KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
LONGEST_KEY = 128
LARGEST_VALUE = 64 * 1024
"""Bytes of a value, as JSON."""

INTEGERS = range(-(2**63), 2**63)


def _line(value: Any) -> bool:
    return isinstance(value, str) and "\n" not in value and "\r" not in value


def _integer(value: Any) -> bool:
    return type(value) is int and value in INTEGERS  # a bool is an int to Python, and not to anybody else


def _float(value: Any) -> bool:
    try:
        return type(value) in (int, float) and math.isfinite(value)
    except OverflowError:
        return False


RULES: dict[Type, tuple[Callable[[Any], bool], str]] = {
    "string": (_line, "Must be a text of one line; take the type text for more."),
    "text": (lambda value: isinstance(value, str), "Must be a text."),
    "json": (lambda _value: True, ""),
    "integer": (_integer, "Must be a whole number of at most 64 bits."),
    "float": (_float, "Must be a number."),
    "boolean": (lambda value: isinstance(value, bool), "Must be true or false."),
}


def check_key(key: str) -> FieldError | None:
    """What is wrong with it, if anything."""
    if KEY.fullmatch(key) and len(key) <= LONGEST_KEY:
        return None
    sentence = f"Use letters, digits and _, at most {LONGEST_KEY}, not starting with a digit."
    return field("invalid_key", sentence)


def to_text(kind: Type, value: Any) -> str | FieldError:
    """The value as JSON, or why it is refused."""
    fits, sentence = RULES[kind]
    if not fits(value):
        return field("wrong_type", sentence)
    try:
        text = json.dumps(float(value) if kind == "float" else value, ensure_ascii=False, allow_nan=False)
        size = len(text.encode())
    except ValueError:  # also an infinite number, or half a character, somewhere inside of it
        return field("wrong_type", "Is not a JSON value.")
    return text if size <= LARGEST_VALUE else field("too_large", f"Must have at most {LARGEST_VALUE // 1024} KB.")
