"""Work that keeps a processor busy (password hashes, images), away from the loop of a front."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, ParamSpec, TypeVar

from .errors import Unavailable

P = ParamSpec("P")
R = TypeVar("R")

AT_ONCE = 2
"""Pieces of usual work at once in one process. Each may hold a hundred megabytes, so the rest waits in a queue."""


def offload(function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Call the function and wait for its result without holding up other requests of this process."""
    return _usual().offload(function, *args, **kwargs)


def start_offload(function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> Callable[[], R]:
    """Begin to call the function. What is returned waits for its result, each time that it is called.

    Where no thread would work beside the caller, the function is called at once.
    """
    return _usual().start(function, *args, **kwargs)


class Threads:
    """Threads of their own for work that others must not wait for: `at_once` of them."""

    def __init__(self, at_once: int) -> None:
        self._at_once = at_once

    def offload(self, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """As `offload`."""
        return self.start(function, *args, **kwargs)()

    def start(self, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> Callable[[], R]:
        """As `start_offload`."""
        if not _cooperative():
            done = _outcome(function, args, kwargs)
            return lambda: _told(done)
        # An exception that leaves the thread is printed by gevent, so it crosses as a value.
        result = self._pool.spawn(_outcome, function, args, kwargs)
        return lambda: _told(result.get())

    @cached_property
    def _pool(self) -> Any:
        from gevent.threadpool import ThreadPool  # _cooperative has found it loaded

        return ThreadPool(self._at_once)


class Turns:
    """A queue with an end: `at_once` have their turn, and `waiting` wait for one.

    Make it in the process that uses it, on first use: while modules are imported, locks are not cooperative yet.
    """

    def __init__(self, at_once: int, waiting: int) -> None:
        self._free = threading.Semaphore(at_once)
        self._room = waiting

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for a turn and have it. Raises Unavailable (`busy`) when too many wait."""
        if not self._free.acquire(blocking=False):
            if not self._room:
                raise Unavailable(
                    "Too many are asking for this at once. Try again in a moment.", code="busy", retry_after=2
                )
            self._room -= 1
            try:
                self._free.acquire()
            finally:
                self._room += 1
        try:
            yield
        finally:
            self._free.release()


@dataclass(frozen=True)
class _Failure:
    error: Exception


def _told(outcome: R | _Failure) -> R:
    if isinstance(outcome, _Failure):
        raise outcome.error
    return outcome


def _outcome(function: Callable[..., R], args: tuple[Any, ...], kwargs: dict[str, Any]) -> R | _Failure:
    try:
        return function(*args, **kwargs)
    except Exception as error:
        return _Failure(error)


def _cooperative() -> bool:
    monkey = sys.modules.get("gevent.monkey")
    return monkey is not None and bool(monkey.is_module_patched("threading"))


@lru_cache(maxsize=1)
def _usual() -> Threads:
    return Threads(AT_ONCE)
