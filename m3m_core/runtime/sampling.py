"""A runner's figures for the supervisor."""

from __future__ import annotations

import time
from typing import Any

from .engine import Engine
from .metrics import Metrics
from .newest import NewestFailure
from .reports import Reports

HEAP_SHARE = 20
"""Counting a heap walks all of it; it is done again when this many times its own time has passed."""


class Sampler:
    def __init__(self, engine: Engine, metrics: Metrics, reports: Reports, failure: NewestFailure) -> None:
        self._engine = engine
        self._metrics = metrics
        self._reports = reports
        self._failure = failure
        self._heap = 0
        self._heap_due = 0.0

    def take(self, asked_at: float) -> dict[str, Any]:
        """`asked_at` is when the supervisor wrote its question (monotonic seconds, one clock for all processes)."""
        lag = max(time.monotonic() - asked_at, 0.0) * 1000
        return {
            "lag_ms": round(lag, 1),
            "heap_bytes": self._heap_bytes(),
            "gains": self.counted(),
            "reports": self._reports.collect(),
            "failure": self._failure.take(),
        }

    def counted(self) -> dict[str, Any]:
        """What was counted since the last time. Quick, and in any thread: for the last words of a process too."""
        return self._metrics.take(self._reports.one("routes") or ())

    def _heap_bytes(self) -> int:
        begin = time.monotonic()
        if begin >= self._heap_due:
            self._heap = self._engine.memory()
            end = time.monotonic()
            self._heap_due = end + (end - begin) * HEAP_SHARE
        return self._heap
