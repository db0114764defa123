"""Work that keeps a processor busy (password hashes, images), away from the loop of a front."""

from __future__ import annotations

import sys
from collections.abc import Callable
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
    result: R = _pool().apply(function, args, kwargs)
    return result


def _cooperative() -> bool:
    monkey = sys.modules.get("gevent.monkey")
    return monkey is not None and bool(monkey.is_module_patched("threading"))


@lru_cache(maxsize=1)
def _pool() -> Any:
    from gevent.threadpool import ThreadPool  # only a front has gevent loaded, and only there is it needed

    return ThreadPool(AT_ONCE)
