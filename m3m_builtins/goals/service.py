"""The rules about goals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any

from mongoengine import NotUniqueError
from mongoengine.queryset.visitor import Q

from m3m_core import SYSTEM, Actor, Forbidden, Invalid, NotFound, field, now

from . import documents, rules, stats
from .documents import Goal, GoalStat
from .periods import Period
from .stats import Report

if TYPE_CHECKING:
    from m3m_builtins.projects.documents import Project
    from m3m_builtins.projects.service import ProjectService

CHANGEABLE = ("name", "color", "description", "allowed_projects")


class GoalService:
    def __init__(self, projects: ProjectService) -> None:
        self._projects = projects

    def ensure_indexes(self) -> None:
        documents.ensure_indexes()

    # ---- finding -----------------------------------------------------------------------------------------------------

    def global_page(self, actor: Actor, skip: int, limit: int) -> tuple[list[Goal], int]:
        """A part of the global goals, by slug, and the number of all: for users every one, for a key its project's."""
        found = Goal.objects(project_ref=None)
        if actor.kind == "key":
            found = found.filter(allowed_projects=actor.id)
        return list(found.order_by("slug").skip(skip).limit(limit)), found.count()

    def project_page(self, project: Project, skip: int, limit: int) -> tuple[list[Goal], int]:
        found = Goal.objects(project_ref=project.id)
        return list(found.order_by("own_slug").skip(skip).limit(limit)), found.count()

    def writable(self, project_id: str) -> list[Goal]:
        """What a project may add to: its own goals and the global ones that allow it."""
        own = Q(project_ref=project_id)
        return list(Goal.objects(own | Q(project_ref=None, allowed_projects=project_id)).order_by("slug"))

    def get_visible(self, id_or_slug: str, actor: Actor) -> Goal:
        """A global goal, or by its id one of a project that the actor sees. Raises NotFound."""
        goal: Goal | None = Goal.objects(Q(id=id_or_slug) | Q(slug=id_or_slug, project_ref=None)).first()
        if goal is None or not self._sees(actor, goal):
            raise not_found(id_or_slug)
        return goal

    def get_global(self, id_or_slug: str) -> Goal:
        """Raises NotFound."""
        goal: Goal | None = Goal.objects(Q(id=id_or_slug) | Q(slug=id_or_slug), project_ref=None).first()
        if goal is None:
            raise not_found(id_or_slug)
        return goal

    def get_of_project(self, project: Project, name: str) -> Goal:
        """By id, or by slug with or without the project's in front. Raises NotFound."""
        goal = rules.by_name(Goal.objects(project_ref=project.id), project.slug).get(name)
        if goal is None:
            raise not_found(name)
        return goal

    def _sees(self, actor: Actor, goal: Goal) -> bool:
        if goal.project_ref is not None:
            return bool(self._projects.visible_ids(actor, frozenset([goal.project_ref])))
        return actor.kind != "key" or actor.id in goal.allowed_projects

    def shown_projects(self, actor: Actor, goals: Iterable[Goal]) -> frozenset[str]:
        """Those in `allowed_projects` that the actor may know of."""
        return self._projects.visible_ids(actor, frozenset(known for goal in goals for known in goal.allowed_projects))

    # ---- changing ----------------------------------------------------------------------------------------------------

    def create(self, values: Mapping[str, Any], project: Project | None = None) -> Goal:
        """A goal of the project, or a global one. Raises Invalid, Conflict when the slug is taken."""
        self._check(values)
        moment = now()
        goal = Goal(
            **{name: values[name] for name in ("type", *CHANGEABLE) if name in values},
            **rules.slugs(values["slug"], project),
            project_ref=project.id if project else None,
            created_at=moment,
            updated_at=moment,
        )
        try:
            goal.save(force_insert=True)
        except NotUniqueError as error:
            raise rules.slug_taken(goal.slug) from error
        return goal

    def update(self, goal: Goal, changes: Mapping[str, Any], project: Project | None = None) -> Goal:
        """Change the given keys. Raises Invalid, Conflict when the slug is taken, NotFound."""
        self._check(changes)
        rules.check_type(goal, changes)
        wanted = {name: changes[name] for name in CHANGEABLE if name in changes}
        if "slug" in changes:
            wanted |= rules.slugs(changes["slug"], project, goal)
        try:
            changed: Goal | None = Goal.objects(id=goal.id).modify(
                **{f"set__{name}": value for name, value in wanted.items()}, set__updated_at=now(), new=True
            )
        except NotUniqueError as error:
            raise rules.slug_taken(wanted["slug"]) from error
        if changed is None:
            raise not_found(goal.slug)
        return changed

    def _check(self, values: Mapping[str, Any]) -> None:
        self._projects.check_color(values.get("color"))
        wanted = frozenset(values.get("allowed_projects", ()))
        unknown = sorted(wanted - self._projects.visible_ids(SYSTEM, wanted))
        if unknown:
            message = f"There is no project {', '.join(unknown)}."
            raise Invalid(message, fields={"allowed_projects": field("unknown_project", message)})

    def delete(self, goal: Goal) -> None:
        """The goal, then what was counted for it. Raises NotFound."""
        if not Goal.objects(id=goal.id).delete():
            raise not_found(goal.slug)
        stats.forget_goals([goal.id])

    def forget_project(self, project_id: str) -> None:
        own = [goal.id for goal in Goal.objects(project_ref=project_id).only("id")]
        Goal.objects(project_ref=project_id).delete()
        stats.forget_goals(own)
        GoalStat.objects(project_id=project_id).delete()
        Goal.objects(allowed_projects=project_id).update(pull__allowed_projects=project_id)

    def remove_orphans(self) -> None:
        """Of projects and goals that were deleted while this was off, or when something was just written."""
        own = Goal.objects.distinct("project_ref"), Goal.objects.distinct("allowed_projects")
        kept = {*chain(*own), *GoalStat.objects.distinct("project_id")} - {None}
        self._projects.remove_leftovers(kept, self.forget_project)
        counted = set(GoalStat.objects.distinct("goal_id"))
        stats.forget_goals(counted - set(Goal.objects(id__in=list(counted)).scalar("id")))

    # ---- counting ----------------------------------------------------------------------------------------------------

    def increment(self, actor: Actor, name: str, step: int, project: str | None = None) -> tuple[Goal, str, int]:
        """Add to a goal for a project (id or slug; a key's own, or the goal's own, when it is not given).

        Returns the goal, the project's id and the new value. Raises NotFound, Invalid without a project, Forbidden for
        a global goal that does not allow the project, Conflict at the limit.
        """
        given = project or (actor.id if actor.kind == "key" else None) or self.get_visible(name, actor).project_ref
        if given is None:
            message = "Say for which project: the goal is a global one."
            raise Invalid(message, fields={"project_id": field("required", message)})
        found = self._projects.find_visible(given, actor)
        goal = rules.by_name(self.writable(found.id), found.slug).get(name)
        if goal is None:
            if self.get_visible(name, actor).project_ref is None:
                raise Forbidden("This project may not add to this goal.", code="goal_not_allowed")
            raise not_found(name)
        return goal, found.id, stats.add(goal, found.id, step)

    def set_days(self, goal: Goal, project_id: str, values: Mapping[str, int]) -> None:
        """What a daily counter had counted on earlier days (`2026-11-22`). A day that has a value keeps it."""
        stats.set_days(goal, project_id, values)

    def report(self, actor: Actor, names: Sequence[str], period: Period, project: str | None) -> list[Report]:
        """What was counted for the goals named, or for all that the project may add to; by it alone when it is given.

        Raises NotFound for what the actor may not see.
        """
        if project is None and actor.kind == "key":
            project = actor.id
        found = self._projects.find_visible(project, actor) if project else None
        known = rules.by_name(self.writable(found.id), found.slug) if found else {}
        goals = [known.get(name) or self.get_visible(name, actor) for name in names] or list(known.values())
        return stats.report(list({goal.id: goal for goal in goals}.values()), period, found.id if found else None)


def not_found(name: str) -> NotFound:
    return NotFound(f"There is no goal {name}.")
