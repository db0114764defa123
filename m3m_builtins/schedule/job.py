"""One job of a service: its plan, its state, and what its last runs did."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from m3m_core import rfc3339

from .plans import Plan

HISTORY = 20
"""Runs that are remembered."""

Overlap = Literal["skip", "queue", "allow"]


@dataclass(frozen=True)
class Finished:
    """A run that has ended; `error` is empty when it went well."""

    started: datetime
    milliseconds: int
    error: str


@dataclass(eq=False)
class Job:
    """`standby`: on an instance that fires no jobs. `running` and `waiting` count runs going on and queued behind.

    `since`: just before it was registered; a time of a single run that has come since then is not missed.
    """

    id: str
    name: str
    plan: Plan
    callback: int
    overlap: Overlap
    standby: bool
    since: datetime
    next_run: datetime | None = None
    paused: bool = False
    running: int = 0
    waiting: int = 0
    runs: int = 0
    skipped: int = 0
    history: deque[Finished] = field(default_factory=lambda: deque(maxlen=HISTORY))

    @property
    def label(self) -> str:
        """How the job is called in logs."""
        return f"schedule {self.name or self.plan.text}"

    @property
    def state(self) -> str:
        if self.standby:
            return "standby"
        if self.paused:
            return "paused"
        if self.running:
            return "running"
        return "finished" if self.next_run is None else "waiting"

    def describe(self, runs: int = HISTORY) -> dict[str, Any]:
        """For the status of the run, with so many of the last runs: snake_case, times as RFC 3339."""
        return {
            "id": self.id,
            "name": self.name,
            "kind": self.plan.kind,
            "plan": self.plan.text,
            "timezone": self.plan.timezone,
            "overlap": self.overlap,
            "state": self.state,
            "next_run": self.next_run and rfc3339(self.next_run),
            "runs": self.runs,
            "skipped": self.skipped,
            "history": [
                {"started_at": rfc3339(run.started), "duration_ms": run.milliseconds, "error": run.error or None}
                for run in list(self.history)[-runs:]
            ],
        }
