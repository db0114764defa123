"""A native thread that ends the runner when a piece of JavaScript does not return.

The engine cannot be interrupted while host functions must stay callable, but it runs with the GIL released, so a thread
outside gevent sees time pass. It answers who waits, writes why, and ends the process; the supervisor starts a new one.
"""

from __future__ import annotations

import os
import time as patched_time
from collections.abc import Callable
from typing import TYPE_CHECKING

from gevent.monkey import get_original

if TYPE_CHECKING:
    from .engine import Engine

start_thread = get_original("_thread", "start_new_thread")
sleep = get_original("time", "sleep")

EXIT_STUCK = 70
"""Exit status of a runner that the watchdog ended (EX_SOFTWARE)."""


def watch(engine: Engine, timeout: float, on_stuck: Callable[[str, float], None]) -> None:
    """Look every now and then. `on_stuck(label, seconds)` runs in the thread: no gevent and no JavaScript there."""
    pause = min(max(timeout / 20, 0.02), 0.5)

    def loop() -> None:
        while True:
            sleep(pause)
            entered = engine.entered
            elapsed = patched_time.monotonic() - entered
            if entered and elapsed > timeout:
                try:
                    on_stuck(str(engine.label), elapsed)
                finally:
                    os._exit(EXIT_STUCK)

    start_thread(loop, ())
