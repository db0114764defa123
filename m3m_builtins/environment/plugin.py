"""The environment of a project: values that its service reads with `env.get`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from m3m_core import Context, JSModule, Manifest, Route, RunContext, TypeDefinition, hookimpl

if TYPE_CHECKING:
    from m3m_builtins.projects.documents import Project

    from .service import EnvironmentService

manifest = Manifest(
    name="environment",
    version="0.1.0",
    description="The environment of a project: typed values that its service reads",
    requires=("projects",),
)


@hookimpl
def m3m_startup(ctx: Context) -> EnvironmentService:
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
def m3m_js_modules(ctx: Context, run: RunContext) -> Sequence[JSModule]:
    from .jsmodule import env_module

    return [env_module(ctx.service, run)]


@hookimpl
def m3m_type_definitions() -> Sequence[TypeDefinition]:
    return [TypeDefinition.beside(__file__)]


@hookimpl
def m3m_project_deleted(ctx: Context, project: Project) -> None:
    ctx.service.forget_project(project.id)
