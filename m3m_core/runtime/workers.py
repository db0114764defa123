"""What runs beside the JavaScript of an instance: so many pieces of each kind at once, the rest queued."""

from __future__ import annotations

from collections.abc import Callable

import gevent
from gevent.lock import BoundedSemaphore


class Workers:
    """Two bounds of the same size: a piece of work may wait for a host call, which must not wait for that work."""

    def __init__(self, size: int) -> None:
        self._work, self._calls = BoundedSemaphore(size), BoundedSemaphore(size)

    def spawn(self, function: Callable[..., object], *args: object) -> None:
        """Work of modules, which may enter JavaScript and wait for what it promises."""
        gevent.spawn(_within, self._work, function, args)

    def call(self, job: Callable[[], object], *, pooled: bool) -> None:
        """A host call that JavaScript awaits; one that is not `pooled` has a bound of its own and begins at once."""
        if pooled:
            gevent.spawn(_within, self._calls, job, ())
        else:
            gevent.spawn(job)


def _within(bound: BoundedSemaphore, function: Callable[..., object], args: tuple[object, ...]) -> None:
    with bound:
        function(*args)
