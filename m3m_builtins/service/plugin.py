"""The life of a service: what runs at boot, at start and at shutdown."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from m3m_core import Context, JSModule, Manifest, RunContext, TypeDefinition, hookimpl

manifest = Manifest("service", "0.1.0", "The life of a service: boot, start, shutdown")


@hookimpl
def m3m_js_modules(run: RunContext) -> Sequence[JSModule]:
    return [JSModule("service", None, Path(__file__).with_name("service.js").read_text())]


@hookimpl
def m3m_type_definitions(ctx: Context) -> Sequence[TypeDefinition]:
    return [TypeDefinition("service", Path(__file__).with_name("service.d.ts").read_text())]
