"""The process that owns all runs: `python -m m3m_core.runtime.supervisor`. User code never runs here."""

from __future__ import annotations

from gevent import monkey

monkey.patch_all()  # before anything else is imported

# ruff: noqa: E402
import argparse
import logging
import os
import shutil
import signal
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import gevent
from gevent.event import Event
from gevent.pool import Pool

from .. import config, logs, paths
from ..contributions import RunChange, RunSpec
from ..errors import Conflict, M3MError
from ..kernel import Kernel
from ..settings import Settings
from .announcer import Announcer
from .control import ControlServer
from .forge import Forge
from .run import Run
from .runlog import cap

CARE_EVERY = 2.0
"""Seconds between looks at log sizes and memory."""

ANNOUNCE_WAIT = 2.0
"""Seconds that a start or stop waits for the database to know, before it answers all the same."""

BOOT_TOGETHER = 8
"""Instances that boot at once when the server starts."""

log = logging.getLogger("m3m.supervisor")


class Supervisor:
    """The operations of the control socket. Each raises M3MError for what its caller did wrong."""

    def __init__(self, settings: Settings, kernel: Kernel, options: Sequence[str]) -> None:
        self._settings = settings
        self._kernel = kernel
        self._runs: dict[str, Run] = {}
        self._forge = Forge(options, self._exited)
        self._announcer = Announcer(self._announce)

    def open(self) -> None:
        shutil.rmtree(paths.runners(self._settings), ignore_errors=True)  # left by an unclean end
        self._forge.warm_up()
        gevent.spawn(self._care)

    # ---- operations ----

    def ping(self) -> bool:
        return True

    def start(self, spec: RunSpec) -> dict[str, Any]:
        """Answers when `service.start` is done. Raises Invalid for code that does not start, Conflict when it runs."""
        run = self._new_run(spec)
        good = run.boot() and run.start()
        self._announcer.wait(spec.project_id, ANNOUNCE_WAIT)
        if not good:
            run.refuse()
        return run.describe()

    def start_many(self, specs: Sequence[RunSpec]) -> dict[str, str]:
        """All boots, then all starts. Returns the error of each project that did not start."""
        errors: dict[str, str] = {}
        runs = {spec.project_id: self._new_run(spec) for spec in specs}

        def attempt(project: str, step: Any) -> None:
            try:
                if not step(runs[project]):
                    runs[project].refuse()
            except M3MError as error:
                errors[project] = error.message

        for step in (Run.boot, Run.start):
            pool = Pool(BOOT_TOGETHER)
            for project in [name for name in runs if name not in errors]:
                pool.spawn(attempt, project, step)
            pool.join()
        return errors

    def _new_run(self, spec: RunSpec) -> Run:
        known = self._runs.get(spec.project_id)
        if known is not None and not known.over:
            raise Conflict(f"The project is {known.status} already.", code=f"already_{known.status}")
        run = self._runs[spec.project_id] = Run(spec, self._settings.runtime, self._forge, self._changed)
        return run

    def stop(self, project_id: str) -> dict[str, Any]:
        """Answers when all is down; a project that does not run is stopped already."""
        run = self._runs.get(project_id)
        if run is not None:
            run.stop()
            self._announcer.wait(project_id, ANNOUNCE_WAIT)
        return self.status(project_id)

    def status(self, project_id: str) -> dict[str, Any]:
        run = self._runs.get(project_id)
        return run.describe() if run is not None else dict(STOPPED)

    def statuses(self) -> dict[str, str]:
        return {project: run.status for project, run in self._runs.items()}

    def is_coming(self, slug: str) -> bool:
        """Whether a service that does not answer now is about to: it starts, or a crashed instance is restarted."""
        return any(run.spec.slug == slug and run.status in ("starting", "running") for run in self._runs.values())

    def reload(self) -> None:
        """New runs get the plugins as they are on disk now."""
        self._forge.renew()

    # ---- what happens ----

    def _exited(self, pid: int, status: int) -> None:
        for run in self._runs.values():
            run.exited(pid, status)

    def _changed(self, run: Run) -> None:
        if self._runs.get(run.spec.project_id) is run:
            log.info("run %s of %s is %s", run.spec.run_id, run.spec.slug, run.status)
            self._announcer.tell(RunChange(run.spec, run.status, self._kernel.host.boot, run.error))

    def _announce(self, change: RunChange) -> None:
        # `first` because it raises: a change that one plugin could not take in is told again
        self._kernel.host.first("m3m_run_changed", change=change)

    def _care(self) -> None:
        while True:
            gevent.sleep(CARE_EVERY)
            for run in list(self._runs.values()):
                cap(Path(run.spec.log_path), self._settings.runtime.log_limit)
                run.check_memory()

    def close(self) -> None:
        self._announcer.close()
        gevent.joinall([gevent.spawn(run.stop) for run in self._runs.values()])


STOPPED: dict[str, Any] = {
    "status": "stopped",
    "source": None,
    "run_id": None,
    "started_at": None,
    "uptime_s": 0.0,
    "instances": [],
    "routes": [],
    "jobs": [],
    "requests": 0,
    "errors": 0,
    "restarts": 0,
    "last_error": None,
}


def get_ready(kernel: Kernel) -> None:
    """`m3m_ready` once the database answers, however long that takes."""
    while True:
        try:
            kernel.db.wait(60)
            break
        except M3MError as error:
            log.error("waiting for the database: %s", error.message)
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
    supervisor = Supervisor(settings, kernel, passed_on)
    supervisor.open()
    control = ControlServer(paths.supervisor_socket(settings), supervisor)
    control.start()
    kernel.start()
    gevent.spawn(get_ready, kernel)
    ended.wait()
    control.stop()
    supervisor.close()
    kernel.stop()


if __name__ == "__main__":
    main()
