"""The rules about runs. The runs themselves are the supervisor's; this feature knows what a project should run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from m3m_core import Context, M3MError, NotFound, RunChange, RunSource, RunSpec, new_id
from m3m_core.version import VERSION

from . import crashes, prometheus
from .logs import RunLogs
from .sizes import Sizes

if TYPE_CHECKING:
    from m3m_builtins.pipeline.service import PipelineService
    from m3m_builtins.projects.documents import Project
    from m3m_builtins.projects.service import ProjectService

OUTDATED = "its project is gone or has another slug by now"


class RuntimeService:
    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self._projects: ProjectService = ctx.use("projects")
        self._pipeline: PipelineService = ctx.use("pipeline")
        self._sizes = Sizes(lambda project_id: ctx.call("m3m_project_sizes", project_id=project_id))
        self.logs = RunLogs(ctx.settings.logging.path)

    # ---- asked for by a person ---------------------------------------------------------------------------------------

    def start(self, project: Project, version: str | None = None, branch: str | None = None) -> dict[str, Any]:
        """The status once `service.start` is done.

        Raises Conflict when it runs already, or when neither is given and no release is active; NotFound; Invalid
        (code `start_failed`, with the place in the code) when the code does not start.
        """
        project = self._projects.get(project.id)  # as it is now: it was read before the request had come in whole
        return self._run(self._ctx.runs.start, self._spec(project, *self._pipeline.source_of(project, version, branch)))

    def stop(self, project: Project) -> dict[str, Any]:
        """The status once all is down. A project that has crashed is stopped then, too."""
        told = self._ctx.runs.stop(project.id)
        self._projects.acknowledge_crash(project.id)
        return without_source(told)

    def restart(self, project: Project) -> dict[str, Any]:
        """Run the same release again, or the same branch with its code as it is now; what does not run is started.

        Raises like `start`, and Conflict (code `start_stopped`) when the project is stopped meanwhile.
        """
        project = self._projects.get(project.id)
        source = crashes.recalled(project, self._ctx.runs.status(project.id))["source"]
        if source is None:
            return self.start(project)
        given = {"version": source["name"]} if source["kind"] == "release" else {"branch": source["name"]}
        return self._run(self._ctx.runs.restart, self._spec(project, *self._pipeline.source_of(project, **given)))

    def status(self, project: Project) -> dict[str, Any]:
        return self._shown(project, self._ctx.runs.status(project.id))

    def monitor(self, project: Project, slots: int) -> dict[str, Any]:
        told = self._ctx.runs.monitor(project.id, slots)
        return self._shown(project, told) | {"sizes": self._sizes.of(project.id)}

    def metrics(self) -> str:
        """The figures of all projects for Prometheus."""
        return prometheus.render(self._ctx.runs.figures(), VERSION)

    def _shown(self, project: Project, status: dict[str, Any]) -> dict[str, Any]:
        return without_source(crashes.recalled(project, status))

    def _spec(self, project: Project, source: RunSource, files: Any) -> RunSpec:
        run_id = new_id()
        log_path = str(self.logs.path(project.id, run_id))
        return RunSpec(project.id, project.slug, run_id, source, dict(files), log_path, project.instances)

    def _run(self, begin: Callable[[RunSpec], dict[str, Any]], spec: RunSpec) -> dict[str, Any]:
        try:
            return begin(spec)
        finally:
            self.logs.keep_only(spec.project_id, spec.run_id)

    # ---- in the supervisor -------------------------------------------------------------------------------------------

    def record(self, change: RunChange) -> str | None:
        """Write a run's new state to its project, or tell why the run may not go on.

        Done again by the supervisor until it succeeds. From `starting` on, the project's slug stays as it is.
        """
        try:
            return None if self._is_recorded(change) else OUTDATED
        except NotFound:
            return OUTDATED

    def _is_recorded(self, change: RunChange) -> bool:
        spec = change.spec
        if change.status == crashes.CRASHED:
            crashes.remember(change)
        if change.status in ("stopped", crashes.CRASHED):
            self._projects.set_run_state(spec.project_id, change.status, None)
            return True
        if change.status == "running":
            project = self._projects.get(spec.project_id)
            if project.slug != spec.slug:
                return False
            self._pipeline.on_started(project, spec.source, restored=spec.restored)
        return self._projects.set_run_state(
            spec.project_id, change.status, spec.source, boot=change.boot, run_id=spec.run_id, slug=spec.slug
        )

    def restore(self) -> None:
        """Start again what ran. One that fails is logged and holds nobody else up."""
        specs = [spec for project in self._projects.all_with_run_state() if (spec := self._to_restore(project))]
        if not specs:
            return
        errors = self._ctx.runs.start_many(specs)
        for spec in specs:
            self.logs.keep_only(spec.project_id, spec.run_id)
            failed = errors.get(spec.project_id)
            if failed is None:
                self._ctx.log.info("started %s again: %s %s", spec.slug, spec.source.kind, spec.source.name)
            else:
                self._ctx.log.error("%s could not be started again: %s", spec.slug, failed)

    def _to_restore(self, project: Project) -> RunSpec | None:
        """After a restart of the supervisor alone everything, after one of the server what may start by itself."""
        run = project.run if project.status != "stopping" else None  # a stop that was cut short is a stop
        wanted = run is not None and (run.boot == self._ctx.boot or (run.kind == "release" and project.auto_start))
        if run is not None and wanted:
            given = {"version": run.name} if run.kind == "release" else {"branch": run.name}
            try:
                return replace(self._spec(project, *self._pipeline.source_of(project, **given)), restored=True)
            except M3MError as error:
                self._ctx.log.error("%s cannot be started again: %s", project.slug, error.message)
        if run is not None or project.status != crashes.CRASHED:
            self._projects.set_run_state(project.id, "stopped", None)
        return None

    # ---- the end of a project ----------------------------------------------------------------------------------------

    def forget_project(self, project_id: str) -> None:
        self._ctx.runs.forget(project_id)
        crashes.forget(project_id)
        self.logs.forget(project_id)

    def remove_orphans(self) -> None:
        """Of projects that were deleted while this was off, or when something was just written."""
        self._projects.remove_leftovers({*self.logs.projects(), *crashes.projects()}, self.forget_project)


def without_source(status: dict[str, Any]) -> dict[str, Any]:
    """A stopped project has no source, though the supervisor knows what a restart would start."""
    return status | {"source": None} if status["status"] == "stopped" else status
