"""How large a filter object may be."""

from __future__ import annotations

from .problems import problem

DEEPEST = 20
"""Levels of objects and lists."""

MOST_VALUES = 10_000

MOST_INSIDE = 200
"""Conditions of what is inside documents: each may go through hundreds of thousands of items, uninterrupted."""


class Tally:
    def __init__(self) -> None:
        self._values = 0
        self._inside = 0

    def enter(self, depth: int) -> None:
        """Count one value that stands at this depth. Raises Malformed when it is one too many."""
        self._values += 1
        if depth > DEEPEST:
            raise problem("too_complex", f"A filter has at most {DEEPEST} levels.")
        if self._values > MOST_VALUES:
            raise problem("too_complex", f"A filter has at most {MOST_VALUES} values.")

    def look_inside(self, conditions: int) -> None:
        """Count conditions of something inside a document. Raises Malformed."""
        self._inside += conditions
        if self._inside > MOST_INSIDE:
            message = f"A filter has at most {MOST_INSIDE} conditions of what is inside documents; $in counts as one."
            raise problem("too_complex", message)
