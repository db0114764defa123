"""The timers of an instance: one greenlet sleeps until the next is due, and none sleeps when there are none."""

from __future__ import annotations

import time
from collections.abc import Callable

import gevent
from gevent.event import Event

from ..agenda import Agenda


class Timers:
    """`fire` is called with the number of a timer that is due. It may wait, and it must not raise."""

    def __init__(self, fire: Callable[[int], None]) -> None:
        self._fire = fire
        self._agenda: Agenda[int, float] = Agenda()
        self._woken = Event()
        self._greenlet: gevent.Greenlet | None = None

    def add(self, number: int, milliseconds: float) -> None:
        due = time.monotonic() + milliseconds / 1000
        self._agenda.put(number, due)
        if self._greenlet is None:
            self._greenlet = gevent.spawn(self._run)
        elif self._agenda.first() == (due, number):
            self._woken.set()

    def clear(self, number: int) -> None:
        self._agenda.drop(number)

    def _run(self) -> None:
        while (first := self._agenda.first()) is not None:
            due, number = first
            wait = due - time.monotonic()
            if wait > 0:
                self._woken.clear()
                self._woken.wait(wait)
                continue
            self._agenda.drop(number)
            self._fire(number)
            gevent.sleep(0)  # requests come in between, however many timers are due
        self._greenlet = None
