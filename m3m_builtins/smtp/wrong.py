"""Mistakes of the caller."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from m3m_core import Invalid, wrong_argument


def only(given: Mapping[str, object], names: Sequence[str], what: str) -> None:
    """Refuse what else is in an object: a misspelt name would leave out what it asks for. Raises ScriptError."""
    for name in given:
        if name not in names:
            raise wrong_argument(f'{what} has no "{name[:80]}"; it has {", ".join(names)}')


def bad_address(name: str, reason: str) -> Invalid:
    return Invalid(f"{name}: {reason}", code="bad_address")


def one_line(text: str, name: str) -> str:
    """Raises Invalid (`bad_header`): a break would begin a header of the writer's choice."""
    if any((char < " " and char != "\t") or char in "\x7f\x85\u2028\u2029" for char in text):
        raise Invalid(f"{name} has a line break or a control character", code="bad_header")
    return text
