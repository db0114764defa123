"""Whether a runner gives signs of life."""

from __future__ import annotations

import time
from collections.abc import Callable

LONGEST_LOOK = 5.0
"""Seconds that may lie between two looks at a runner; there are more when the supervisor itself stood still."""


class Heartbeat:
    """`ask` wants a sign of life, and `heard` is called when it comes. One question is open at a time."""

    def __init__(self, ask: Callable[[], None]) -> None:
        self._ask = ask
        self._silent: float | None = None
        self._looked = 0.0

    def heard(self) -> None:
        self._silent = None

    def silence(self) -> float:
        """Seconds since the open question, or 0 when there was none: then one is asked.

        Each look counts for LONGEST_LOOK at most: while the supervisor stood still, the answer may have lain unread.
        """
        now = time.monotonic()
        if self._silent is None:
            self._silent = 0.0
            self._ask()
        else:
            self._silent += min(now - self._looked, LONGEST_LOOK)
        self._looked = now
        return self._silent
