"""Regular expressions of our own making for the operator ~: what a user wrote is in them as plain characters only."""

from __future__ import annotations

from collections.abc import Sequence

OPTIONS = "is"
"""Ignoring case; a wildcard passes over line ends."""


def quoted(text: str) -> str:
    return "".join(quoted_character(character) for character in text)


def quoted_character(character: str) -> str:
    if character == "\0":
        return r"\x{00}"  # the server refuses the character itself in an expression
    return character if character.isalnum() or not character.isascii() else f"\\{character}"


def contains(text: str) -> str:
    return quoted(text)


def like(chunks: Sequence[str]) -> str:
    """A text that has these chunks in this order, the first at its start, the last at its end.

    Only the first place of each chunk between is tried, which is enough, so the time is bounded by length × chunks.
    """
    first, *middle, last = chunks
    passed = "".join(f"(?>.*?{quoted(chunk)})" for chunk in middle if chunk)
    return f"^{quoted(first)}{passed}.*{quoted(last)}$" if last else f"^{quoted(first)}{passed}"


def of(chunks: Sequence[str]) -> str:
    """Contains, or with a wildcard in it the form of the whole text; empty when every text has it."""
    if not any(chunks):
        return ""
    return contains(chunks[0]) if len(chunks) == 1 else like(chunks)
