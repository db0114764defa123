"""HTTP API of projects."""

from __future__ import annotations

import falcon

from m3m_core import SIGNED_IN, Operation, Route
from m3m_core.http import Paged, PageQuery, Search, paged

from . import access
from .colors import COLORS
from .rules import belongs
from .schemas import (
    ColorAnswer,
    MemberAnswer,
    NewMember,
    NewProject,
    ProjectAnswer,
    ProjectChanges,
    ProjectEntry,
    ProjectWithKey,
)
from .service import ProjectService


class Resource:
    def __init__(self, service: ProjectService) -> None:
        self._service = service


class ProjectsResource(Resource):
    def on_get(self, req: falcon.Request, resp: falcon.Response, query: Search) -> None:
        """List the projects that one may see, with what they use; `?search=` in name and slug."""
        found, total = self._service.list_visible(req.context.actor, query.skip, query.per_page, query.search)
        usage = self._service.usage(found)
        resp.media = paged((ProjectEntry.listed(each, usage.get(each.id, {})) for each in found), total, query)

    def on_post(self, req: falcon.Request, resp: falcon.Response, body: NewProject) -> None:
        """Create a project."""
        resp.media = ProjectAnswer.of(self._service.create(req.context.actor, body.model_dump()))


class ProjectResource(Resource):
    def on_get(self, req: falcon.Request, resp: falcon.Response, project: str) -> None:
        """One project; with its API key for the owner, members and the root user."""
        resp.media = ProjectWithKey.of(req.context.project, with_key=belongs(req.context.actor, req.context.project))

    def on_put(self, req: falcon.Request, resp: falcon.Response, project: str, body: ProjectChanges) -> None:
        """Change the given keys of a project."""
        changes = body.model_dump(exclude_unset=True)
        resp.media = ProjectAnswer.of(self._service.update(req.context.project, changes))

    def on_delete(self, req: falcon.Request, resp: falcon.Response, project: str) -> None:
        """Stop a project and delete it with everything in it."""
        self._service.delete(req.context.project)


class KeyResource(Resource):
    def on_post(self, req: falcon.Request, resp: falcon.Response, project: str) -> None:
        """Make a new API key in place of the old one."""
        resp.media = ProjectAnswer.of(self._service.regenerate_key(req.context.project))


class MembersResource(Resource):
    def on_get(self, req: falcon.Request, resp: falcon.Response, project: str, query: PageQuery) -> None:
        """List who has access: the owner, members, and users who were granted it."""
        members = self._service.members.list(req.context.project)
        shown = members[query.skip : query.skip + query.per_page]
        resp.media = paged(map(MemberAnswer.of, shown), len(members), query)

    def on_post(self, req: falcon.Request, resp: falcon.Response, project: str, body: NewMember) -> None:
        """Add a member."""
        resp.media = MemberAnswer.of(self._service.members.add(req.context.project, body.user_id))


class MemberResource(Resource):
    def on_delete(self, req: falcon.Request, resp: falcon.Response, project: str, user: str) -> None:
        """Remove a member."""
        self._service.members.remove(req.context.project, user)


class ColorsResource:
    def on_get(self, _req: falcon.Request, resp: falcon.Response) -> None:
        """The colours to choose from, all on one page."""
        colors = [ColorAnswer(name=name, hex=value) for name, value in COLORS.items()]
        resp.media = paged(colors, len(colors), PageQuery())


def routes(service: ProjectService) -> list[Route]:
    return [
        Route("/api/colors", ColorsResource(), {"GET": Operation(SIGNED_IN, answer=Paged[ColorAnswer])}),
        Route(
            "/api/projects",
            ProjectsResource(service),
            {
                "GET": Operation(access.LIST, answer=Paged[ProjectEntry], query=Search),
                "POST": Operation(access.CREATE, body=NewProject, answer=ProjectAnswer, status=201),
            },
        ),
        Route(
            "/api/projects/{project}",
            ProjectResource(service),
            {
                "GET": Operation(access.READ, answer=ProjectWithKey),
                "PUT": Operation(access.CHANGE, body=ProjectChanges, answer=ProjectAnswer),
                "DELETE": Operation(access.DELETE, status=204),
            },
        ),
        Route(
            "/api/projects/{project}/regenerate-key",
            KeyResource(service),
            {"POST": Operation(access.KEY, answer=ProjectAnswer)},
        ),
        Route(
            "/api/projects/{project}/members",
            MembersResource(service),
            {
                "GET": Operation(access.READ, answer=Paged[MemberAnswer], query=PageQuery),
                "POST": Operation(access.MEMBERS, body=NewMember, answer=MemberAnswer, status=201),
            },
        ),
        Route(
            "/api/projects/{project}/members/{user}",
            MemberResource(service),
            {"DELETE": Operation(access.MEMBERS, status=204)},
        ),
    ]
