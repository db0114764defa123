"""What modules report of an instance (routes, jobs), for its status."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

import orjson

from ..contributions import REPORT_LIMIT

log = logging.getLogger("m3m.runner")


class Reports:
    def __init__(self) -> None:
        self.sources: dict[str, Callable[[], Any]] = {}
        self._too_large: set[str] = set()

    def add(self, name: str, source: Callable[[], Any]) -> None:
        self.sources[name] = source

    def one(self, name: str) -> Any:
        """A report of any size; None when nobody makes it."""
        source = self.sources.get(name)
        return None if source is None else source()

    def collect(self) -> dict[str, Any]:
        """By name. One that is too large is left out, and so is a source that fails; the log says so."""
        found: dict[str, Any] = {}
        for name, source in self.sources.items():
            try:
                report = source()
                if len(orjson.dumps(report)) <= REPORT_LIMIT:
                    found[name] = report
                elif name not in self._too_large:
                    self._too_large.add(name)
                    log.warning("the report of %s is larger than %d bytes and not shown", name, REPORT_LIMIT)
            except Exception:
                log.exception("a module could not report its %s", name)
        return found
