"""Work that keeps a processor busy (password hashes, images), away from the loop of a front."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

AT_ONCE = 2
"""Pieces of work at once in one process. Each may hold a hundred megabytes, so the rest waits in a queue."""


def offload(function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Call the function and wait for its result without holding up other requests of this process."""
    return start_offload(function, *args, **kwargs)()


def start_offload(function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> Callable[[], R]:
    """Begin to call the function. What is returned waits for its result, each time that it is called.

    Where no thread would work beside the caller, the function is called at once.
    """
    if not _cooperative():
        done = _outcome(function, args, kwargs)
        return lambda: _told(done)
    # An exception that leaves the thread is printed by gevent, so it crosses as a value.
    result = _pool().spawn(_outcome, function, args, kwargs)
    return lambda: _told(result.get())


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
def _pool() -> Any:
    from gevent.threadpool import ThreadPool  # _cooperative has found it loaded

    return ThreadPool(AT_ONCE)
