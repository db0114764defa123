"""Projects, their members and API keys."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from m3m_core import Actor, Answer, Context, Manifest, Operation, Route, hookimpl

from . import hookspecs

if TYPE_CHECKING:
    import falcon

    from .documents import Project
    from .service import ProjectService

manifest = Manifest(
    name="projects",
    version="0.1.0",
    description="Projects, their members and API keys",
    requires=("auth",),
    hookspecs=hookspecs,
)


@hookimpl
def m3m_startup(ctx: Context) -> ProjectService:
    from .service import ProjectService

    def announce(hook: str, project: Project) -> Iterator[Answer]:
        return ctx.answers(hook, project=project)

    return ProjectService(ctx.use("auth"), announce, lambda ids: ctx.runs.usage(ids))


@hookimpl
def m3m_ready(ctx: Context) -> None:
    ctx.service.ensure_indexes()
    ctx.service.remove_hidden()


@hookimpl
def m3m_routes(ctx: Context) -> Sequence[Route]:
    from .routes import routes

    return routes(ctx.service)


@hookimpl
def m3m_authenticate(ctx: Context, req: falcon.Request) -> Actor | None:
    from .access import authenticate

    return authenticate(ctx.service, req)


@hookimpl
def m3m_lookups(operation: Operation, params: dict[str, Any]) -> Mapping[str, Mapping[str, Any]]:
    from .access import lookups

    return lookups(operation, params)


@hookimpl
def m3m_authorize(
    ctx: Context, actor: Actor, operation: Operation, params: dict[str, Any], req: falcon.Request
) -> bool | None:
    from .access import authorize

    return authorize(ctx.service, actor, operation, params, req)


@hookimpl
def m3m_visible_projects(ctx: Context, actor: Actor, ids: frozenset[str]) -> frozenset[str]:
    visible: frozenset[str] = ctx.service.visible_ids(actor, ids)
    return visible


@hookimpl
def m3m_user_deleted(ctx: Context, user_id: str) -> None:
    ctx.service.members.forget(user_id)
