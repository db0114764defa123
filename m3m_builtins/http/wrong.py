"""Arguments of a service that do not fit."""

from __future__ import annotations

from typing import Any

from m3m_core import ScriptError

HIDDEN = object()
"""In place of a value that may be a secret, or that no message can show."""

LONGEST = 60
"""Characters of a value that a message shows."""


def wrong(argument: str, wanted: str, given: Any) -> ScriptError:
    return ScriptError(
        f"http: {argument} is {wanted}, not {described(given)}", name="TypeError", code="invalid_arguments"
    )


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
