"""Starts the zygote. Run as a file, `python -P zygote_main.py`: nothing, not even this package, is imported before it.

It leaves out what libraries want to do at a fork where that has no use. Handlers of `os.register_at_fork` reset locks
and threads for a child that is forked while other threads run. The zygote has one thread and holds no lock, but each
handler touches objects all over the heap, and each touched page is a copy: together 0.7 MB in every runner. Handlers of
other modules run as ever.
"""

from __future__ import annotations

import os
from typing import Any

USELESS = frozenset(
    {
        "threading",
        "logging",
        "random",  # a runner seeds it itself
        "gevent.threading",
        "gevent.thread",
        "gevent._gevent_c_semaphore",
        "concurrent.futures.thread",
        "bson",
        "pymongo.asynchronous.mongo_client",
        "pymongo.synchronous.mongo_client",
    }
)
"""Modules whose handlers do nothing for a child of one thread, without held locks, without open database clients."""

_register = os.register_at_fork


def _chosen(**handlers: Any) -> None:
    if not USELESS.intersection(_module(handler) for handler in handlers.values()):
        _register(**handlers)


def _module(handler: object) -> str:
    owner = getattr(handler, "__self__", None)  # a bound method is known by the class of its object
    return str(getattr(handler, "__module__", None) or type(owner).__module__)


if __name__ == "__main__":
    os.register_at_fork = _chosen

    from m3m_core.runtime.zygote import main

    main()
