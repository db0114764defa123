"""Tells plugins what became of runs until they have taken it in, so that what they write becomes true in the end."""

from __future__ import annotations

import logging
from collections.abc import Callable

import gevent
from gevent.event import Event

from ..contributions import RunChange

FIRST_PAUSE = 0.5
"""Seconds before a change that a plugin could not take in is announced again; twice as long each time."""

LONGEST_PAUSE = 8.0

log = logging.getLogger("m3m.runs")


class Announcer:
    """For each project only the newest change counts: it takes the place of one that still waits."""

    def __init__(self, announce: Callable[[RunChange], None], first_pause: float = FIRST_PAUSE) -> None:
        self._announce = announce
        self._first_pause = first_pause
        self._waiting: dict[str, RunChange] = {}
        self._working: dict[str, Event] = {}
        self._closed = False

    def tell(self, change: RunChange) -> None:
        if self._closed:
            return
        project = change.spec.project_id
        self._waiting[project] = change
        if project not in self._working:
            self._working[project] = Event()
            gevent.spawn(self._work, project)

    def _work(self, project: str) -> None:
        pause = self._first_pause
        while not self._closed and (change := self._waiting.get(project)) is not None:
            if self._attempt(change, pause):
                pause = self._first_pause
                if self._waiting.get(project) is change:
                    del self._waiting[project]
            else:
                gevent.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE)
        self._working.pop(project).set()

    def _attempt(self, change: RunChange, pause: float) -> bool:
        try:
            self._announce(change)
        except Exception as error:
            log.warning("%s is %s: %s; telling it again in %g s", change.spec.slug, change.status, error, pause)
            return False
        return True

    def wait(self, project: str, seconds: float) -> None:
        """Until all that was told of this project is taken in, at most `seconds`."""
        working = self._working.get(project)
        if working is not None:
            working.wait(seconds)

    def close(self) -> None:
        """From now on nothing is announced: the server stops, and what runs now shall run again at the next start."""
        self._closed = True
