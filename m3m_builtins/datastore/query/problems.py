"""The one form of refusal of a query: a stable code, a sentence, and the character where it goes wrong."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from m3m_core import Malformed


def problem(code: str, message: str, position: int | None = None) -> Malformed:
    """`position` is the 0-based character of a text filter; None where there is no text."""
    return Malformed(message, code=code, details=None if position is None else {"position": position})


def unknown_field(name: str, model: str, known: Iterable[str], position: int | None = None) -> Malformed:
    names = sorted(known)
    near = get_close_matches(name, names, n=1)
    hint = f' Did you mean "{near[0]}"?' if near else f" It has {', '.join(names)}."
    return problem("unknown_field", f'The model "{model}" has no field "{shortened(name)}".{hint}', position)


def shortened(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:60]}…"
