"""Makes the demo project with what every other project is made with."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from m3m_core import SYSTEM, Context, NotFound, RunSource

if TYPE_CHECKING:
    from m3m_builtins.pipeline.service import PipelineService
    from m3m_builtins.projects.documents import Project
    from m3m_builtins.projects.service import ProjectService
    from m3m_builtins.runtime.service import RuntimeService

    from .filling import Filling

SLUG = "demo"
CODE = Path(__file__).with_name("demo.js")


class DemoService:
    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self._projects: ProjectService = ctx.use("projects")
        self._pipeline: PipelineService = ctx.use("pipeline")
        self._runtime: RuntimeService = ctx.use("runtime")

    @cached_property
    def _filling(self) -> Filling:
        from .filling import Filling  # only the command needs it

        return Filling(self._ctx)

    def load(self) -> bool:
        """Make the project unless it is there, and start it. False when no server is running to start it.

        Raises Conflict when there is no root user to own it, Invalid when its code was changed and does not start.
        """
        project = self._project()
        self._filling.fill(project)
        if not self._ctx.runs.ping():
            source, _ = self._pipeline.source_of(project)
            self._start_with_server(project, source)
            return False
        if self._runtime.status(project)["status"] != "running":
            self._runtime.start(project)
        return True

    def _project(self) -> Project:
        try:
            project = self._projects.find_visible(SLUG, SYSTEM)
        except NotFound:
            project = self._projects.create(SYSTEM, {"name": "Demo", "slug": SLUG, "color": "teal"})
        return project if project.active_release else self._publish(project)

    def _publish(self, project: Project) -> Project:
        self._pipeline.branches.save(project.id, "develop", CODE.read_text(), None)
        release = self._pipeline.publish(project, "develop", "minor", "stable", "The demo", project.owner_id)
        self._pipeline.activate(project, release.version)
        return self._projects.get(project.id)

    def _start_with_server(self, project: Project, source: RunSource) -> None:
        """The next start of the server finds a project that should run."""
        self._projects.set_run_state(project.id, "stopped", source)
