"""What a goal may be called, and which goal a name means."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from m3m_core import Conflict, Invalid, field

from .documents import Goal

if TYPE_CHECKING:
    from m3m_builtins.projects.documents import Project

SLUG = re.compile(r"(?![0-9a-f]{24}$)[a-z0-9][a-z0-9-]{0,62}")
"""Not like an id: wherever a goal is named, either may stand."""

RESERVED = frozenset({"stats"})
"""Global goals are named in the path /api/goals/{goal}."""


def slugs(given: str, project: Project | None, goal: Goal | None = None) -> dict[str, str]:
    """`slug` and `own_slug` for what a person wrote, with the project's slug in front or without. Raises Invalid."""
    if goal is not None and given in (goal.slug, goal.own_slug):
        return {"slug": goal.slug, "own_slug": goal.own_slug}
    prefix = f"{project.slug}-" if project else ""
    own = given.removeprefix(prefix)
    if not SLUG.fullmatch(own):
        raise _wrong_slug(
            "Use small letters a to z, digits and hyphens, at most 63, not starting with a hyphen, "
            "and not 24 digits like an id."
        )
    if project is None and own in RESERVED:
        raise _wrong_slug(f"{own} is taken by the API itself.")
    return {"slug": prefix + own, "own_slug": own}


def _wrong_slug(message: str) -> Invalid:
    return Invalid("The slug is not valid.", fields={"slug": field("invalid_slug", message)})


def slug_taken(slug: str) -> Conflict:
    return Conflict(f"Another goal has the slug {slug}.", code="slug_taken")


def check_type(goal: Goal, changes: Mapping[str, Any]) -> None:
    """Raises Invalid for another type: what was counted would not fit it."""
    if changes.get("type", goal.type) != goal.type:
        message = "The type of a goal cannot be changed. Make another goal."
        raise Invalid(message, fields={"type": field("fixed", message)})


def by_name(goals: Iterable[Goal], project_slug: str) -> dict[str, Goal]:
    """Goals that a project may add to, by every name that its code may use.

    A project's own goal is known by its own slug, by the whole one as it was made, and by that with the project's
    present slug; and it goes before a global goal of the same name.
    """
    own: list[Goal] = []
    shared: list[Goal] = []
    for goal in goals:
        (own if goal.project_ref else shared).append(goal)
    found = {goal.slug: goal for goal in shared}
    found |= {f"{project_slug}-{goal.own_slug}": goal for goal in own}
    found |= {goal.slug: goal for goal in own}
    found |= {goal.own_slug: goal for goal in own}
    return found | {goal.id: goal for goal in own + shared}
