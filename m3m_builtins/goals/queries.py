"""The query of the statistics."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from m3m_core import Actor

from .periods import DAY, MOST_DAYS, Group, Period, today

DAY_FORM = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
DEFAULT_DAYS = 7
MOST_GOALS = 100


def _written_as_day(text: str | None) -> str | None:
    """Other forms that a date is read from are no days here: 20261122, or the seconds of a clock."""
    try:
        if text is not None and not DAY_FORM.fullmatch(text):
            raise ValueError
        return text and date.fromisoformat(text).isoformat()
    except ValueError:
        raise PydanticCustomError("wrong_format", "Must be a day such as 2026-11-22") from None


def _actor(info: ValidationInfo) -> Actor:
    actor: Actor = (info.context or {})["actor"]
    return actor


Day = Annotated[date | None, BeforeValidator(_written_as_day)]


class StatsQuery(BaseModel):
    """`goal_ids`: ids or slugs, also several in one with commas; without them, all of the project `project_id`."""

    model_config = ConfigDict(extra="forbid")

    project_id: str | None = None
    goal_ids: Annotated[list[str], Field(validate_default=True)] = []
    to: Day = None
    first: Annotated[Day, Field(alias="from", validate_default=True)] = None
    group_by: Group = "day"

    @field_validator("goal_ids")
    @classmethod
    def _named(cls, texts: list[str], info: ValidationInfo) -> list[str]:
        names = [name for text in texts for part in text.split(",") if (name := part.strip())]
        if len(names) > MOST_GOALS:
            raise PydanticCustomError("too_long", f"At most {MOST_GOALS} goals at once")
        if not names and info.data.get("project_id") is None and _actor(info).kind != "key":
            raise PydanticCustomError("required", "Say which goals, or which project with project_id")
        return names

    @field_validator("first")
    @classmethod
    def _in_order(cls, first: date | None, info: ValidationInfo) -> date:
        last = info.data.get("to") or today()
        first = first or date.fromordinal(max(last.toordinal() - DEFAULT_DAYS + 1, 1))
        if first > last:
            raise PydanticCustomError("wrong_order", "The period must not begin after its end")
        if (last - first) // DAY >= MOST_DAYS:
            raise PydanticCustomError("too_long", f"A period has at most {MOST_DAYS} days")
        return first

    def period(self) -> Period:
        assert self.first is not None
        return Period(self.first, self.to or today(), self.group_by)
