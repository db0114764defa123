"""Jobs of a service by the clock: `schedule`."""

from __future__ import annotations

from collections.abc import Sequence

from m3m_core import JSModule, Manifest, RunContext, TypeDefinition, hookimpl

from .jsmodule import schedule_module

manifest = Manifest("schedule", "0.1.0", "Jobs of a service by the clock")


@hookimpl
def m3m_js_modules(run: RunContext) -> Sequence[JSModule]:
    return [schedule_module(run)]


@hookimpl
def m3m_type_definitions() -> Sequence[TypeDefinition]:
    return [TypeDefinition.beside(__file__)]
