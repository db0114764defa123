"""The TypeScript declarations of everything that JavaScript can use, for the editor."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from m3m_core import Context, Manifest, Route, hookimpl

from .service import TypeService

if TYPE_CHECKING:
    import click

manifest = Manifest(
    "typedefs",
    "0.1.0",
    "TypeScript declarations of all JavaScript modules, for the editor",
    requires=("projects",),
)


@hookimpl
def m3m_startup(ctx: Context) -> TypeService:
    return TypeService(ctx)


@hookimpl
def m3m_routes(ctx: Context) -> Sequence[Route]:
    from .routes import routes

    return routes(ctx.service)


@hookimpl
def m3m_commands(ctx: Context) -> Sequence[click.Command]:
    from .commands import types

    return [types(ctx.service)]
