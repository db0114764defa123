"""Work that may wait until the answer is out: `delayed`."""

from __future__ import annotations

from collections.abc import Sequence

from m3m_core import JSModule, Manifest, RunContext, TypeDefinition, hookimpl

from .jsmodule import delayed_module

manifest = Manifest("delayed", "0.1.0", "Work that may wait until the answer is out")


@hookimpl
def m3m_js_modules(run: RunContext) -> Sequence[JSModule]:
    return [delayed_module(run)]


@hookimpl
def m3m_type_definitions() -> Sequence[TypeDefinition]:
    return [TypeDefinition.beside(__file__)]
