"""What a runner counts. Plain integers, no lock: one thread, and nothing here waits."""

from __future__ import annotations

from typing import Any


class Metrics:
    """Requests, errors (status 500 and above) and hits by route; route 0 is "no route of the service"."""

    def __init__(self) -> None:
        self.requests = 0
        self.errors = 0
        self.hits: dict[int, int] = {}

    def count(self, route: int, status: int) -> None:
        self.requests += 1
        self.hits[route] = self.hits.get(route, 0) + 1
        if status >= 500:
            self.errors += 1

    def snapshot(self) -> dict[str, Any]:
        hits = {str(route): count for route, count in self.hits.items()}
        return {"requests": self.requests, "errors": self.errors, "hits": hits}
