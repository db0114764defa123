"""Which services are about to answer: asked of the supervisor, but not for each request of a flood."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from gevent.lock import Semaphore

from ..errors import M3MError

FRESH = 0.25
"""Seconds for which an answer counts. A service that has started is found all the same: its socket is looked for."""


class Coming:
    """`ask` gives the slugs of services that start, run or are being restarted; it raises M3MError."""

    def __init__(self, ask: Callable[[], Sequence[str]]) -> None:
        self._ask = ask
        self._turn = Semaphore(1)
        self._known: frozenset[str] | None = frozenset()
        self._until = 0.0

    def has(self, slug: str) -> bool:
        """True also while nobody can say: then the supervisor itself is being restarted."""
        with self._turn:  # who comes while one asks takes over the answer
            if time.monotonic() >= self._until:
                try:
                    self._known = frozenset(self._ask())
                except M3MError:
                    self._known = None
                self._until = time.monotonic() + FRESH
            return self._known is None or slug in self._known
