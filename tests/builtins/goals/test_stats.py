"""What was counted in a period."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from m3m_builtins.goals import periods, queries
from m3m_builtins.goals.documents import GoalStat
from m3m_builtins.goals.periods import Period
from m3m_core.testing import Client

TODAY = date(2026, 3, 3)  # a Tuesday


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (periods, queries):
        monkeypatch.setattr(module, "today", lambda: TODAY)


@pytest.fixture
def counted(orders: dict[str, Any], visits: dict[str, Any], shop: str, other: str) -> None:
    days = {"2026-02-01": 5, "2026-02-24": 1, "2026-03-02": 20, "2026-03-03": 300, "2026-03-04": 4000}
    for day, value in days.items():
        GoalStat(goal_id=orders["id"], project_id=shop, date=day, value=value).save()
    GoalStat(goal_id=visits["id"], project_id=shop, value=7).save()
    GoalStat(goal_id=visits["id"], project_id=other, value=50).save()


def ask(client: Client, **query: Any) -> Any:
    return client.get("/api/goals/stats", params=query)


def points(answer: Any, number: int = 0) -> dict[str, int]:
    return {point["date"]: point["value"] for point in answer.json["goals"][number]["points"]}


@pytest.mark.usefixtures("counted")
def test_the_last_seven_days_without_a_period(owner: Client, orders: dict[str, Any]) -> None:
    answer = ask(owner, goal_ids=orders["id"])
    assert answer.status == 200
    assert {key: answer.json[key] for key in ("from", "to", "group_by")} == {
        "from": "2026-02-25",
        "to": "2026-03-03",
        "group_by": "day",
    }
    (goal,) = answer.json["goals"]
    assert {**goal, "points": []} == {
        "goal_id": orders["id"],
        "slug": "shop-orders",
        "name": "Orders",
        "type": "daily_counter",
        "total": 320,
        "points": [],
    }
    assert points(answer) == {
        "2026-02-25": 0,
        "2026-02-26": 0,
        "2026-02-27": 0,
        "2026-02-28": 0,
        "2026-03-01": 0,
        "2026-03-02": 20,
        "2026-03-03": 300,
    }


@pytest.mark.usefixtures("counted")
@pytest.mark.parametrize(
    ("group", "expected", "total"),
    [
        ("week", {"2026-02-23": 1, "2026-03-02": 4320}, 4321),
        ("month", {"2026-02-01": 1, "2026-03-01": 4320}, 4321),
        ("total", {}, 4321),
    ],
)
def test_groups(owner: Client, orders: dict[str, Any], group: str, expected: dict[str, int], total: int) -> None:
    query = {"from": "2026-02-24", "to": "2026-03-08", "group_by": group}
    answer = ask(owner, goal_ids=orders["id"], **query)
    assert points(answer) == expected
    assert answer.json["goals"][0]["total"] == total


def test_every_week_and_month_is_there() -> None:
    year = Period(date(2026, 1, 1), date(2026, 12, 31))
    for group, number in (("day", 365), ("week", 53), ("month", 12)):
        found = Period(year.first, year.last, group).points({"2026-12-31": 2})  # type: ignore[arg-type]
        assert (len(found), found[-1][1], sum(value for _, value in found)) == (number, 2, 2)


@pytest.mark.usefixtures("counted")
def test_a_plain_counter_has_a_total_of_ever(owner: Client, visits: dict[str, Any]) -> None:
    for query, total in (({}, 57), ({"project_id": "shop"}, 7)):
        (goal,) = ask(owner, goal_ids=visits["id"], **query).json["goals"]
        assert (goal["total"], goal["points"]) == (total, [])


@pytest.mark.usefixtures("counted")
def test_all_goals_of_a_project(owner: Client, with_key: Client) -> None:
    for answer in (ask(owner, project_id="shop"), ask(with_key)):
        assert {goal["slug"]: goal["total"] for goal in answer.json["goals"]} == {"shop-orders": 320, "visits": 7}


@pytest.mark.usefixtures("counted")
def test_several_goals_in_the_order_of_the_question(
    owner: Client, orders: dict[str, Any], visits: dict[str, Any]
) -> None:
    for goal_ids in (f"{visits['id']}, {orders['id']}", [visits["id"], orders["id"], visits["id"]]):
        answer = owner.get("/api/goals/stats", params={"goal_ids": goal_ids}, params_csv=False)
        assert [goal["goal_id"] for goal in answer.json["goals"]] == [visits["id"], orders["id"]]
    assert [goal["slug"] for goal in ask(owner, goal_ids="orders", project_id="shop").json["goals"]] == ["shop-orders"]


@pytest.mark.usefixtures("counted")
def test_only_what_one_may_see(
    outsider: Client, with_key: Client, orders: dict[str, Any], visits: dict[str, Any]
) -> None:
    assert ask(outsider, goal_ids=orders["id"]).status == 404
    assert ask(outsider, goal_ids=visits["id"], project_id="shop").status == 404
    assert ask(outsider, goal_ids=visits["id"]).json["goals"][0]["total"] == 57
    assert ask(with_key, goal_ids=visits["id"]).json["goals"][0]["total"] == 7
    assert ask(with_key, goal_ids=visits["id"], project_id="other").status == 404


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ({}, {"goal_ids": "required"}),
        ({"goal_ids": ","}, {"goal_ids": "required"}),
        ({"project_id": "shop", "group_by": "year"}, {"group_by": "not_allowed"}),
        ({"project_id": "shop", "from": "2026-02-30"}, {"from": "wrong_format"}),
        ({"project_id": "shop", "to": "20260101"}, {"to": "wrong_format"}),
        ({"project_id": "shop", "to": "2026-W10-2"}, {"to": "wrong_format"}),
        ({"project_id": "shop", "from": "2026-03-04", "to": "2026-03-03"}, {"from": "wrong_order"}),
        ({"project_id": "shop", "from": "2023-02-27"}, {"from": "too_long"}),
        ({"project_id": "shop", "until": "2026-01-01"}, {"until": "unknown_field"}),
        ({"goal_ids": ",".join("x" * 101)}, {"goal_ids": "too_long"}),
        (
            {"group_by": "x", "from": "x", "to": "x"},
            {"goal_ids": "required", "group_by": "not_allowed", "from": "wrong_format", "to": "wrong_format"},
        ),
    ],
)
def test_wrong_parameters_are_told_all_at_once(
    owner: Client, shop: str, query: dict[str, str], codes: dict[str, str]
) -> None:
    answer = ask(owner, **query)
    assert answer.status == 400
    assert {name: wrong["code"] for name, wrong in answer.json["fields"].items()} == codes


def test_the_longest_period(owner: Client, orders: dict[str, Any]) -> None:
    answer = ask(owner, goal_ids=orders["id"], **{"from": "2023-02-28", "to": "2026-03-03"})
    assert len(points(answer)) == periods.MOST_DAYS
    assert len(points(ask(owner, goal_ids=orders["id"], to="0001-01-02"))) == 2


@pytest.mark.parametrize("group", ["day", "week", "month"])
@pytest.mark.parametrize("days", [("0001-01-01", "0001-01-02"), ("9999-12-30", "9999-12-31")])
def test_the_first_and_the_last_days_there_are(
    owner: Client, orders: dict[str, Any], days: tuple[str, str], group: str
) -> None:
    first, last = days
    answer = ask(owner, goal_ids=orders["id"], group_by=group, **{"from": first, "to": last})
    assert len(points(answer)) == (2 if group == "day" else 1)
