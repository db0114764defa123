"""Pages of logs are read away from the loop of a front, of one project one at a time: a search reads all of a log."""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec, TypeVar
from weakref import WeakValueDictionary

from m3m_core import Threads, Turns

P = ParamSpec("P")
R = TypeVar("R")

AT_ONCE = 2
"""Projects whose logs are read at the same time."""

WAITING = 10
"""Further requests of one project that wait for their turn."""


class Searches:
    def __init__(self) -> None:
        self._threads = Threads(AT_ONCE)
        self._turns: WeakValueDictionary[str, Turns] = WeakValueDictionary()

    def run(self, project_id: str, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Raises Unavailable (`busy`) when too many of the project wait already."""
        turns = self._turns.get(project_id)
        if turns is None:
            turns = self._turns[project_id] = Turns(1, WAITING)
        with turns.turn():
            return self._threads.offload(function, *args, **kwargs)
