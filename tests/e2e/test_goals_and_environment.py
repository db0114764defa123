"""Goals and the environment in a running service: what changes outside is seen inside, and the other way round."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from m3m_core.testing import LiveServer

from .client import Project, send

INSTANCES = 3


def set_limit(project: Project, value: int) -> None:
    project.ask("PUT", "/env/LIMIT", {"value": value})


def limits(project: Project) -> dict[int, Any]:
    """What each instance reads now."""
    found: dict[int, Any] = {}
    for _ in range(200):
        answer = project.get("/limit").json
        found[answer["instance"]] = answer["limit"]
        if len(found) == INSTANCES:
            break
    return found


def start(project: Project, code: dict[str, str]) -> None:
    project.ask("POST", "/env", {"key": "LIMIT", "type": "integer", "value": 0})
    project.ask("POST", "/goals", {"name": "Orders", "slug": "orders", "type": "counter"})
    project.ask("PUT", "", {"instances": INSTANCES})
    project.run(code["counter"])


def test_every_instance_sees_a_change_without_a_restart(project: Project, code: dict[str, str]) -> None:
    start(project, code)
    before = project.status()
    assert limits(project) == dict.fromkeys(range(INSTANCES), 0)
    for value in range(1, 6):
        set_limit(project, value)
        assert limits(project) == dict.fromkeys(range(INSTANCES), value)
    project.ask("DELETE", "/env/LIMIT")
    answer = project.get("/limit").json
    assert ("limit" not in answer, answer["limitAtTheTop"]) == (True, 0)
    after = project.status()
    assert [instance["pid"] for instance in after["instances"]] == [instance["pid"] for instance in before["instances"]]


@pytest.mark.slow
def test_a_busy_instance_does_not_hold_a_change_up(project: Project, code: dict[str, str]) -> None:
    start(project, code)
    with ThreadPoolExecutor(1) as pool:
        spinning = pool.submit(project.post, "/spin")
        time.sleep(0.3)
        set_limit(project, 7)
        assert not spinning.done()
        assert spinning.result().status == 200
    assert limits(project) == dict.fromkeys(range(INSTANCES), 7)


def test_no_increment_of_code_and_api_together_is_lost(
    project: Project, server: LiveServer, code: dict[str, str]
) -> None:
    start(project, code)
    key = {"X-API-Key": project.ask("GET")["api_key"]}

    def api() -> Any:
        return send(server, "POST", "/api/goals/orders/increment", {}, key)

    with ThreadPoolExecutor(20) as pool:
        asked = [pool.submit(step) for _ in range(50) for step in (api, lambda: project.post("/orders"))]
    answers = [future.result() for future in asked]
    assert {answer.status for answer in answers} == {200}
    assert sorted(answer.json["value"] for answer in answers) == list(range(1, 101))
    assert project.get("/orders").json == {"value": 100, "isGlobal": False, "all": ["orders"]}


def test_the_service_as_a_user_wrote_it(project: Project, code: dict[str, str]) -> None:
    start(project, code)
    set_limit(project, 21)
    settings = {"names": ["LIMIT"], "has": True, "doubled": 42, "all": {"LIMIT": 21}}
    assert project.get("/settings").json == settings
    assert project.post("/revenue", {"amount": 99.6}).json == {"revenue": 100}
    assert project.get("/week?days=30").json == {"total": 100, "most": 0}
    wrong = project.get("/week?days=0")
    assert (wrong.status, "from 1 to 1100, not 0" in project.until_logged("days")) == (500, True)
