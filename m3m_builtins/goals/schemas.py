"""Bodies and answers of the HTTP API."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints

from .documents import Goal, Type
from .periods import Group, Period
from .stats import LIMIT, Report

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]
Slug = Annotated[str, StringConstraints(max_length=127)]
Color = Annotated[str, StringConstraints(max_length=20)]
Description = Annotated[str, StringConstraints(max_length=2000)]
ProjectId = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{24}$")]
AllowedProjects = Annotated[list[ProjectId], Field(max_length=1000)]


class NewGoal(BaseModel):
    """Of a project: `slug` with the project's slug in front or without."""

    name: Name
    slug: Slug
    color: Color | None = None
    type: Type
    description: Description = ""


class NewGlobalGoal(NewGoal):
    allowed_projects: AllowedProjects = []


class GoalChanges(BaseModel):
    """Given keys only are changed. The type stays as it is."""

    name: Name = ""
    slug: Slug = ""
    color: Color | None = None
    type: Type = "counter"
    description: Description = ""


class GlobalGoalChanges(GoalChanges):
    allowed_projects: AllowedProjects = []


class Increment(BaseModel):
    """`project_id`: for which project, by id or slug; needed by a user for a global goal."""

    value: Annotated[int, Field(ge=-LIMIT, le=LIMIT)] = 1
    project_id: Annotated[str, StringConstraints(max_length=63)] | None = None


class GoalAnswer(BaseModel):
    """`project_ref` null: a global goal. `allowed_projects` are those that the reader may see."""

    id: str
    name: str
    slug: str
    color: str | None
    type: Type
    description: str
    project_ref: str | None
    allowed_projects: list[str]
    created_at: datetime
    updated_at: datetime

    @classmethod
    def of(cls, goal: Goal, shown: frozenset[str] = frozenset()) -> GoalAnswer:
        """`shown` are the projects that the reader may know of."""
        return cls(
            id=goal.id,
            name=goal.name,
            slug=goal.slug,
            color=goal.color,
            type=goal.type,
            description=goal.description,
            project_ref=goal.project_ref,
            allowed_projects=[project for project in goal.allowed_projects if project in shown],
            created_at=goal.created_at,
            updated_at=goal.updated_at,
        )


class IncrementAnswer(BaseModel):
    """`value`: what the project has counted now, of a daily counter today."""

    goal_id: str
    project_id: str
    value: int


class PointAnswer(BaseModel):
    """`date` is the first day of the day, week (Monday) or month."""

    date: str
    value: int


class GoalStatsAnswer(BaseModel):
    """A plain counter has no points, and its total is of all time."""

    goal_id: str
    slug: str
    name: str
    type: Type
    total: int
    points: list[PointAnswer]

    @classmethod
    def of(cls, report: Report) -> GoalStatsAnswer:
        points = [PointAnswer(date=day, value=value) for day, value in report.points]
        goal = report.goal
        return cls(goal_id=goal.id, slug=goal.slug, name=goal.name, type=goal.type, total=report.total, points=points)


class StatsAnswer(BaseModel):
    """`from` and `to` are both part of the period."""

    first: date = Field(alias="from")
    last: date = Field(alias="to")
    group_by: Group
    goals: list[GoalStatsAnswer]

    @classmethod
    def of(cls, period: Period, reports: list[Report]) -> dict[str, object]:
        made = cls.model_validate(
            {
                "from": period.first,
                "to": period.last,
                "group_by": period.group,
                "goals": [GoalStatsAnswer.of(report) for report in reports],
            }
        )
        return made.model_dump(mode="json", by_alias=True)
