"""What modules report of an instance (routes, jobs), for its status."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

import orjson

LIMIT = 1024 * 1024
"""Bytes of all reports: a service cannot fill the supervisor with them. Beyond it there are none."""

log = logging.getLogger("m3m.runner")


class Reports:
    def __init__(self) -> None:
        self._sources: dict[str, Callable[[], Any]] = {}

    def add(self, name: str, source: Callable[[], Any]) -> None:
        self._sources[name] = source

    def collect(self) -> dict[str, Any]:
        """By name; a source that fails is left out and logged."""
        found: dict[str, Any] = {}
        for name, source in self._sources.items():
            try:
                found[name] = source()
            except Exception:
                log.exception("a module could not report its %s", name)
        return found if len(orjson.dumps(found)) <= LIMIT else {}
