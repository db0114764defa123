"""Mistakes of the caller."""

from __future__ import annotations

from m3m_core import Invalid, ScriptError


def wrong(message: str) -> ScriptError:
    return ScriptError(message, name="TypeError", code="invalid_arguments")


def bad_address(name: str, reason: str) -> Invalid:
    return Invalid(f"{name}: {reason}", code="bad_address")


def one_line(text: str, name: str) -> str:
    """Raises Invalid (`bad_header`): a break would begin a header of the writer's choice."""
    if any((char < " " and char != "\t") or char in "\x7f\x85\u2028\u2029" for char in text):
        raise Invalid(f"{name} has a line break or a control character", code="bad_header")
    return text
