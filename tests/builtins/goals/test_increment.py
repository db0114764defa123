"""Adding to goals: by whom, for which project, how much, and all at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest

from m3m_builtins.goals import periods, stats
from m3m_builtins.goals.documents import Goal, GoalStat
from m3m_builtins.goals.service import GoalService
from m3m_core import SYSTEM
from m3m_core.testing import Client

AT_ONCE = 16
MOST = 2**53 - 1


def increment(client: Client, goal: str, **body: Any) -> Any:
    return client.post(f"/api/goals/{goal}/increment", json=body)


def test_a_goal_of_a_project(owner: Client, orders: dict[str, Any], shop: str) -> None:
    answer = increment(owner, orders["id"])
    assert (answer.status, answer.json) == (200, {"goal_id": orders["id"], "project_id": shop, "value": 1})
    assert increment(owner, "orders", value=5, project_id="shop").json["value"] == 6
    assert increment(owner, "shop-orders", value=-8, project_id=shop).json["value"] == -2
    assert increment(owner, "orders", value=0, project_id=shop).json["value"] == -2


def test_a_key_needs_no_project(with_key: Client, orders: dict[str, Any], visits: dict[str, Any], shop: str) -> None:
    assert increment(with_key, "orders").json == {"goal_id": orders["id"], "project_id": shop, "value": 1}
    assert increment(with_key, "visits").json["value"] == 1
    assert increment(with_key, "visits", project_id="shop").json["value"] == 2


def test_a_global_goal_is_counted_for_each_project(root: Client, visits: dict[str, Any], shop: str, other: str) -> None:
    root.put("/api/goals/visits", json={"allowed_projects": [shop, other]})
    assert increment(root, "visits", value=2, project_id="shop").json["value"] == 2
    assert increment(root, "visits", value=3, project_id="other").json["value"] == 3


def test_who_may_not(
    owner: Client, outsider: Client, with_key: Client, orders: dict[str, Any], visits: dict[str, Any], other: str
) -> None:
    assert increment(owner, "visits").json["fields"]["project_id"]["code"] == "required"
    assert increment(outsider, orders["id"]).status == 404
    assert increment(outsider, "orders", project_id="shop").status == 404
    assert increment(with_key, "visits", project_id="other").status == 404
    assert increment(owner, "nothing", project_id="shop").status == 404
    refused = increment(outsider, "visits", project_id="other")
    assert (refused.status, refused.json["code"]) == (403, "goal_not_allowed")
    assert increment(outsider, orders["id"], project_id="other").status == 404
    assert GoalStat.objects.count() == 0


@pytest.mark.parametrize("value", [1.5, "1", None, True, MOST + 1, -MOST - 1, 1e3])
def test_only_whole_numbers_that_javascript_has(owner: Client, orders: dict[str, Any], value: Any) -> None:
    answer = increment(owner, orders["id"], value=value)
    assert (answer.status, list(answer.json["fields"])) == (422, ["value"])


@pytest.mark.parametrize("sign", [1, -1])
def test_a_sum_does_not_go_beyond_what_javascript_has(owner: Client, orders: dict[str, Any], sign: int) -> None:
    assert increment(owner, orders["id"], value=sign * MOST).json["value"] == sign * MOST
    answer = increment(owner, orders["id"], value=sign)
    assert (answer.status, answer.json["code"]) == (409, "goal_limit")
    assert increment(owner, orders["id"], value=-sign).json["value"] == sign * (MOST - 1)


def test_a_project_has_its_own_goal_before_a_global_one(root: Client, owner: Client, shop: str) -> None:
    root.post("/api/goals", json={"name": "A", "slug": "sales", "type": "counter", "allowed_projects": [shop]})
    body = {"name": "B", "slug": "sales", "type": "counter"}
    own = owner.post("/api/projects/shop/goals", json=body).json
    assert increment(owner, "sales", project_id="shop").json["goal_id"] == own["id"]


@pytest.mark.parametrize("kind", ["counter", "daily_counter"])
def test_no_step_is_lost_when_many_come_at_once(service: GoalService, shop: str, kind: str) -> None:
    """Each round begins with a goal that nobody has counted yet, so that the first steps race to make its document."""
    for number in range(5):
        goal = Goal(name="x", slug=f"shop-{number}", own_slug=str(number), type=kind, project_ref=shop).save()
        start = Barrier(AT_ONCE)

        def step(goal: Goal = goal, start: Barrier = start) -> int:
            start.wait()
            return stats.add(goal, shop, 1)

        with ThreadPoolExecutor(AT_ONCE) as pool:
            values = [future.result() for future in [pool.submit(step) for _ in range(AT_ONCE)]]
        assert sorted(values) == list(range(1, AT_ONCE + 1))
        assert GoalStat.objects(goal_id=goal.id).count() == 1


def test_days_are_counted_apart(service: GoalService, orders: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    today = periods.today()
    for days, step in ((0, 1), (1, 10), (1, 20)):
        monkeypatch.setattr(stats, "today", lambda days=days: today + days * periods.DAY)
        service.increment(SYSTEM, orders["id"], step)
    assert {stat.date: stat.value for stat in GoalStat.objects} == {
        today.isoformat(): 1,
        (today + periods.DAY).isoformat(): 30,
    }
