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
    if not _cooperative():
        return function(*args, **kwargs)
    # An exception that leaves the thread is printed by gevent, so it crosses as a value.
    result: R | _Failure = _pool().apply(_outcome, (function, args, kwargs))
    if isinstance(result, _Failure):
        raise result.error
    return result


@dataclass(frozen=True)
class _Failure:
    error: Exception


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
    from gevent.threadpool import ThreadPool  # only a front has gevent loaded, and only there is it needed

    return ThreadPool(AT_ONCE)
