"""The life of a service: what runs at boot, at start and at shutdown."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from m3m_core import JSModule, Manifest, TypeDefinition, hookimpl

manifest = Manifest("service", "0.1.0", "The life of a service: boot, start, shutdown")

FILE_GLOBALS = ("require", "$require", "$exports")
FILES = "(host, m3m) => ({ require: m3m.require, $require: m3m.require, $exports: {} })"
"""What the main file has of CommonJS. Nobody requires it, so what it exports is read by nobody."""

SCRIPT = Path(__file__).with_name("service.js").read_text(encoding="utf-8")


@hookimpl
def m3m_js_modules() -> Sequence[JSModule]:
    # eager: it has to know when a phase is over, also where no code names one
    life = JSModule("service", None, SCRIPT, eager=True)
    return [life, JSModule("service_files", None, FILES, exports=FILE_GLOBALS)]


@hookimpl
def m3m_type_definitions() -> Sequence[TypeDefinition]:
    return [TypeDefinition.beside(__file__)]
