"""The status of a run, as the supervisor tells it."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import gevent

if TYPE_CHECKING:
    from .run import Run

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
"""Of a project that has not run since the supervisor is up."""


def describe(run: Run) -> dict[str, Any]:
    """All instances are asked at once; one that is busy is shown with its last figures."""
    instances = list(run.instances.values())
    asking = [gevent.spawn(instance.sample) for instance in instances]
    gevent.joinall(asking)
    samples = [greenlet.value or {} for greenlet in asking]
    reports: dict[str, Any] = next((sample["reports"] for sample in samples if sample), {})
    source = run.spec.source
    return {
        "status": run.status,
        "source": {**asdict(source), "is_stable": source.tag == "stable"},
        "run_id": run.spec.run_id,
        "started_at": run.started_at,
        "uptime_s": round(run.uptime, 3),
        "instances": [instance.status() for instance in instances],
        "routes": reports.get("routes", []),
        "jobs": reports.get("jobs", []),
        "requests": sum(sample.get("requests", 0) for sample in samples),
        "errors": sum(sample.get("errors", 0) for sample in samples),
        "restarts": run.restarts,
        "last_error": run.error,
    }
