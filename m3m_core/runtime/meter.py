"""What one run uses and counts: asked of its instances now and then, and kept in its project's history."""

from __future__ import annotations

import time
from collections.abc import Collection
from typing import Any

import gevent

from .history import History, Totals
from .instance import Instance


class Meter:
    """`totals` are of this run alone."""

    def __init__(self, history: History) -> None:
        self.totals = Totals()
        self._history = history
        self._measured = time.monotonic()
        self._cpu_seconds: dict[int, float] = {}

    def gained(self, gains: dict[str, Any]) -> None:
        self.totals.add(gains)
        self._history.gain(gains)

    def restarted(self) -> None:
        self.totals.restarts += 1
        self._history.restarted()

    def sample(self, instances: Collection[Instance]) -> None:
        """Ask all of them at once. Waits for the answers, but not for one that is busy."""
        gevent.joinall([gevent.spawn(instance.sample) for instance in instances])

    def measure(self, instances: Collection[Instance]) -> None:
        """Keep what they use now; cheap enough for every few seconds."""
        self.sample(instances)
        now = time.monotonic()
        used = {instance.pid: instance.gauge.cpu_seconds() for instance in instances}
        gained = sum(seconds - self._cpu_seconds.get(pid, 0.0) for pid, seconds in used.items())
        self._history.observe(
            gained,
            now - self._measured,
            sum(instance.gauge.memory() for instance in instances),
            sum(instance.heap_bytes for instance in instances),
            max((instance.lag_ms for instance in instances), default=0.0),
        )
        self._cpu_seconds, self._measured = used, now
