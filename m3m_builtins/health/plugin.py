"""`GET /health`: for load balancers, and for whoever started the server a moment ago."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from m3m_core import Context, Manifest, Route, hookimpl

if TYPE_CHECKING:
    from .service import HealthService

manifest = Manifest("health", "0.1.0", "Says whether the server is well")


@hookimpl
def m3m_startup(ctx: Context) -> HealthService:
    from .service import make

    return make(ctx)


@hookimpl
def m3m_shutdown(ctx: Context) -> None:
    ctx.service.close()


@hookimpl
def m3m_routes(ctx: Context) -> Sequence[Route]:
    from .routes import routes

    return routes(ctx.service)
