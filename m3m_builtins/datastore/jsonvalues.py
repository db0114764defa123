"""Values that are JSON objects or arrays: kept as they are, within limits."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import Any

import orjson

from .texts import check_characters
from .wrong import WrongValueError

SAFE_INTEGER = 2**53
"""JavaScript keeps no larger whole number exactly."""

DEEPEST = 50
LARGEST = 1024 * 1024
"""Bytes as JSON, unless the field's `max_size` is less."""


def document(value: Any, max_size: int | None = None) -> Any:
    """The value as it is kept. Raises WrongValueError."""
    if not isinstance(value, dict | list):
        raise WrongValueError("wrong_type", "Must be an object or a list.")
    kept = _kept(value, 1)
    limit = max_size or LARGEST
    if len(orjson.dumps(kept)) > limit:
        raise WrongValueError("too_large", f"Must have at most {limit} bytes as JSON.")
    return kept


def _kept(value: Any, depth: int) -> Any:
    if isinstance(value, str):
        check_characters(value)
    elif isinstance(value, dict | list):
        if depth > DEEPEST:
            raise WrongValueError("too_deep", f"Must be at most {DEEPEST} levels deep.")
        if isinstance(value, list):
            return [_kept(item, depth + 1) for item in value]
        for key in value:
            _check_key(key)
        return {key: _kept(item, depth + 1) for key, item in value.items()}
    elif isinstance(value, int) and abs(value) > SAFE_INTEGER:
        return _large(value)
    elif isinstance(value, float) and not math.isfinite(value):
        raise WrongValueError("too_large", "Must have no number that does not fit into 64 bits.")
    elif value is not None and not isinstance(value, int | float):
        raise WrongValueError("wrong_type", "Must be made of JSON values.")
    return value


def _large(value: int) -> float:
    """JavaScript writes its large numbers in full: 1e17 with its zeros, 2^60 with zeros for the last digits."""
    try:
        number = float(value)
    except OverflowError:
        number = math.inf
    if not math.isfinite(number) or (value != number and value != Decimal(repr(number))):
        raise WrongValueError(
            "too_large",
            f"Must have no whole number beyond {SAFE_INTEGER} that JavaScript does not keep; make it a text.",
        )
    return number


def _check_key(key: Any) -> None:
    # In MongoDB a key with $ could be taken for an operator; there is no way to query it either.
    if not isinstance(key, str) or key.startswith("$") or "\0" in key:
        raise WrongValueError("invalid_key", "Must have no key that begins with $ or contains NUL.")
    check_characters(key)
