"""The admin pages in the browser."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from m3m_core import Context, Manifest, Route, hookimpl

if TYPE_CHECKING:
    from .service import UiService

manifest = Manifest(
    name="ui",
    version="0.1.0",
    description="The admin pages in the browser",
)


@hookimpl
def m3m_startup(ctx: Context) -> UiService:
    from .service import UiService

    return UiService(ctx.settings.server.services_uri)


@hookimpl
def m3m_routes(ctx: Context) -> Sequence[Route]:
    from .routes import routes

    return routes(ctx.service)
