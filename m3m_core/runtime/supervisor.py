"""The process that owns all runs: `python -m m3m_core.runtime.supervisor`. User code never runs here."""

from __future__ import annotations

from gevent import monkey

monkey.patch_all()  # before anything else is imported

# ruff: noqa: E402
import argparse
import logging
import os
import signal
from functools import partial
from pathlib import Path

import gevent
from gevent.event import Event

from .. import config, logs, paths
from ..contributions import RunChange
from ..errors import M3MError, Unavailable
from ..kernel import Kernel
from .control import ControlServer
from .runs import Runs

WAIT_SECONDS = 10
"""Until the log says again why the database does not answer."""

log = logging.getLogger("m3m.supervisor")


def announce(kernel: Kernel, change: RunChange) -> str | None:
    """Tell every plugin; why the run may not go on, if one says so.

    Raises Unavailable when one could not take it in; why is in the log.
    """
    answers = list(kernel.host.answers("m3m_run_changed", change=change))
    failed = [answer.plugin for answer in answers if answer.error is not None]
    if failed:
        raise Unavailable(f"not taken in by {', '.join(failed)}")
    return next((answer.value for answer in answers if answer.value is not None), None)


def get_ready(kernel: Kernel) -> None:
    """`m3m_ready` once the database answers, however long that takes."""
    while True:
        try:
            kernel.db.wait(WAIT_SECONDS)
            break
        except M3MError as error:
            log.error("not ready: %s", error.message)
    kernel.host.each("m3m_ready")
    log.info("ready")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--config", type=Path)
    parser.add_argument("--boot", default="")
    options = parser.parse_args()
    settings = config.load(options.config, os.environ)
    logs.setup(settings.logging.level)
    ended = Event()
    gevent.signal_handler(signal.SIGTERM, ended.set)
    signal.signal(signal.SIGINT, signal.SIG_IGN)

    kernel = Kernel(settings, "supervisor", boot=options.boot)
    passed_on = ["--boot", options.boot, *(["--config", str(options.config)] if options.config else [])]
    runs = Runs(settings, options.boot, passed_on, partial(announce, kernel))
    runs.open()
    kernel.start()
    runs.leave_off(kernel.host.failed())
    control = ControlServer(paths.supervisor_socket(settings), runs)
    control.start()
    getting_ready = gevent.spawn(get_ready, kernel)
    ended.wait()
    getting_ready.kill()  # plugins that still were about it would find the database closed
    control.stop()
    runs.close()
    kernel.stop()


if __name__ == "__main__":
    main()
