"""Values that are JSON objects or arrays: kept as they are, within limits."""

from __future__ import annotations

import math
from typing import Any

import orjson

from .texts import check_characters
from .wrong import WrongValueError

SAFE_INTEGER = 2**53
"""JavaScript keeps no larger whole number exactly."""

DEEPEST = 50
LARGEST = 1024 * 1024
"""Bytes as JSON, unless the field's `max_size` is less."""


def check_document(value: Any, max_size: int | None = None) -> None:
    """Raises WrongValueError."""
    if not isinstance(value, dict | list):
        raise WrongValueError("wrong_type", "Must be an object or a list.")
    _check(value, 1)
    limit = max_size or LARGEST
    if len(orjson.dumps(value)) > limit:
        raise WrongValueError("too_large", f"Must have at most {limit} bytes as JSON.")


def _check(value: Any, depth: int) -> None:
    if isinstance(value, str):
        check_characters(value)
    elif isinstance(value, dict | list):
        if depth > DEEPEST:
            raise WrongValueError("too_deep", f"Must be at most {DEEPEST} levels deep.")
        if isinstance(value, dict):
            for key in value:
                _check_key(key)
        for item in value.values() if isinstance(value, dict) else value:
            _check(item, depth + 1)
    elif isinstance(value, int) and abs(value) > SAFE_INTEGER:
        raise WrongValueError("too_large", f"Must have no whole number beyond {SAFE_INTEGER}; keep it as a text.")
    elif isinstance(value, float) and not math.isfinite(value):
        raise WrongValueError("too_large", "Must have no number that does not fit into 64 bits.")
    elif value is not None and not isinstance(value, int | float):
        raise WrongValueError("wrong_type", "Must be made of JSON values.")


def _check_key(key: Any) -> None:
    # In MongoDB a key with $ could be taken for an operator; there is no way to query it either.
    if not isinstance(key, str) or key.startswith("$") or "\0" in key:
        raise WrongValueError("invalid_key", "Must have no key that begins with $ or contains NUL.")
    check_characters(key)
