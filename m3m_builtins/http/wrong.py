"""Arguments of a service that do not fit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from m3m_core import ScriptError, wrong_argument

HIDDEN = object()
"""In place of a value that may be a secret, or that no message can show."""

LONGEST = 60
"""Characters of a value that a message shows."""


def only(argument: str, given: Mapping[str, Any], names: Sequence[str]) -> None:
    """Raises ScriptError for what else is in an object: a misspelt name would leave out what it asks for."""
    for name in given:
        if name not in names:
            raise refused(f'{argument} has no "{name[:LONGEST]}"; it has {", ".join(names)}')


def wrong(argument: str, wanted: str, given: Any) -> ScriptError:
    return refused(f"{argument} is {wanted}, not {described(given)}")


def refused(message: str) -> ScriptError:
    return wrong_argument(f"http: {message}")


def described(value: Any) -> str:
    if value is HIDDEN:
        return "such a value"
    if isinstance(value, bytes):
        return f"{len(value)} bytes"
    if isinstance(value, dict):
        return "an object"
    if isinstance(value, list):
        return "a list"
    if value is None:
        return "null"
    text = f'"{value}"' if isinstance(value, str) else str(value).lower() if isinstance(value, bool) else str(value)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
