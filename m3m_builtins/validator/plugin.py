"""Checks of what others sent: JSON Schema, and questions such as `isEmail`."""

from __future__ import annotations

from collections.abc import Sequence

from m3m_core import JSModule, Manifest, TypeDefinition, hookimpl

manifest = Manifest("validator", "0.1.0", "JSON Schema, and checks of emails, addresses, dates and their like")


@hookimpl
def m3m_js_modules() -> Sequence[JSModule]:
    from .jsmodule import validator_module

    return [validator_module()]


@hookimpl
def m3m_type_definitions() -> Sequence[TypeDefinition]:
    return [TypeDefinition.beside(__file__)]
