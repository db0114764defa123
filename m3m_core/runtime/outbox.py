"""Answers that are ready, sent together at the end of a turn of the event loop.

To send wakes the client's process, and that may cost more than the answer did: many sent in a row wake it once.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import gevent
from gevent.monkey import get_original

if TYPE_CHECKING:
    from .line import Line

PATIENCE = 0.0005
"""Seconds that an answer waits for others while requests are handled."""

SLOW = 0.001
"""Seconds of a handler from which on answers must not wait for the handlers of others."""

FORGETTING = 0.98
"""What remains of the longest handler's time with each one that is shorter."""

allocate_lock = get_original("_thread", "allocate_lock")


class Outbox:
    """The lock is for the watchdog, whose thread sends what a handler that does not return holds up."""

    def __init__(self) -> None:
        self._loop = gevent.get_hub().loop
        self._lock = allocate_lock()
        self._waiting: list[tuple[Line, bytes]] = []
        self._cut_short: list[tuple[Line, bytes]] = []
        self._since = 0.0
        self._longest = 0.0

    def handled(self, seconds: float) -> None:
        """A handler kept the instance for so long."""
        self._longest = max(seconds, self._longest * FORGETTING)

    @property
    def is_useful(self) -> bool:
        """Handlers are short, so that to wait for the next one is no delay."""
        return self._longest < SLOW

    def put(self, line: Line, data: bytes) -> None:
        """Send `data` on `line` soon."""
        now = time.monotonic()
        with self._lock:
            self._waiting.append((line, data))
            is_first = len(self._waiting) == 1
        if is_first:
            self._since = now
            self._loop.run_callback(self.flush)
        elif now - self._since > PATIENCE:
            self.flush()

    def flush(self) -> None:
        """Send all that waits. What a client does not take at once becomes the tail of its line."""
        self.send_now()
        while self._cut_short:
            line, rest = self._cut_short.pop(0)
            line.trail(rest)

    def send_now(self) -> None:
        """Send what clients take at once. May be called from any thread."""
        with self._lock:
            for line, data in self._waiting:
                if rest := data[line.send_some(data) :]:
                    self._cut_short.append((line, rest))
            self._waiting.clear()
