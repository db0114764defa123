"""HTTP routes of a service: the `router` global and what it does with a request."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from m3m_core import Context, JSModule, Manifest, RunContext, TypeDefinition, hookimpl

manifest = Manifest("router", "0.1.0", "HTTP routes of a service, with parameters, groups and middleware")


@hookimpl
def m3m_js_modules(run: RunContext) -> Sequence[JSModule]:
    from .jsmodule import Router

    script = Path(__file__).with_name("router.js").read_text()
    return [JSModule("router", Router(run), script, eager=True)]


@hookimpl
def m3m_type_definitions(ctx: Context) -> Sequence[TypeDefinition]:
    return [TypeDefinition("router", Path(__file__).with_name("router.d.ts").read_text())]
