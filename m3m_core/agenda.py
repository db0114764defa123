"""What is due when: a heap whose entries can be moved and taken back."""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Hashable, Iterator
from typing import Any, Generic, TypeVar

K = TypeVar("K", bound=Hashable)
T = TypeVar("T", bound=Any)

SLACK = 1000
"""Entries that are no longer true and may stay in the heap before it is made anew."""


class Agenda(Generic[K, T]):
    """Keys by their times, which can be anything that has an order. Of equal times, what was put first is first."""

    def __init__(self) -> None:
        self._entries: dict[K, tuple[T, int, K]] = {}
        self._heap: list[tuple[T, int, K]] = []
        self._order = itertools.count()

    def __iter__(self) -> Iterator[K]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def put(self, key: K, due: T) -> None:
        """In place of what the key had before."""
        entry = self._entries[key] = (due, next(self._order), key)
        heapq.heappush(self._heap, entry)
        self._compact()

    def drop(self, key: K) -> None:
        """Nothing when it is not there."""
        self._entries.pop(key, None)
        self._compact()

    def first(self) -> tuple[T, K] | None:
        while self._heap:
            due, _, key = entry = self._heap[0]
            if self._entries.get(key) is entry:
                return due, key
            heapq.heappop(self._heap)
        return None

    def _compact(self) -> None:
        if len(self._heap) > 2 * len(self._entries) + SLACK:
            self._heap = list(self._entries.values())
            heapq.heapify(self._heap)
