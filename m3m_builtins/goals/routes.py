"""HTTP API of goals."""

from __future__ import annotations

import falcon

from m3m_core import Operation, Route
from m3m_core.http import Paged, PageQuery, paged

from .access import INCREMENT, MANAGE, READ, WRITE
from .documents import Goal
from .queries import StatsQuery
from .schemas import (
    GlobalGoalChanges,
    GoalAnswer,
    GoalChanges,
    Increment,
    IncrementAnswer,
    NewGlobalGoal,
    NewGoal,
    StatsAnswer,
)
from .service import GoalService


class Resource:
    def __init__(self, service: GoalService) -> None:
        self._service = service

    def _shown(self, req: falcon.Request, *goals: Goal) -> list[GoalAnswer]:
        known = self._service.shown_projects(req.context.actor, goals)
        return [GoalAnswer.of(goal, known) for goal in goals]


class GlobalGoalsResource(Resource):
    def on_get(self, req: falcon.Request, resp: falcon.Response, query: PageQuery) -> None:
        """List the global goals; with an API key those that its project may add to."""
        goals, total = self._service.global_page(req.context.actor, query.skip, query.per_page)
        resp.media = paged(self._shown(req, *goals), total, query)

    def on_post(self, req: falcon.Request, resp: falcon.Response, body: NewGlobalGoal) -> None:
        """Create a global goal."""
        (resp.media,) = self._shown(req, self._service.create(body.model_dump()))


class GoalResource(Resource):
    def on_get(self, req: falcon.Request, resp: falcon.Response, goal: str) -> None:
        """A global goal, or by its id one of a project that one may see."""
        (resp.media,) = self._shown(req, self._service.get_visible(goal, req.context.actor))

    def on_put(self, req: falcon.Request, resp: falcon.Response, goal: str, body: GlobalGoalChanges) -> None:
        """Change the given keys of a global goal."""
        changed = self._service.update(self._service.get_global(goal), body.model_dump(exclude_unset=True))
        (resp.media,) = self._shown(req, changed)

    def on_delete(self, req: falcon.Request, resp: falcon.Response, goal: str) -> None:
        """Delete a global goal and all that was counted for it."""
        self._service.delete(self._service.get_global(goal))


class IncrementResource(Resource):
    def on_post(self, req: falcon.Request, resp: falcon.Response, goal: str, body: Increment) -> None:
        """Add to a goal, one without a value."""
        found, project_id, value = self._service.increment(req.context.actor, goal, body.value, body.project_id)
        resp.media = IncrementAnswer(goal_id=found.id, project_id=project_id, value=value)


class StatsResource(Resource):
    def on_get(self, req: falcon.Request, resp: falcon.Response, query: StatsQuery) -> None:
        """What was counted in a period, by `?group_by=` day, week, month or total; days are UTC."""
        actor, period = req.context.actor, query.period()
        resp.media = StatsAnswer.of(period, self._service.report(actor, query.goal_ids, period, query.project_id))


class ProjectGoalsResource(Resource):
    def on_get(self, req: falcon.Request, resp: falcon.Response, project: str, query: PageQuery) -> None:
        """List the project's own goals."""
        goals, total = self._service.project_page(req.context.project, query.skip, query.per_page)
        resp.media = paged(map(GoalAnswer.of, goals), total, query)

    def on_post(self, req: falcon.Request, resp: falcon.Response, project: str, body: NewGoal) -> None:
        """Create a goal of the project."""
        resp.media = GoalAnswer.of(self._service.create(body.model_dump(), req.context.project))


class ProjectGoalResource(Resource):
    def on_put(self, req: falcon.Request, resp: falcon.Response, project: str, goal: str, body: GoalChanges) -> None:
        """Change the given keys of a goal of the project."""
        found = self._service.get_of_project(req.context.project, goal)
        changes = body.model_dump(exclude_unset=True)
        resp.media = GoalAnswer.of(self._service.update(found, changes, req.context.project))

    def on_delete(self, req: falcon.Request, resp: falcon.Response, project: str, goal: str) -> None:
        """Delete a goal of the project and all that was counted for it."""
        self._service.delete(self._service.get_of_project(req.context.project, goal))


def routes(service: GoalService) -> list[Route]:
    return [
        Route(
            "/api/goals",
            GlobalGoalsResource(service),
            {
                "GET": Operation(READ, answer=Paged[GoalAnswer], query=PageQuery, api_key=True),
                "POST": Operation(MANAGE, body=NewGlobalGoal, answer=GoalAnswer, status=201),
            },
        ),
        Route(
            "/api/goals/{goal}",
            GoalResource(service),
            {
                "GET": Operation(READ, answer=GoalAnswer, api_key=True),
                "PUT": Operation(MANAGE, body=GlobalGoalChanges, answer=GoalAnswer),
                "DELETE": Operation(MANAGE, status=204),
            },
        ),
        Route(
            "/api/goals/{goal}/increment",
            IncrementResource(service),
            {"POST": Operation(INCREMENT, body=Increment, answer=IncrementAnswer, api_key=True)},
        ),
        Route(
            "/api/goals/stats",
            StatsResource(service),
            {"GET": Operation(READ, answer=StatsAnswer, query=StatsQuery, api_key=True)},
        ),
        Route(
            "/api/projects/{project}/goals",
            ProjectGoalsResource(service),
            {
                "GET": Operation(READ, answer=Paged[GoalAnswer], query=PageQuery, api_key=True),
                "POST": Operation(WRITE, body=NewGoal, answer=GoalAnswer, status=201, api_key=True),
            },
        ),
        Route(
            "/api/projects/{project}/goals/{goal}",
            ProjectGoalResource(service),
            {
                "PUT": Operation(WRITE, body=GoalChanges, answer=GoalAnswer, api_key=True),
                "DELETE": Operation(WRITE, status=204, api_key=True),
            },
        ),
    ]
