"""Hits, errors and latency of one project's routes over the last 12 to 24 hours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

from ..stamps import rfc3339
from .histogram import percentile_ms
from .metrics import MOST_ROUTES, NAMES, OTHERS

PAGE_SECONDS = 12 * 3600


class RouteCount:
    def __init__(self) -> None:
        self.errors = 0
        self.latencies: Counter[int] = Counter()

    def add(self, errors: int, counts: Sequence[tuple[int, int]]) -> None:
        self.errors += errors
        for bucket, count in counts:
            self.latencies[bucket] += count


class RouteBook:
    """Two pages: the one that is written on, and the one before it. Each has a bounded number of routes."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._before: dict[str, RouteCount] = {}
        self._now: dict[str, RouteCount] = {}
        self._begun = self._since = clock()

    def _turn(self) -> None:
        now = self._clock()
        if now - self._begun < PAGE_SECONDS:
            return
        is_old = now - self._begun >= 2 * PAGE_SECONDS
        self._before, self._now = {} if is_old else self._now, {}
        self._since, self._begun = now if is_old else self._begun, now

    def add(self, routes: Sequence[Sequence[Any]]) -> None:
        """`routes` are (name, errors, [(bucket, count)])."""
        self._turn()
        for name, errors, counts in routes:
            self._count(name).add(errors, counts)

    def _count(self, name: str) -> RouteCount:
        page = self._now
        if name not in page and len(page) >= MOST_ROUTES:
            name = NAMES[OTHERS]
        return page.setdefault(name, RouteCount())

    @property
    def since(self) -> str:
        """When the oldest of what is told was counted."""
        self._turn()
        return rfc3339(datetime.fromtimestamp(self._since, UTC))

    def told(self) -> list[dict[str, Any]]:
        """The most used first."""
        self._turn()
        joined: dict[str, RouteCount] = {}
        for page in (self._before, self._now):
            for name, route in page.items():
                joined.setdefault(name, RouteCount()).add(route.errors, list(route.latencies.items()))
        rows = [
            {
                "route": name,
                "hits": route.latencies.total(),
                "errors": route.errors,
                "p50_ms": percentile_ms(route.latencies, 0.5),
                "p95_ms": percentile_ms(route.latencies, 0.95),
            }
            for name, route in joined.items()
        ]
        return sorted(rows, key=lambda row: (-int(row["hits"]), row["route"]))
