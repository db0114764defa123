"""Goals, and what was counted for them."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar, Literal

from mongoengine import DateTimeField, Document, ListField, LongField, StringField

from m3m_core import new_id, now

Type = Literal["counter", "daily_counter"]


class Goal(Document):
    """A goal of a project (`project_ref`), or a global one that the projects in `allowed_projects` may add to.

    `own_slug` is the slug without the project's in front of it; a global goal has the same in both.
    """

    id: str = StringField(primary_key=True, default=new_id)
    name: str = StringField(required=True)
    slug: str = StringField(required=True)
    own_slug: str = StringField(required=True)
    color: str | None = StringField(null=True)
    type: Type = StringField(required=True)
    description: str = StringField(default="")
    project_ref: str | None = StringField(null=True)
    allowed_projects: list[str] = ListField(StringField())
    created_at: datetime = DateTimeField(default=now)
    updated_at: datetime = DateTimeField(default=now)

    meta: ClassVar[dict[str, Any]] = {
        "collection": "goals",
        "auto_create_index": False,
        "indexes": [
            {"fields": ["project_ref", "slug"], "unique": True},
            {"fields": ["project_ref", "own_slug"], "unique": True},
            {"fields": ["allowed_projects"]},
        ],
    }

    @property
    def is_daily(self) -> bool:
        return self.type == "daily_counter"


class GoalStat(Document):
    """What one project added to one goal: on one day (UTC, `2026-11-22`), or with an empty `date` ever."""

    goal_id: str = StringField(required=True)
    project_id: str = StringField(required=True)
    date: str = StringField(default="")
    value: int = LongField(default=0)
    updated_at: datetime = DateTimeField(default=now)

    meta: ClassVar[dict[str, Any]] = {
        "collection": "goal_stats",
        "auto_create_index": False,
        "indexes": [
            {"fields": ["goal_id", "project_id", "date"], "unique": True},
            {"fields": ["goal_id", "date"]},
            {"fields": ["project_id"]},
        ],
    }


def ensure_indexes() -> None:
    for document in (Goal, GoalStat):
        document.ensure_indexes()
