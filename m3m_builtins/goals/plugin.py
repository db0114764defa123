"""Goals: counters that services and the API add to, and their statistics."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from m3m_core import Actor, Context, JSModule, Manifest, Operation, Route, RunContext, TypeDefinition, hookimpl

if TYPE_CHECKING:
    from m3m_builtins.projects.documents import Project

    from .service import GoalService

manifest = Manifest(
    name="goals",
    version="0.1.0",
    description="Goals: counters that services and the API add to, and their statistics",
    requires=("projects",),
)


@hookimpl
def m3m_startup(ctx: Context) -> GoalService:
    from .service import GoalService

    return GoalService(ctx.use("projects"))


@hookimpl
def m3m_ready(ctx: Context) -> None:
    ctx.service.ensure_indexes()
    ctx.service.remove_orphans()


@hookimpl
def m3m_routes(ctx: Context) -> Sequence[Route]:
    from .routes import routes

    return routes(ctx.service)


@hookimpl
def m3m_authorize(actor: Actor, operation: Operation, params: dict[str, Any]) -> bool | None:
    from .access import authorize

    return authorize(actor, operation, params)


@hookimpl
def m3m_js_modules(ctx: Context, run: RunContext) -> Sequence[JSModule]:
    from .jsmodule import goals_module

    return [goals_module(ctx.service, run)]


@hookimpl
def m3m_type_definitions() -> Sequence[TypeDefinition]:
    return [TypeDefinition.beside(__file__)]


@hookimpl
def m3m_project_deleted(ctx: Context, project: Project) -> None:
    ctx.service.forget_project(project.id)
