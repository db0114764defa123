"""The memory of a JavaScript context, and its end."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


class Heap:
    """At most `limit` bytes. `exhausted` becomes true when they are used up; `on_exhausted` is told once."""

    def __init__(self, context: Any, limit: int, on_exhausted: Callable[[], None]) -> None:
        self.exhausted = False
        self._context = context
        self._limit = limit
        self._on_exhausted = on_exhausted
        context.set_memory_limit(limit)

    def used(self) -> int:
        """Bytes."""
        return int(self._context.memory()["memory_used_size"])

    def out_of_memory(self) -> bool:
        """JavaScript caught what may be the end of its memory: a full heap is; one huge request for memory is not."""
        if self.used() > self._limit // 2:
            self.exhaust()
        return self.exhausted

    def exhaust(self) -> None:
        if not self.exhausted:
            self.exhausted = True
            self._on_exhausted()
