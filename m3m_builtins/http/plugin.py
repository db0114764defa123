"""Requests to other servers: `http` and `fetch`."""

from __future__ import annotations

from collections.abc import Sequence

from m3m_core import Context, JSModule, Manifest, RunContext, TypeDefinition, hookimpl

from .config import HTTPConfig

manifest = Manifest(
    name="http",
    version="0.1.0",
    description="Requests to other servers: http and fetch, with cookies, downloads and rules for addresses",
    requires=("storage", "webapi"),
    config=HTTPConfig,
)


@hookimpl
def m3m_js_modules(ctx: Context, run: RunContext) -> Sequence[JSModule]:
    from .exchanges import Exchanges
    from .jsmodule import http_modules

    return http_modules(Exchanges(ctx.config, ctx.settings, ctx.use("storage"), run))


@hookimpl
def m3m_type_definitions() -> Sequence[TypeDefinition]:
    return [TypeDefinition.beside(__file__)]
