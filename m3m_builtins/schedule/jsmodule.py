"""The host side of `schedule`: checks what the service wrote and keeps its jobs."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, cast

from m3m_core import JSModule, RunContext, script_beside

from .cron import TICK
from .job import Job, Overlap
from .plans import Plan, make, wrong
from .scheduler import Scheduler
from .summary import summary

SCRIPT = script_beside(__file__, "schedule.js")

MOST_JOBS = 10_000

OVERLAPS = ("skip", "queue", "allow")
COMMON = ("name", "timezone", "overlap")
OPTIONS = {
    "daily": ("at", *COMMON),
    "hourly": ("minute", *COMMON),
    "minutely": COMMON,
    "weekly": ("day", "at", *COMMON),
    "monthly": ("day", "at", *COMMON),
    "at": COMMON,
    "cron": COMMON,
    "every": ("name", "overlap"),
    "once": ("name", "timezone"),
    "delay": ("name",),
}


class Schedule:
    """Only instance 0 fires jobs; the others keep them so that `list` says the same everywhere."""

    def __init__(self, run: RunContext) -> None:
        self._run = run
        self._numbers = itertools.count(1)
        self._scheduler = Scheduler(run)
        run.report("jobs", lambda: summary(self._scheduler.jobs))
        run.report("jobs_total", lambda: len(self._scheduler.jobs))

    def add(self, kind: str, when: Any, options: Any, callback: int) -> str:
        """Register a job; returns its id. `when` is a time, a duration or an expression, by kind."""
        checked = check_options(kind, options)
        now = datetime.now(UTC)
        since = now - TICK
        plan = make(kind, when, checked, now)
        self._check_room(checked.get("name", ""))
        self._check_future(plan, since)
        job = Job(
            id=f"job-{next(self._numbers)}",
            name=checked.get("name", ""),
            plan=plan,
            callback=callback,
            overlap=cast(Overlap, checked.get("overlap", "skip")),
            standby=self._run.instance != 0,
            since=since,
        )
        self._scheduler.add(job)
        return job.id

    def _check_room(self, name: str) -> None:
        if name and self._scheduler.find(name) is not None:
            raise wrong(f'there is a job named "{name}" already; cancel it first or choose another name')
        if len(self._scheduler.jobs) >= MOST_JOBS:
            raise wrong(f"too many jobs: at most {MOST_JOBS} may wait at once")

    def _check_future(self, plan: Plan, since: datetime) -> None:
        """A date that can never come is a mistake; one that has passed is not: the service was just started later."""
        if plan.after(since) is not None:
            return
        if plan.repeats:
            raise wrong(f'"{plan.text}" never comes: there is no such day')
        self._run.log("warn", f"schedule {plan.text}: that time has passed, the job will not run")

    def cancel(self, key: str) -> int:
        """The callback of the job that was taken away, 0 when there is none."""
        job = self._scheduler.find(key)
        if job is None:
            return 0
        self._scheduler.remove(job)
        return job.callback

    def pause(self, key: str) -> bool:
        job = self._scheduler.find(key)
        if job is not None:
            self._scheduler.pause(job)
        return job is not None

    def resume(self, key: str) -> bool:
        job = self._scheduler.find(key)
        if job is not None:
            self._scheduler.resume(job)
        return job is not None

    def list(self) -> list[dict[str, Any]]:
        return [job.describe() for job in self._scheduler.jobs]

    def get(self, key: str) -> dict[str, Any] | None:
        job = self._scheduler.find(key)
        return None if job is None else job.describe()


def check_options(kind: str, options: Any) -> Mapping[str, Any]:
    if options is None:
        return {}
    if not isinstance(options, dict):
        raise wrong(f"schedule.{kind}: options are an object such as {{timezone: 'Europe/Berlin'}}, not {options}")
    for name in options:
        if name not in OPTIONS[kind]:
            raise wrong(f'schedule.{kind} has no option "{name}"; it has {", ".join(OPTIONS[kind])}')
    if options.get("overlap", "skip") not in OVERLAPS:
        raise wrong(f'option "overlap" is skip, queue or allow, not {options["overlap"]}')
    if not isinstance(options.get("name", ""), str):
        raise wrong('option "name" is a text')
    return options


def schedule_module(run: RunContext) -> JSModule:
    return JSModule("schedule", Schedule(run), SCRIPT)
