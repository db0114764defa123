"""Sign-in, users and their rights."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from m3m_core import Actor, Context, Manifest, Operation, Route, hookimpl

from . import hookspecs

if TYPE_CHECKING:
    import click
    import falcon

    from .service import AuthService

manifest = Manifest(
    name="auth",
    version="0.1.0",
    description="Sign-in, sessions, users and their rights",
    hookspecs=hookspecs,
)


@hookimpl
def m3m_startup(ctx: Context) -> AuthService:
    from .service import make

    return make(ctx)


@hookimpl
def m3m_ready(ctx: Context) -> None:
    from .setup import offer

    ctx.service.ensure_indexes()
    offer(ctx.service, ctx.settings)


@hookimpl
def m3m_routes(ctx: Context) -> Sequence[Route]:
    from .routes import routes

    return routes(ctx.service)


@hookimpl
def m3m_authenticate(ctx: Context, req: falcon.Request) -> Actor | None:
    from .access import authenticate

    asked = {"operation": req.context.operation, "params": req.context.params}
    return authenticate(ctx.service, req, lambda: ctx.call("m3m_lookups", **asked))


@hookimpl
def m3m_authorize(actor: Actor, operation: Operation, params: dict[str, Any]) -> bool | None:
    from .access import authorize

    return authorize(actor, operation, params)


@hookimpl
def m3m_commands(ctx: Context) -> Sequence[click.Command]:
    from .commands import new_admin

    return [new_admin(ctx)]
