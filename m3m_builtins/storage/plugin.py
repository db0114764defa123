"""Files of projects: a file manager, public links, and what JavaScript may do with files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from m3m_core import Context, FileAnswer, JSModule, Manifest, Route, RunContext, TypeDefinition, hookimpl

from .config import StorageConfig

if TYPE_CHECKING:
    from m3m_builtins.projects.documents import Project

    from .service import StorageService

manifest = Manifest(
    name="storage",
    version="0.1.0",
    description="Files of projects: uploads, downloads, public links, archives",
    requires=("projects",),
    config=StorageConfig,
)


@hookimpl
def m3m_startup(ctx: Context) -> StorageService:
    from .service import StorageService

    return StorageService(ctx.settings, ctx.config)


@hookimpl
def m3m_ready(ctx: Context) -> None:
    ctx.service.ensure_indexes()
    ctx.service.tidy()
    ctx.service.remove_orphans(ctx.use("projects"))


@hookimpl
def m3m_routes(ctx: Context) -> Sequence[Route]:
    from .routes import routes

    return routes(ctx.service)


@hookimpl
def m3m_js_modules(ctx: Context, run: RunContext) -> Sequence[JSModule]:
    from .jsmodule import storage_module

    return [storage_module(ctx.service, run, ctx.settings.runtime.memory_limit)]


@hookimpl
def m3m_open_file(
    ctx: Context, project_id: str, path: str, headers: Mapping[str, str], options: Mapping[str, Any]
) -> FileAnswer:
    from .answers import opened

    # pages of services share the admin's origin, unless they have a host of their own
    confined = not ctx.settings.server.services_uri
    return opened(ctx.service.tree(project_id), path, headers, options, confined=confined)


@hookimpl
def m3m_type_definitions() -> Sequence[TypeDefinition]:
    return [TypeDefinition.beside(__file__)]


@hookimpl(optionalhook=True)
def m3m_project_sizes(ctx: Context, project_id: str) -> Mapping[str, int]:
    sizes: Mapping[str, int] = ctx.service.sizes(project_id)
    return sizes


@hookimpl
def m3m_project_deleted(ctx: Context, project: Project) -> None:
    ctx.service.forget_project(project.id)
