"""The life of a service: what runs at boot, at start and at shutdown."""

from __future__ import annotations

from collections.abc import Sequence

from m3m_core import JSModule, Manifest, TypeDefinition, hookimpl, script_beside

manifest = Manifest("service", "0.1.0", "The life of a service: boot, start, shutdown")

FILE_GLOBALS = ("require", "$require", "$exports")
FILES = "(host, m3m) => ({ require: m3m.require, $require: m3m.require, $exports: {} })"
"""What the main file has of CommonJS. Nobody requires it, so what it exports is read by nobody."""

SCRIPT = script_beside(__file__, "service.js")


@hookimpl
def m3m_js_modules() -> Sequence[JSModule]:
    # eager: it has to know when a phase is over, also where no code names one
    life = JSModule("service", None, SCRIPT, eager=True)
    return [life, JSModule("service_files", None, FILES, exports=FILE_GLOBALS)]


@hookimpl
def m3m_type_definitions() -> Sequence[TypeDefinition]:
    return [TypeDefinition.beside(__file__)]
