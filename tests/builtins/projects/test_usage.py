"""What running projects use, in the list of projects."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest

from m3m_builtins.projects.service import ProjectService
from m3m_core import RunSource, Unavailable
from m3m_core.kernel import Kernel
from m3m_core.testing import as_user

RELEASE = RunSource("release", "1.0", "stable")
USED = {"cpu_percent": 12.5, "memory_bytes": 50_000_000}
MANY, UP = 200, 7


class Supervisor:
    """Answers as the supervisor's client does, and counts the questions."""

    def __init__(self) -> None:
        self.asked: list[list[str]] = []
        self.away = False

    def usage(self, project_ids: Iterable[str]) -> dict[str, dict[str, Any]]:
        self.asked.append(list(project_ids))
        if self.away:
            raise Unavailable("The supervisor is starting.")
        return dict.fromkeys(self.asked[-1], USED)


@pytest.fixture
def supervisor(running: Kernel) -> Supervisor:
    made = Supervisor()
    running.runs = made  # type: ignore[assignment]
    return made


def test_what_runs_of_many_is_asked_for_at_once(
    running: Kernel, projects: ProjectService, supervisor: Supervisor
) -> None:
    owner = as_user(running, "owner@example.com", create_projects=True)
    ids = [owner.post("/api/projects", json={"name": f"P {n}", "slug": f"p-{n}"}).json["id"] for n in range(MANY)]
    listed = owner.get(f"/api/projects?per_page={MANY}").json["items"]
    assert {(each["cpu_percent"], each["memory_bytes"]) for each in listed} == {(None, None)}
    assert supervisor.asked == []

    for project_id in ids[:UP]:
        projects.set_run_state(project_id, "running", RELEASE)
    listed = owner.get(f"/api/projects?per_page={MANY}").json["items"]
    assert [sorted(asked) for asked in supervisor.asked] == [sorted(ids[:UP])]
    shown = {each["id"]: (each["cpu_percent"], each["memory_bytes"]) for each in listed}
    assert shown == dict.fromkeys(ids, (None, None)) | dict.fromkeys(ids[:UP], tuple(USED.values()))

    supervisor.away = True
    listed = owner.get(f"/api/projects?per_page={MANY}").json["items"]
    assert {(each["status"], each["cpu_percent"]) for each in listed} == {("running", None), ("stopped", None)}
