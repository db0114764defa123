"""How large a filter object may be."""

from __future__ import annotations

from .problems import problem

DEEPEST = 20
"""Levels of objects and lists."""

MOST_VALUES = 10_000


class Tally:
    def __init__(self) -> None:
        self._values = 0

    def enter(self, depth: int) -> None:
        """Count one value that stands at this depth. Raises Malformed when it is one too many."""
        self._values += 1
        if depth > DEEPEST:
            raise problem("too_complex", f"A filter has at most {DEEPEST} levels.")
        if self._values > MOST_VALUES:
            raise problem("too_complex", f"A filter has at most {MOST_VALUES} values.")
