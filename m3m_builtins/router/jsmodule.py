"""The host side of `router`: which routes there are, for the status of the run."""

from __future__ import annotations

from m3m_core import RunContext


class Router:
    def __init__(self, run: RunContext) -> None:
        self._routes: list[dict[str, str]] = []
        run.report("routes", lambda: self._routes)

    def add(self, method: str, path: str) -> None:
        self._routes.append({"method": method, "path": path})
