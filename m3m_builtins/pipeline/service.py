"""Code of projects: from draft to release to what runs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import chain
from typing import TYPE_CHECKING

from m3m_core import Conflict, Context, Invalid, NotFound, RunSource, field

from . import code, documents
from .branches import Branches
from .documents import Branch, LastVersion, Release
from .releases import STABLE, Bump, Releases, Tag

if TYPE_CHECKING:
    from m3m_builtins.projects.documents import Project
    from m3m_builtins.projects.service import ProjectService


class PipelineService:
    """`activated` tells the other plugins that a release became the active one."""

    def __init__(self, projects: ProjectService, activated: Callable[[Project, str], None]) -> None:
        self.releases = Releases(projects)
        self.branches = Branches(self.releases)
        self._projects = projects
        self._activated = activated

    def ensure_indexes(self) -> None:
        documents.ensure_indexes()

    def forget_project(self, project_id: str) -> None:
        for document in (Branch, Release):
            document.objects(project_id=project_id).delete()
        LastVersion.objects(id=project_id).delete()

    def remove_orphans(self) -> None:
        """Of projects that were deleted while this was off, or when something was just written."""
        own = (
            Branch.objects.distinct("project_id"),
            Release.objects.distinct("project_id"),
            LastVersion.objects.scalar("id"),
        )
        self._projects.remove_leftovers(chain(*own), self.forget_project)

    def publish(self, project: Project, branch: str, bump: Bump, tag: Tag, comment: str, author: str) -> Release:
        """Raises Invalid for an unknown branch."""
        try:
            source = self.branches.get(project.id, branch)
        except NotFound as error:
            raise Invalid(error.message, fields={"branch": field("unknown_branch", error.message)}) from error
        return self.releases.publish(source, bump, tag, comment, author)

    def activate(self, project: Project, version: str) -> Release:
        """Raises NotFound, Conflict when the release is being deleted."""
        release = self.releases.get(project.id, version)
        if self._projects.set_active_release(project.id, release.version):
            self._activated(project, release.version)
        return release

    def source_of(
        self, project: Project, version: str | None = None, branch: str | None = None
    ) -> tuple[RunSource, Mapping[str, str]]:
        """What to run and its files: the release or branch given, else the active release.

        Raises NotFound, Invalid when both are given, Conflict when there is no active release.
        """
        if version is not None and branch is not None:
            message = "Give a version or a branch, not both."
            raise Invalid(message, fields={"branch": field("two_sources", message)})
        if branch is not None:
            draft = self.branches.get(project.id, branch)
            return RunSource("branch", draft.name), code.sources(draft.content)
        if version is None:
            version = self._projects.get(project.id).active_release
        if version is None:
            raise Conflict(
                "There is no active release. Publish one and activate it, or choose what to start.",
                code="no_active_release",
            )
        release = self.releases.get(project.id, version)
        return RunSource("release", release.version, release.tag), code.sources(release.content)

    def on_started(self, project: Project, source: RunSource, *, restored: bool = False) -> None:
        """Make a started release the active one when it is stable and was not `restored`, or when there is none.

        To be called before the project is recorded as running: then none is ever missing while a release runs.
        """
        if source.kind != "release":
            return
        decides = source.tag == STABLE and not restored
        try:
            changed = self._projects.set_active_release(project.id, source.name, only_if_none=not decides)
        except Conflict:
            return  # deleted while it started: it runs on, but a later start needs another
        if changed:
            self._activated(project, source.name)


def make(ctx: Context) -> PipelineService:
    def activated(project: Project, version: str) -> None:
        ctx.call("m3m_release_activated", project=project, version=version)

    return PipelineService(ctx.use("projects"), activated)
