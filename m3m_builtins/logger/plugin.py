"""Lines in the log of the run: `logger` and `console`."""

from __future__ import annotations

from collections.abc import Sequence

from m3m_core import JSModule, Manifest, TypeDefinition, hookimpl

from .jsmodule import logger_module

manifest = Manifest("logger", "0.1.0", "Lines in the log of the run: logger and console")


@hookimpl
def m3m_js_modules() -> Sequence[JSModule]:
    return [logger_module()]


@hookimpl
def m3m_type_definitions() -> Sequence[TypeDefinition]:
    return [TypeDefinition.beside(__file__)]
