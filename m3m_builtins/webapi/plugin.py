"""What JavaScript has on the web: timers, URL, text codecs, structuredClone, events, Headers, Request, Response."""

from __future__ import annotations

from collections.abc import Sequence

from m3m_core import Context, JSModule, Manifest, TypeDefinition, hookimpl

from .jsmodule import modules

manifest = Manifest(
    "webapi",
    "0.1.0",
    "What JavaScript has on the web: timers, URL, text codecs, events, streams, forms, Request and Response",
)


@hookimpl
def m3m_js_modules(ctx: Context) -> Sequence[JSModule]:
    return modules(ctx.settings.runtime.memory_limit)


@hookimpl
def m3m_type_definitions() -> Sequence[TypeDefinition]:
    return [TypeDefinition.beside(__file__)]
