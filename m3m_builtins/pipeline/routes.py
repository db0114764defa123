"""HTTP API of branches and releases."""

from __future__ import annotations

from typing import TypeVar

import falcon

from m3m_core import Operation, Route
from m3m_core.http import Paged, PageQuery, paged

from .code import LARGEST
from .documents import Release
from .releases import is_running
from .schemas import (
    BranchAnswer,
    BranchChanges,
    BranchEntry,
    NewBranch,
    NewRelease,
    ReleaseAnswer,
    ReleaseEntry,
    ReleaseList,
    Reset,
)
from .service import PipelineService

READ = "pipeline.read"
WRITE = "pipeline.write"
ROOT = "/api/projects/{project}/pipeline"
CODE_BODY = 8 * LARGEST
"""Bytes. In JSON one byte of code takes up to six, as an escape."""

Shape = TypeVar("Shape", bound=ReleaseEntry)


class Resource:
    def __init__(self, service: PipelineService) -> None:
        self._service = service


class BranchesResource(Resource):
    def on_get(self, req: falcon.Request, resp: falcon.Response, project: str, query: PageQuery) -> None:
        """List the branches, without code."""
        branches, total = self._service.branches.page(req.context.project.id, query.skip, query.per_page)
        resp.media = paged(map(BranchEntry.of, branches), total, query)

    def on_post(self, req: falcon.Request, resp: falcon.Response, project: str, body: NewBranch) -> None:
        """Create a branch from another or from a release."""
        branch = self._service.branches.create(req.context.project.id, body.name, body.from_branch, body.from_release)
        resp.media = BranchAnswer.of(branch)


class BranchResource(Resource):
    def on_get(self, req: falcon.Request, resp: falcon.Response, project: str, branch: str) -> None:
        """One branch with its code."""
        resp.media = BranchAnswer.of(self._service.branches.get(req.context.project.id, branch))

    def on_put(
        self, req: falcon.Request, resp: falcon.Response, project: str, branch: str, body: BranchChanges
    ) -> None:
        """Save the code of a branch."""
        given = body.model_dump(exclude_unset=True)
        saved = self._service.branches.save(
            req.context.project.id, branch, given.get("code"), given.get("files"), body.revision
        )
        resp.media = BranchAnswer.of(saved)

    def on_delete(self, req: falcon.Request, resp: falcon.Response, project: str, branch: str) -> None:
        """Delete a branch."""
        self._service.branches.delete(req.context.project.id, branch)


class ResetResource(Resource):
    def on_post(self, req: falcon.Request, resp: falcon.Response, project: str, branch: str, body: Reset) -> None:
        """Replace the code of a branch by that of a release."""
        resp.media = BranchAnswer.of(self._service.branches.reset(req.context.project.id, branch, body.version))


class ReleasesResource(Resource):
    def on_get(self, req: falcon.Request, resp: falcon.Response, project: str, query: PageQuery) -> None:
        """List the releases, newest version first, without code, and the numbers that the next one can have."""
        project_id = req.context.project.id
        releases, total = self._service.releases.page(project_id, query.skip, query.per_page)
        listed = paged((_shown(ReleaseEntry, req, release) for release in releases), total, query)
        resp.media = listed | {"next_versions": self._service.releases.next_versions(project_id)}

    def on_post(self, req: falcon.Request, resp: falcon.Response, project: str, body: NewRelease) -> None:
        """Publish the code of a branch as a release."""
        release = self._service.publish(
            req.context.project, body.branch, body.bump, body.tag, body.comment, req.context.actor.id
        )
        resp.media = _shown(ReleaseAnswer, req, release)


class ReleaseResource(Resource):
    def on_get(self, req: falcon.Request, resp: falcon.Response, project: str, version: str) -> None:
        """One release with its code."""
        resp.media = _shown(ReleaseAnswer, req, self._service.releases.get(req.context.project.id, version))

    def on_delete(self, req: falcon.Request, resp: falcon.Response, project: str, version: str) -> None:
        """Delete a release that is neither active nor running."""
        self._service.releases.delete(req.context.project, version)


class ActivateResource(Resource):
    def on_post(self, req: falcon.Request, resp: falcon.Response, project: str, version: str) -> None:
        """Make a release the one that a start without a version runs."""
        release = self._service.activate(req.context.project, version)
        req.context.project.active_release = release.version
        resp.media = _shown(ReleaseAnswer, req, release)


def _shown(shape: type[Shape], req: falcon.Request, release: Release) -> Shape:
    project = req.context.project
    return shape.of(release, active=project.active_release == release.version, running=is_running(project, release))


def routes(service: PipelineService) -> list[Route]:
    return [
        Route(
            f"{ROOT}/branches",
            BranchesResource(service),
            {
                "GET": Operation(READ, answer=Paged[BranchEntry], query=PageQuery),
                "POST": Operation(WRITE, body=NewBranch, answer=BranchAnswer, status=201),
            },
        ),
        Route(
            f"{ROOT}/branches/{{branch}}",
            BranchResource(service),
            {
                "GET": Operation(READ, answer=BranchAnswer),
                "PUT": Operation(WRITE, body=BranchChanges, answer=BranchAnswer, body_limit=CODE_BODY),
                "DELETE": Operation(WRITE, status=204),
            },
        ),
        Route(
            f"{ROOT}/branches/{{branch}}/reset",
            ResetResource(service),
            {"POST": Operation(WRITE, body=Reset, answer=BranchAnswer)},
        ),
        Route(
            f"{ROOT}/releases",
            ReleasesResource(service),
            {
                "GET": Operation(READ, answer=ReleaseList, query=PageQuery),
                "POST": Operation(WRITE, body=NewRelease, answer=ReleaseAnswer, status=201),
            },
        ),
        Route(
            f"{ROOT}/releases/{{version}}",
            ReleaseResource(service),
            {"GET": Operation(READ, answer=ReleaseAnswer), "DELETE": Operation(WRITE, status=204)},
        ),
        Route(
            f"{ROOT}/releases/{{version}}/activate",
            ActivateResource(service),
            {"POST": Operation(WRITE, answer=ReleaseAnswer)},
        ),
    ]
