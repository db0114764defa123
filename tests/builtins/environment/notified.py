"""What stands in for the supervisor here."""

from __future__ import annotations

from m3m_core import Unavailable
from m3m_core.testing import JSRun


class Supervisor:
    """Stands in for the supervisor's client: passes notices on to the runs of a test."""

    def __init__(self) -> None:
        self.told: list[tuple[str, str]] = []
        self.runs: list[JSRun] = []
        self.is_away = False

    def notify(self, project_id: str, topic: str) -> None:
        if self.is_away:
            raise Unavailable("The supervisor is starting. Try again in a moment.")
        self.told.append((project_id, topic))
        for run in self.runs:
            if run.spec.project_id == project_id:
                run.notify(topic)
