"""The timers of an instance: one greenlet sleeps until the next is due, and none sleeps when there are none."""

from __future__ import annotations

import heapq
import time
from collections.abc import Callable

import gevent
from gevent.event import Event

SLACK = 1000
"""Cleared timers that may stay in the heap before it is made anew."""


class Timers:
    """`fire` is called with the number of a timer that is due. It may wait, and it must not raise."""

    def __init__(self, fire: Callable[[int], None]) -> None:
        self._fire = fire
        self._due: dict[int, float] = {}
        self._heap: list[tuple[float, int]] = []
        self._woken = Event()
        self._greenlet: gevent.Greenlet | None = None

    def add(self, number: int, milliseconds: float) -> None:
        due = time.monotonic() + milliseconds / 1000
        self._due[number] = due
        heapq.heappush(self._heap, (due, number))
        if self._greenlet is None:
            self._greenlet = gevent.spawn(self._run)
        elif self._heap[0][1] == number:
            self._woken.set()

    def clear(self, number: int) -> None:
        self._due.pop(number, None)
        if len(self._heap) > 2 * len(self._due) + SLACK:
            self._heap = [(due, number) for number, due in self._due.items()]
            heapq.heapify(self._heap)

    def _run(self) -> None:
        while self._heap:
            due, number = self._heap[0]
            if self._due.get(number) != due:
                heapq.heappop(self._heap)
                continue
            wait = due - time.monotonic()
            if wait > 0:
                self._woken.clear()
                self._woken.wait(wait)
                continue
            heapq.heappop(self._heap)
            del self._due[number]
            self._fire(number)
            gevent.sleep(0)  # requests come in between, however many timers are due
        self._greenlet = None
