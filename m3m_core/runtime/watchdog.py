"""A native thread that ends the runner when a piece of JavaScript does not return.

The engine cannot be interrupted while host functions must stay callable, but it runs with the GIL released, so a thread
outside gevent sees time pass. It answers who waits, writes why, and ends the process; the supervisor starts a new one.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from gevent.monkey import get_original

from .exits import EXIT_STUCK

if TYPE_CHECKING:
    from .engine import Engine

start_thread = get_original("_thread", "start_new_thread")
sleep = get_original("time", "sleep")

SHORTEST_PAUSE, LONGEST_PAUSE = 0.02, 0.5
"""Seconds between two looks: a twentieth of the limit, within these."""


def watch(engine: Engine, on_busy: Callable[[], None], on_stuck: Callable[[float], None]) -> None:
    """Hold every piece to `engine.timeout`.

    `on_busy()` is called at each look at a piece that is not at its end, `on_stuck(seconds)` at the limit. Both
    run in the thread and must not touch gevent or JavaScript.
    """

    def loop() -> None:
        while True:
            sleep(min(max(engine.timeout / 20, SHORTEST_PAUSE), LONGEST_PAUSE))
            entered = engine.entered
            elapsed = time.monotonic() - entered
            if entered:
                on_busy()
            if entered and elapsed > engine.timeout:
                try:
                    on_stuck(elapsed)
                finally:
                    os._exit(EXIT_STUCK)

    start_thread(loop, ())
