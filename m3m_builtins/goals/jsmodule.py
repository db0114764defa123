"""The host side of `goals`: the project of the run adds and reads."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from m3m_core import JSModule, NotFound, RunContext, waits, wrong_argument

from . import rules, stats
from .documents import Goal
from .periods import MOST_DAYS, last_days

if TYPE_CHECKING:
    from .service import GoalService

KEEP_SECONDS = 2.0
"""How long an instance knows its goals: a change elsewhere is seen after it at the latest."""


class Goals:
    def __init__(self, service: GoalService, run: RunContext) -> None:
        self._service = service
        self._run = run
        self._known: dict[str, Goal] = {}
        self._until = 0.0

    @waits
    def increment(self, slug: Any, n: Any = None) -> int:
        n = 1 if n is None else n
        if type(n) is not int or abs(n) > stats.LIMIT:
            raise wrong_argument(f"goals.increment adds a whole number of at most {stats.LIMIT}, not {n}")
        return stats.add(self._find(slug), self._run.spec.project_id, n)

    @waits
    def get(self, slug: Any) -> dict[str, Any]:
        return described([self._find(slug)], self._run.spec.project_id)[0]

    @waits
    def stats(self, slug: Any, days: Any = None) -> dict[str, Any]:
        days = 7 if days is None else days
        if type(days) is not int or not 1 <= days <= MOST_DAYS:
            raise wrong_argument(f"goals.stats wants a number of days from 1 to {MOST_DAYS}, not {days}")
        (found,) = stats.report([self._find(slug)], last_days(days), self._run.spec.project_id)
        return {"total": found.total, "points": [{"date": day, "value": value} for day, value in found.points]}

    @waits
    def list(self) -> list[dict[str, Any]]:
        return described(self._service.writable(self._run.spec.project_id), self._run.spec.project_id)

    def _find(self, slug: Any) -> Goal:
        """Raises NotFound, which names the goals there are."""
        if not isinstance(slug, str):
            raise wrong_argument(f"a goal is named by its slug, a text, not {slug}")
        if time.monotonic() < self._until and slug in self._known:
            return self._known[slug]
        spec = self._run.spec
        goals = self._service.writable(spec.project_id)
        self._known = rules.by_name(goals, spec.slug)
        self._until = time.monotonic() + KEEP_SECONDS
        if slug not in self._known:
            there = ", ".join(sorted(goal.own_slug for goal in goals)) or "none yet"
            raise NotFound(f'there is no goal "{slug}" that this project may add to; there are: {there}')
        return self._known[slug]


def described(goals: Sequence[Goal], project_id: str) -> list[dict[str, Any]]:
    values = stats.current(goals, project_id)
    return [
        {
            "id": goal.id,
            "slug": goal.own_slug,
            "name": goal.name,
            "type": goal.type,
            "color": goal.color,
            "description": goal.description,
            "isGlobal": goal.project_ref is None,
            "value": values.get(goal.id, 0),
        }
        for goal in goals
    ]


def goals_module(service: GoalService, run: RunContext) -> JSModule:
    return JSModule("goals", Goals(service, run))
