"""The last 24 hours of one project: 288 slots of 5 minutes and the one that goes on, across its runs."""

from __future__ import annotations

import time
from collections import Counter, deque
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, NamedTuple

from ..stamps import rfc3339
from .histogram import percentile_ms
from .routebook import RouteBook

SLOT_SECONDS = 300
SLOTS = 288


class Slot(NamedTuple):
    """`number` counts slots since 1970. Memory, heap and lag are the highest that were seen, cpu is the average."""

    number: int
    cpu_percent: float = 0.0
    memory_bytes: int = 0
    heap_bytes: int = 0
    lag_ms: float = 0.0
    requests: int = 0
    errors: int = 0
    jobs: int = 0
    restarts: int = 0
    p50_ms: float | None = None
    p95_ms: float | None = None

    def told(self) -> dict[str, Any]:
        values = self._asdict()
        begin = datetime.fromtimestamp(values.pop("number") * SLOT_SECONDS, UTC)
        return {"at": rfc3339(begin), **values}


class Totals:
    """What was counted since the supervisor is up: of one slot, or of all."""

    def __init__(self) -> None:
        self.requests = self.errors = self.jobs = self.restarts = 0
        self.cpu_seconds = self.latency_seconds = 0.0
        self.latencies: Counter[int] = Counter()

    def add(self, gains: dict[str, Any]) -> None:
        for _, errors, counts in gains["routes"]:
            self.errors += errors
            for bucket, count in counts:
                self.latencies[bucket] += count
                self.requests += count
        self.errors += gains["failures"]
        self.jobs += gains["calls"]
        self.latency_seconds += gains["seconds"]


class History:
    """`totals` only grow, until the project is deleted or the supervisor ends. `clock` gives seconds since 1970."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        self._closed: deque[Slot] = deque(maxlen=SLOTS)
        self._number = int(clock() // SLOT_SECONDS)
        self.totals = Totals()
        self.book = RouteBook(clock)
        self._open()

    def _open(self) -> None:
        self._slot = Totals()
        self._seconds = 0.0
        self._memory = self._heap = 0
        self._lag = 0.0

    def _turn(self) -> None:
        """Close the slot when its time is over. A clock that was set back changes nothing until it is there again."""
        number = int(self._clock() // SLOT_SECONDS)
        if number > self._number:
            slot = self._current()
            if slot != Slot(self._number):
                self._closed.append(slot)
            self._number = number
            self._open()

    def _current(self) -> Slot:
        slot = self._slot
        return Slot(
            self._number,
            round(slot.cpu_seconds / self._seconds * 100, 1) if self._seconds else 0.0,
            self._memory,
            self._heap,
            self._lag,
            slot.requests,
            slot.errors,
            slot.jobs,
            slot.restarts,
            percentile_ms(slot.latencies, 0.5),
            percentile_ms(slot.latencies, 0.95),
        )

    # ---- what happens ----

    def gain(self, gains: dict[str, Any]) -> None:
        """What an instance has counted since it told the last time."""
        self._turn()
        self._slot.add(gains)
        self.totals.add(gains)
        self.book.add(gains["routes"])

    def observe(self, cpu_seconds: float, seconds: float, memory: int, heap: int, lag: float) -> None:
        """All instances together: processor time used within so many seconds, bytes, milliseconds."""
        self._turn()
        self._slot.cpu_seconds += cpu_seconds
        self.totals.cpu_seconds += cpu_seconds
        self._seconds += seconds
        self._memory, self._heap, self._lag = max(self._memory, memory), max(self._heap, heap), max(self._lag, lag)

    def restarted(self) -> None:
        self._turn()
        self._slot.restarts += 1
        self.totals.restarts += 1

    # ---- what is shown ----

    def slots(self, count: int) -> list[dict[str, Any]]:
        """The last `count` slots and the current one, in order; those without a run are zero."""
        self._turn()
        known = {slot.number: slot for slot in (*self._closed, self._current())}
        numbers = range(self._number - count, self._number + 1)
        return [known.get(number, Slot(number)).told() for number in numbers]
