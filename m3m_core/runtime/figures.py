"""The status of a run, as the supervisor tells it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from operator import itemgetter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .run import Run

SHOWN: dict[str, Any] = {"routes": [], "routes_total": 0, "jobs": [], "jobs_total": 0}
"""Reports with a place of their own in the status; all others are told by their names."""

STOPPED: dict[str, Any] = {
    "status": "stopped",
    "source": None,
    "run_id": None,
    "started_at": None,
    "uptime_s": 0.0,
    "instances": [],
    **SHOWN,
    "reports": {},
    "requests": 0,
    "errors": 0,
    "restarts": 0,
    "last_error": None,
}
"""Of a project that has not run since the supervisor is up."""


def describe(run: Run) -> dict[str, Any]:
    """All instances are asked at once; one that is busy is shown with its last figures."""
    instances = list(run.instances.values())
    run.meter.sample(instances)
    reports: dict[str, Any] = next((instance.reports for instance in instances if instance.reports), {})
    source, totals = run.spec.source, run.meter.totals
    return {
        "status": run.status,
        "source": {**asdict(source), "is_stable": source.tag == "stable"},
        "run_id": run.spec.run_id,
        "started_at": run.started_at,
        "uptime_s": round(run.uptime, 3),
        "instances": [instance.status() for instance in instances],
        **{name: reports.get(name, none) for name, none in SHOWN.items()},
        "reports": {name: report for name, report in reports.items() if name not in SHOWN},
        "requests": totals.requests,
        "errors": totals.errors,
        "restarts": totals.restarts,
        "last_error": newest(run.error, *(instance.failure for instance in instances)),
    }


def newest(*errors: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
    """The first of those that came in the same moment."""
    return max(filter(None, errors), key=itemgetter("at"), default=None)
