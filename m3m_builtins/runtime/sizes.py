"""How much projects keep: asked of the features, but not for each request."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

FRESH = 60.0
"""Seconds for which sizes count."""

PATIENCE = 10.0
"""Seconds for which others get the old sizes while new ones are counted."""

MOST = 1000
"""Projects whose sizes are remembered."""


@dataclass(frozen=True)
class Known:
    until: float
    sizes: Mapping[str, int]


class Sizes:
    """`ask` gives the answers of all features for a project."""

    def __init__(self, ask: Callable[[str], list[Mapping[str, int]]]) -> None:
        self._ask = ask
        self._known: dict[str, Known] = {}

    def of(self, project_id: str) -> dict[str, int]:
        now = time.monotonic()
        known = self._known.get(project_id)
        if known is None or known.until < now:
            if len(self._known) >= MOST:
                self._known.clear()
            old = known.sizes if known is not None else {}
            self._known[project_id] = Known(now + PATIENCE, old)
            known = Known(now + FRESH, {name: size for each in self._ask(project_id) for name, size in each.items()})
            self._known[project_id] = known
        return dict(known.sizes)
