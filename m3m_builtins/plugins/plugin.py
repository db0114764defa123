"""The plugins of this server: which there are, which are off and why, and loading them again."""

from __future__ import annotations

from collections.abc import Sequence

from m3m_core import Context, Manifest, Route, hookimpl

from .service import PluginService

manifest = Manifest("plugins", "0.1.0", "Lists the plugins of this server and loads them again")


@hookimpl
def m3m_startup(ctx: Context) -> PluginService:
    return PluginService(ctx)


@hookimpl
def m3m_routes(ctx: Context) -> Sequence[Route]:
    from .routes import routes

    return routes(ctx.service)
