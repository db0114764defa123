"""The histories of all projects, and what the machine does: kept by the supervisor, in memory."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import gevent

from .figures import STOPPED, describe
from .gauge import Gauge, HostGauge
from .histogram import below
from .history import SLOTS, History
from .run import Run

MEASURE_EVERY = 10.0
"""Seconds between two looks at what runs use."""

BOUNDS = tuple(2**power / 1_000_000 for power in range(9, 26, 2))
"""Seconds, from half a millisecond to half a minute: where buckets of the histogram begin."""

log = logging.getLogger("m3m.supervisor")


class Monitor:
    """`runs` are all runs by project; `own` is the id of this process."""

    def __init__(self, runs: Mapping[str, Run], data: Path, own: int) -> None:
        self._runs = runs
        self._histories: dict[str, History] = {}
        self._host = HostGauge(data)
        self._own = Gauge(own)

    def history(self, project_id: str) -> History:
        """The project's, made when it starts for the first time."""
        return self._histories.setdefault(project_id, History())

    def forget(self, project_id: str) -> None:
        self._histories.pop(project_id, None)

    def watch(self) -> None:
        while True:
            gevent.sleep(MEASURE_EVERY)
            for run in list(self._runs.values()):
                if run.status == "running":
                    gevent.spawn(self._measure, run)

    def _measure(self, run: Run) -> None:
        try:
            run.meter.measure(list(run.instances.values()))
        except Exception:
            log.exception("a look at the figures of %s failed", run.spec.slug)

    def show(self, project_id: str, slots: int) -> dict[str, Any]:
        """The status, the last `slots` slots before the current one, the routes, the machine."""
        run = self._runs.get(project_id)
        status = describe(run) if run is not None else dict(STOPPED)
        history = self._histories.get(project_id) or History()
        return {
            **status,
            "slots": history.slots(min(max(slots, 0), SLOTS)),
            "by_route": history.book.told(),
            "by_route_since": history.book.since,
            "host": self._host.read(),
        }

    def usage(self, project_ids: Iterable[str]) -> dict[str, dict[str, Any]]:
        """What the instances of each of the projects use together. No runner is asked, so many are told at once."""
        runs = {project_id: run for project_id in project_ids if (run := self._runs.get(project_id)) and run.instances}
        return {
            project_id: {
                "cpu_percent": round(sum(each.gauge.cpu_percent() for each in run.instances.values()), 1),
                "memory_bytes": sum(each.gauge.memory() for each in run.instances.values()),
            }
            for project_id, run in runs.items()
        }

    def figures(self) -> dict[str, Any]:
        """Of every project that has run since the supervisor is up, with what was counted since then.

        `latencies` are how many requests took less than so many seconds.
        """
        return {
            "host": self._host.read(),
            "supervisor": {"memory_bytes": self._own.memory(), "cpu_seconds": self._own.cpu_seconds()},
            "projects": list(self._projects()),
        }

    def _projects(self) -> Iterator[dict[str, Any]]:
        for project_id, run in list(self._runs.items()):
            totals = self.history(project_id).totals
            instances = list(run.instances.values())
            yield {
                "id": project_id,
                "slug": run.spec.slug,
                "status": run.status,
                "instances": sum(instance.state == "running" for instance in instances),
                "memory_bytes": sum(instance.gauge.memory() for instance in instances),
                "heap_bytes": sum(instance.heap_bytes for instance in instances),
                "lag_ms": max((instance.lag_ms for instance in instances), default=0.0),
                "requests": totals.requests,
                "errors": totals.errors,
                "jobs": totals.jobs,
                "restarts": totals.restarts,
                "cpu_seconds": totals.cpu_seconds,
                "latency_seconds": totals.latency_seconds,
                "latencies": [(bound, below(totals.latencies, bound)) for bound in BOUNDS],
            }
