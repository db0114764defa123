"""When a crashed instance may come back."""

from __future__ import annotations

import time
from collections import defaultdict, deque
from collections.abc import Callable, Sequence

DELAYS = (1.0, 2.0, 4.0, 8.0, 16.0)
"""Seconds before each restart of an instance; after as many within an hour it stays down."""

WINDOW = 3600.0


class Restarts:
    """Counts the crashes of each instance of one run."""

    def __init__(self, delays: Sequence[float] = DELAYS, clock: Callable[[], float] = time.monotonic) -> None:
        self.delays = delays
        self._clock = clock
        self._crashes: defaultdict[int, deque[float]] = defaultdict(deque)

    def next_delay(self, instance: int) -> float | None:
        """Seconds to wait before the instance is restarted once more; None when it has crashed too often."""
        moment, crashes = self._clock(), self._crashes[instance]
        while crashes and moment - crashes[0] > WINDOW:
            crashes.popleft()
        if len(crashes) >= len(self.delays):
            return None
        crashes.append(moment)
        return self.delays[len(crashes) - 1]
