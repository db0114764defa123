"""Code of projects: branches and releases."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from m3m_core import Context, Manifest, Route, hookimpl

from . import hookspecs

if TYPE_CHECKING:
    from m3m_builtins.projects.documents import Project

    from .service import PipelineService

manifest = Manifest(
    name="pipeline",
    version="0.1.0",
    description="Code of projects: branches that are edited, releases that never change",
    requires=("projects",),
    hookspecs=hookspecs,
)


@hookimpl
def m3m_startup(ctx: Context) -> PipelineService:
    from .service import make

    return make(ctx)


@hookimpl
def m3m_ready(ctx: Context) -> None:
    ctx.service.ensure_indexes()
    ctx.service.remove_orphans()


@hookimpl
def m3m_routes(ctx: Context) -> Sequence[Route]:
    from .routes import routes

    return routes(ctx.service)


@hookimpl
def m3m_project_created(ctx: Context, project: Project) -> None:
    ctx.service.branches.make_develop(project.id)


@hookimpl
def m3m_project_deleted(ctx: Context, project: Project) -> None:
    ctx.service.forget_project(project.id)
