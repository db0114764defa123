"""All runs of the server: the operations that the control socket offers."""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import gevent
from gevent.pool import Pool

from .. import paths
from ..contributions import RunChange, RunSpec
from ..errors import Conflict, M3MError
from ..settings import Settings
from .announcer import Announcer
from .figures import STOPPED, describe
from .monitor import Monitor
from .plugincheck import failing
from .run import Run, start_stopped
from .spawner import Spawner

CARE_EVERY = 2.0
"""Seconds between looks at the memory and the heartbeat of runners."""

ANNOUNCE_WAIT = 2.0
"""Seconds that a start or stop waits for the database to know, before it answers all the same."""

BOOT_TOGETHER = 8
"""Projects that boot at once when the server starts."""

log = logging.getLogger("m3m.supervisor")


class Runs:
    """Each operation raises M3MError for what its caller did wrong.

    `boot` names this start of the server, `options` are the arguments of the zygote, `announce` makes a new state of a
    run known, raises when somebody could not take it in, and tells why the run may not go on, if so.
    """

    def __init__(
        self, settings: Settings, boot: str, options: Sequence[str], announce: Callable[[RunChange], str | None]
    ) -> None:
        self._settings = settings
        self._boot = boot
        self._runs: dict[str, Run] = {}
        self._options = options
        self._spawner = Spawner(options, self._exited)
        self._announce = announce
        self._announcer = Announcer(self._made_known)
        self._monitor = Monitor(self._runs, settings.data.path, os.getpid())

    def open(self) -> None:
        shutil.rmtree(paths.runners(self._settings), ignore_errors=True)  # left by an unclean end
        self._spawner.warm_up()
        gevent.spawn(self._care)
        gevent.spawn(self._monitor.watch)

    def leave_off(self, plugins: Mapping[str, str]) -> None:
        """Runs do without these plugins too, which were switched off when they started, for the reasons given."""
        if plugins:
            self._spawner.renew(plugins)

    # ---- operations ----

    def ping(self) -> bool:
        return True

    def start(self, spec: RunSpec) -> dict[str, Any]:
        """Answers when `service.start` is done.

        Raises Invalid for code that does not start, Conflict when it runs or another project answers under the slug.
        """
        run = self._new_run(spec)
        try:
            self._boot_known(run)
            run.start()
        finally:
            self._announcer.wait(spec.project_id, ANNOUNCE_WAIT)
        return describe(run)

    def restart(self, spec: RunSpec) -> dict[str, Any]:
        """Stop what runs of the project, start `spec`. Raises like `start`, Conflict for a stop that came meanwhile."""
        known = self._runs.get(spec.project_id)
        if known is not None:
            stops = known.stops_for_good
            known.stop()
            if known.stops_for_good > stops:
                raise start_stopped()
        return self.start(spec)

    def start_many(self, specs: Sequence[RunSpec]) -> dict[str, str]:
        """All boots, then all starts. Returns the error of each project that did not start."""
        runs: dict[str, Run] = {}
        errors: dict[str, str] = {}

        def attempt(project: str, step: Callable[[Run], None]) -> None:
            try:
                step(runs[project])
            except M3MError as error:
                errors[project] = error.message

        for spec in specs:
            try:
                runs[spec.project_id] = self._new_run(spec)
            except Conflict as error:
                errors[spec.project_id] = error.message
        for step in (self._boot_known, Run.start):
            pool = Pool(BOOT_TOGETHER)
            for project in [project for project in runs if project not in errors]:
                pool.spawn(attempt, project, step)
            pool.join()
        return errors

    def _new_run(self, spec: RunSpec) -> Run:
        known = self._runs.get(spec.project_id)
        if known is not None and not known.over:
            raise Conflict(f"The project is {known.status} already.", code=f"already_{known.status}")
        if any(run.spec.slug == spec.slug and not run.over for run in self._runs.values()):
            raise Conflict(f"Another project still answers as {spec.slug}. Stop it first.", code="slug_in_use")
        history = self._monitor.history(spec.project_id)
        run = Run(spec, self._settings, self._spawner, self._changed, history=history)
        self._runs[spec.project_id] = run
        return run

    def _boot_known(self, run: Run) -> None:
        """Boot it. One that may not be is stopped here, before it takes requests, unless the database is slow."""
        run.boot()
        self._announcer.wait(run.spec.project_id, ANNOUNCE_WAIT)

    def stop(self, project_id: str) -> dict[str, Any]:
        """Answers when all is down; a project that does not run is stopped already."""
        run = self._runs.get(project_id)
        if run is not None:
            run.stop_for_good()
            self._announcer.wait(project_id, ANNOUNCE_WAIT)
        return self.status(project_id)

    def status(self, project_id: str) -> dict[str, Any]:
        run = self._runs.get(project_id)
        return describe(run) if run is not None else dict(STOPPED)

    def usage(self, project_ids: Iterable[str]) -> dict[str, dict[str, Any]]:
        return self._monitor.usage(project_ids)

    def monitor(self, project_id: str, slots: int) -> dict[str, Any]:
        return self._monitor.show(project_id, slots)

    def figures(self) -> dict[str, Any]:
        return self._monitor.figures()

    def forget(self, project_id: str) -> None:
        """The project is deleted: stop it, and keep nothing of it."""
        run = self._runs.get(project_id)
        if run is not None:
            run.stop_for_good()
            if self._runs.get(project_id) is run:
                del self._runs[project_id]
        self._monitor.forget(project_id)

    def coming(self) -> list[str]:
        """The services that answer, or that are about to when they do not: they start, or an instance is restarted."""
        return [run.spec.slug for run in self._runs.values() if run.status in ("starting", "running")]

    def notify(self, project_id: str, topic: str) -> None:
        """Tell a project's instances that something has changed; nothing is to be done when none runs."""
        run = self._runs.get(project_id)
        if run is not None:
            run.notify(topic)

    def reload(self) -> None:
        """New runs get the plugins as they are on disk now."""
        self._spawner.renew(failing(self._options))

    # ---- what happens ----

    def _exited(self, pid: int, status: int) -> None:
        for run in self._runs.values():
            run.exited(pid, status)

    def _changed(self, run: Run) -> None:
        if self._runs.get(run.spec.project_id) is run:
            log.info("run %s of %s is %s", run.spec.run_id, run.spec.slug, run.status)
            self._announcer.tell(RunChange(run.spec, run.status, self._boot, run.error))

    def _made_known(self, change: RunChange) -> None:
        objection = self._announce(change)
        run = self._runs.get(change.spec.project_id)
        if objection and run is not None and run.spec is change.spec and run.status in ("starting", "running"):
            log.warning("run %s of %s is stopped: %s", run.spec.run_id, run.spec.slug, objection)
            run.stop()

    def _care(self) -> None:
        while True:
            gevent.sleep(CARE_EVERY)
            for run in list(self._runs.values()):
                try:
                    run.care()
                except Exception:
                    log.exception("a look at the runners of %s failed", run.spec.slug)

    def close(self) -> None:
        self._announcer.close()
        gevent.joinall([gevent.spawn(run.stop) for run in self._runs.values()])
