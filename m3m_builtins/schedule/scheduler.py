"""The jobs of one instance: a greenlet that sleeps until the next one is due. Nothing runs before the first job."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import gevent
from gevent.event import Event

from m3m_core import RunContext, ScriptError, rfc3339
from m3m_core.agenda import Agenda

from .job import Finished, Job

LONGEST_SLEEP = 60.0
"""Seconds: a clock that was set, or a machine that was suspended, is noticed within a minute."""

MOST_WAITING = 100
"""Runs of one job that may be going on or queued (`overlap` queue and allow); the ones beyond are skipped."""

LONGEST_ERROR = 300
"""Characters of an error in a job's history; the log has all of it."""


class Scheduler:
    def __init__(self, run: RunContext) -> None:
        self._run = run
        self._jobs: dict[str, Job] = {}
        self._agenda: Agenda[Job, datetime] = Agenda()
        self._changed = Event()
        self._loop: gevent.Greenlet | None = None
        self._begun = False
        run.on_start(self.begin)
        run.on_stop(self.stop)

    @property
    def jobs(self) -> list[Job]:
        return list(self._jobs.values())

    def find(self, key: str) -> Job | None:
        """A job by its id or its name."""
        return self._jobs.get(key) or next((job for job in self._jobs.values() if job.name == key and key), None)

    def add(self, job: Job) -> None:
        self._jobs[job.id] = job
        self._plan(job)
        self._wake()

    def remove(self, job: Job) -> None:
        self._jobs.pop(job.id, None)
        self._unplan(job)
        job.waiting = 0

    def pause(self, job: Job) -> None:
        job.paused = True
        self._unplan(job)

    def resume(self, job: Job) -> None:
        job.paused = False
        self._plan(job)
        self._wake()

    def begin(self) -> None:
        """From here on jobs are fired: not before the service is ready for them."""
        self._begun = True
        self._wake()

    def stop(self) -> None:
        """Fire nothing any more, also of what is added from here on. Runs that are going on go on."""
        self._begun = False
        for job in self.jobs:
            job.waiting = 0
        if self._loop is not None:
            self._loop.kill(block=False)

    def _plan(self, job: Job) -> None:
        if job.standby or job.paused:
            return
        job.next_run = job.plan.after(datetime.now(UTC) if job.plan.repeats else job.since)
        if job.next_run is not None:
            self._agenda.put(job, job.next_run)

    def _unplan(self, job: Job) -> None:
        job.next_run = None
        self._agenda.drop(job)

    def _wake(self) -> None:
        self._changed.set()
        if self._begun and self._agenda and self._loop is None:
            self._loop = gevent.spawn(self._wait_and_fire)

    def _wait_and_fire(self) -> None:
        while True:
            self._changed.clear()
            now = datetime.now(UTC)
            while (first := self._agenda.first()) is not None and first[0] <= now:
                when, job = first
                self._agenda.drop(job)
                self._fire(job, when)
            self._changed.wait(self._pause())

    def _pause(self) -> float | None:
        """Seconds until the next entry; None without one: sleep until something changes."""
        first = self._agenda.first()
        if first is None:
            return None
        left = (first[0] - datetime.now(UTC)).total_seconds()
        return min(max(left, 0), LONGEST_SLEEP)

    def _fire(self, job: Job, when: datetime) -> None:
        """Start the run that was due at `when`. Times that passed while the instance was busy are not made up for."""
        if job.plan.repeats:
            self._plan(job)
        else:
            job.next_run = None
            self._jobs.pop(job.id, None)
        going_on = job.running + job.waiting
        if going_on and (job.overlap == "skip" or going_on >= MOST_WAITING):
            self._skip(job)
        elif job.running and job.overlap == "queue":
            job.waiting += 1
        else:
            job.running += 1
            gevent.spawn(self._work, job, when)

    def _skip(self, job: Job) -> None:
        """Count it; the log hears of the first one only, so that a stuck job does not flood it."""
        job.skipped += 1
        if job.skipped == 1:
            self._run.log("warn", f"{job.label}: skipped, the run before is still going (later ones are only counted)")

    def _work(self, job: Job, when: datetime) -> None:
        try:
            self._call(job, when)
            while job.waiting:
                job.waiting -= 1
                self._call(job, datetime.now(UTC))
        finally:
            job.running -= 1

    def _call(self, job: Job, when: datetime) -> None:
        started, clock, error = datetime.now(UTC), time.monotonic(), ""
        about = {"id": job.id, "name": job.name, "scheduledAt": rfc3339(when)}
        try:
            self._run.call(job.callback, about, label=job.label)
        except ScriptError as failure:
            error = f"{failure.name}: {failure.message}" if failure.name else failure.message
            self._run.fail(job.label, failure)
        job.runs += 1
        job.history.append(Finished(started, round((time.monotonic() - clock) * 1000), shortened(error)))


def shortened(text: str) -> str:
    return text if len(text) <= LONGEST_ERROR else f"{text[: LONGEST_ERROR - 1]}…"
