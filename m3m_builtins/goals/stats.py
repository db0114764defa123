"""What was counted: one atomic step to add, one query to read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bson import Int64
from pymongo import ReturnDocument, UpdateOne
from pymongo.errors import DuplicateKeyError

from m3m_core import Conflict, now

from .documents import Goal, GoalStat
from .periods import Period, today

LIMIT = 2**53 - 1
"""The largest whole number that JavaScript has: neither a step nor a sum goes beyond it."""

ATTEMPTS = 3
"""Two first steps at once race for the unique index; the loser finds the winner's document when it tries again."""

QUERY_MS = 10_000


@dataclass(frozen=True)
class Report:
    """`points` are the groups of the period by their first day; a plain counter has none, its `total` is of ever."""

    goal: Goal
    total: int
    points: list[tuple[str, int]]


def add(goal: Goal, project_id: str, step: int) -> int:
    """Add to what the project has counted, in one acknowledged write; returns the new value (of today, when daily).

    Raises Conflict when it would go beyond LIMIT.
    """
    room = {"$gte": max(-LIMIT, -LIMIT - step), "$lte": min(LIMIT, LIMIT - step)}
    place = {"goal_id": goal.id, "project_id": project_id, "date": _current(goal), "value": room}
    change = {"$inc": {"value": Int64(step)}, "$set": {"updated_at": now()}}
    for _ in range(ATTEMPTS):
        try:
            found = _stats().find_one_and_update(place, change, upsert=True, return_document=ReturnDocument.AFTER)
            return int(found["value"])
        except DuplicateKeyError:
            continue
    raise Conflict(f"Goal {goal.slug} cannot count beyond {LIMIT}.", code="goal_limit")


def set_days(goal: Goal, project_id: str, values: Mapping[str, int]) -> None:
    writes = [
        UpdateOne(
            {"goal_id": goal.id, "project_id": project_id, "date": day},
            {"$setOnInsert": {"value": Int64(value), "updated_at": now()}},
            upsert=True,
        )
        for day, value in values.items()
    ]
    if writes:
        _stats().bulk_write(writes, ordered=False)


def current(goals: Sequence[Goal], project_id: str) -> dict[str, int]:
    """What a project has counted, by goal: today for daily counters, ever for the others."""
    places = [{"goal_id": goal.id, "project_id": project_id, "date": _current(goal)} for goal in goals]
    if not places:
        return {}
    return {found["goal_id"]: int(found["value"]) for found in _stats().find({"$or": places}).max_time_ms(QUERY_MS)}


def report(goals: Sequence[Goal], period: Period, project_id: str | None) -> list[Report]:
    """What was counted in a period by one project, or by all."""
    sums = _sums(goals, period, project_id)
    return [_report(goal, period, sums[goal.id]) for goal in goals]


def _report(goal: Goal, period: Period, values: dict[str, int]) -> Report:
    return Report(goal, sum(values.values()), period.points(values) if goal.is_daily else [])


def _sums(goals: Sequence[Goal], period: Period, project_id: str | None) -> dict[str, dict[str, int]]:
    """By goal and day; a plain counter has one, the empty day."""
    days = {"$gte": period.first.isoformat(), "$lte": period.last.isoformat()}
    wanted: dict[str, Any] = {
        "$or": [
            {"goal_id": {"$in": [goal.id for goal in goals if goal.is_daily]}, "date": days},
            {"goal_id": {"$in": [goal.id for goal in goals if not goal.is_daily]}, "date": ""},
        ]
    }
    if project_id is not None:
        wanted["project_id"] = project_id
    group = {"_id": {"goal": "$goal_id", "date": "$date"}, "value": {"$sum": "$value"}}
    sums: dict[str, dict[str, int]] = defaultdict(dict)
    for found in _stats().aggregate([{"$match": wanted}, {"$group": group}], maxTimeMS=QUERY_MS):
        sums[found["_id"]["goal"]][found["_id"]["date"]] = int(found["value"])
    return sums


def forget_goals(ids: Iterable[str]) -> None:
    GoalStat.objects(goal_id__in=list(ids)).delete()


def _current(goal: Goal) -> str:
    return today().isoformat() if goal.is_daily else ""


def _stats() -> Any:
    return GoalStat._get_collection()
