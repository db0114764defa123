"""HTTP routes of a service: the `router` global and what it does with a request."""

from __future__ import annotations

from collections.abc import Sequence

from m3m_core import JSModule, Manifest, RunContext, TypeDefinition, hookimpl

from .jsmodule import router_module

manifest = Manifest("router", "0.1.0", "HTTP routes of a service, with parameters, groups and middleware")


@hookimpl
def m3m_js_modules(run: RunContext) -> Sequence[JSModule]:
    return [router_module(run)]


@hookimpl
def m3m_type_definitions() -> Sequence[TypeDefinition]:
    return [TypeDefinition.beside(__file__)]
