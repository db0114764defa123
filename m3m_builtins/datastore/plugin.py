"""Models of data and their records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from m3m_core import Context, JSModule, Manifest, Operation, Route, RunContext, TypeDefinition, hookimpl

from . import hookspecs

if TYPE_CHECKING:
    from m3m_builtins.projects.documents import Project

    from .service import DatastoreService

manifest = Manifest(
    name="datastore",
    version="0.1.0",
    description="Models of data and their records",
    requires=("projects", "storage"),
    hookspecs=hookspecs,
)


@hookimpl
def m3m_startup(ctx: Context) -> DatastoreService:
    from .service import DatastoreService

    return DatastoreService(ctx)


@hookimpl
def m3m_ready(ctx: Context) -> None:
    ctx.service.make_ready()
    ctx.service.remove_orphans()


@hookimpl
def m3m_lookups(operation: Operation, params: dict[str, Any]) -> Mapping[str, Mapping[str, Any]]:
    from .access import lookups

    return lookups(operation, params)


@hookimpl
def m3m_routes(ctx: Context) -> Sequence[Route]:
    from .routes import routes

    return routes(ctx.service, ctx.settings.server.body_limit)


@hookimpl
def m3m_js_modules(ctx: Context, run: RunContext) -> Sequence[JSModule]:
    from .jsmodule import database_module

    return [database_module(run, ctx.service)]


@hookimpl
def m3m_type_definitions(ctx: Context, project_id: str | None) -> Sequence[TypeDefinition]:
    from .types import definitions

    return definitions(ctx.service.models, project_id)


@hookimpl(optionalhook=True)
def m3m_project_sizes(ctx: Context, project_id: str) -> Mapping[str, int]:
    sizes: Mapping[str, int] = ctx.service.models.sizes(project_id)
    return sizes


@hookimpl
def m3m_project_deleted(ctx: Context, project: Project) -> None:
    ctx.service.models.forget_project(project.id)
