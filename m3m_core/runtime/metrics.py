"""What a runner counts. Plain integers, no lock: one thread, and nothing here waits."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from typing import Any

from .histogram import BUCKETS, bucket_of

MOST_ROUTES = 100
"""Routes of one instance that are counted each by itself; all others are counted as one."""

NO_ROUTE, OTHERS = 0, -1
NAMES = {NO_ROUTE: "(no route)", OTHERS: "(other routes)"}
LONGEST_NAME = 200


class Route:
    """`counts` are requests by bucket of latency, `errors` answers with a status of 500 and above."""

    __slots__ = ("counts", "errors")

    def __init__(self) -> None:
        self.counts = array("I", bytes(4 * BUCKETS))
        self.errors = 0


class Metrics:
    """`calls`: functions called by jobs and delayed work. `failures`: pieces that failed and were no request.

    `on_news()` is called when something is counted, and not again until `is_told_soon` is false again.
    """

    def __init__(self) -> None:
        self.on_news: Callable[[], object] = lambda: None
        self.is_told_soon = False
        self.calls = 0
        self.failures = 0
        self._seconds = 0.0
        self._routes: dict[int, Route] = {}

    def count(self, route: int, status: int, seconds: float) -> None:
        """A request was answered; `route` is the route's number, NO_ROUTE for none of the service."""
        found = self._routes.get(route) or self._open(route)
        found.counts[bucket_of(seconds)] += 1
        self._seconds += seconds
        if status >= 500:
            found.errors += 1
        if not self.is_told_soon:
            self._announce()

    def called(self) -> None:
        self.calls += 1
        if not self.is_told_soon:
            self._announce()

    def failed(self, pieces: int = 1) -> None:
        self.failures += pieces
        if not self.is_told_soon:
            self._announce()

    def _announce(self) -> None:
        self.is_told_soon = True
        self.on_news()

    def _open(self, route: int) -> Route:
        number = route if len(self._routes) < MOST_ROUTES else OTHERS
        return self._routes.setdefault(number, Route())

    def take(self, routes: Sequence[Any]) -> dict[str, Any]:
        """All that was counted since the last time. `routes` are `{method, path}` in the order of their numbers."""
        counted, self._routes = self._routes, {}
        calls, self.calls = self.calls, 0
        failures, self.failures = self.failures, 0
        seconds, self._seconds = self._seconds, 0.0
        told = [
            (name_of(number, routes), route.errors, [pair for pair in enumerate(route.counts) if pair[1]])
            for number, route in counted.items()
        ]
        return {"routes": told, "calls": calls, "failures": failures, "seconds": seconds}


def name_of(number: int, routes: Sequence[Any]) -> str:
    """`GET /users/:id`, as the service wrote it."""
    if number < 1 or number > len(routes):
        return NAMES.get(number, NAMES[OTHERS])
    route = routes[number - 1]
    return f"{route['method']} {route['path']}"[:LONGEST_NAME]
