"""Running projects: start, stop, status, logs, and what runs again when the server starts."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from m3m_core import Context, Manifest, Route, RunChange, hookimpl

from . import hookspecs
from .config import RuntimeConfig

if TYPE_CHECKING:
    from m3m_builtins.projects.documents import Project

    from .service import RuntimeService

manifest = Manifest(
    name="runtime",
    version="0.1.0",
    description="Running projects: start, stop, status, monitoring and logs",
    requires=("pipeline", "projects"),
    config=RuntimeConfig,
    hookspecs=hookspecs,
)


@hookimpl
def m3m_startup(ctx: Context) -> RuntimeService:
    from .service import RuntimeService

    return RuntimeService(ctx)


@hookimpl
def m3m_ready(ctx: Context) -> None:
    ctx.service.remove_orphans()
    ctx.service.restore()


@hookimpl
def m3m_routes(ctx: Context) -> Sequence[Route]:
    from .access import check_metrics
    from .routes import routes

    return routes(ctx.service, partial(check_metrics, ctx))


@hookimpl
def m3m_run_changed(ctx: Context, change: RunChange) -> str | None:
    return ctx.service.record(change)  # type: ignore[no-any-return]


@hookimpl
def m3m_project_deleting(ctx: Context, project: Project) -> None:
    ctx.runs.stop(project.id)


@hookimpl
def m3m_project_deleted(ctx: Context, project: Project) -> None:
    ctx.service.forget_project(project.id)
