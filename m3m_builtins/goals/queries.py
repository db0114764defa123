"""Reads the query of the statistics: every wrong parameter is told at once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, cast, get_args

from m3m_core import FieldError, Malformed, field

from .periods import DAY, MOST_DAYS, Group, Period, today

if TYPE_CHECKING:
    import falcon

PARAMETERS = ("goal_ids", "project_id", "from", "to", "group_by")
DAY_FORM = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
DEFAULT_DAYS = 7
MOST_GOALS = 100


@dataclass(frozen=True)
class StatsQuery:
    """`project_id` is an id or a slug, None for all projects. Without `goals`: all of the project."""

    goals: tuple[str, ...]
    project_id: str | None
    period: Period


def stats_query(req: falcon.Request) -> StatsQuery:
    """Raises Malformed."""
    wrong: dict[str, FieldError] = {
        name: field("unknown_parameter", f"There is no such parameter; there are {', '.join(PARAMETERS)}.")
        for name in req.params
        if name not in PARAMETERS
    }
    goals, project = _goals(req, wrong), req.get_param("project_id")
    if not goals and project is None and req.context.actor.kind != "key":
        wrong.setdefault("goal_ids", field("required", "Say which goals, or which project with project_id."))
    period = _period(req, wrong)
    if wrong:
        raise Malformed("Some parameters are not accepted.", fields=wrong)
    return StatsQuery(goals, project, period)


def _goals(req: falcon.Request, wrong: dict[str, FieldError]) -> tuple[str, ...]:
    texts = req.get_param_as_list("goal_ids") or []
    names = tuple(name for text in texts for part in text.split(",") if (name := part.strip()))
    if len(names) > MOST_GOALS:
        wrong["goal_ids"] = field("too_long", f"At most {MOST_GOALS} goals at once.")
    return names


def _period(req: falcon.Request, wrong: dict[str, FieldError]) -> Period:
    last = _day(req, "to", wrong) or today()
    first = _day(req, "from", wrong) or date.fromordinal(max(last.toordinal() - DEFAULT_DAYS + 1, 1))
    group = req.get_param("group_by", default="day")
    if group not in get_args(Group):
        wrong["group_by"] = field("not_allowed", f"Must be one of {', '.join(get_args(Group))}.")
    if first > last:
        wrong.setdefault("from", field("wrong_order", "The period must not begin after its end."))
    elif (last - first) // DAY >= MOST_DAYS:
        wrong.setdefault("from", field("too_long", f"A period has at most {MOST_DAYS} days."))
    return Period(first, last, cast(Group, group))


def _day(req: falcon.Request, name: str, wrong: dict[str, FieldError]) -> date | None:
    text = req.get_param(name)
    if text is None:
        return None
    try:
        if not DAY_FORM.fullmatch(text):  # fromisoformat also reads 20261122 and 2026-W47-7
            raise ValueError
        return date.fromisoformat(text)
    except ValueError:
        wrong[name] = field("wrong_format", "Must be a day such as 2026-11-22.")
        return None
