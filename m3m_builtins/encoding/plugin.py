"""Texts and bytes in the forms that others write: base64, hex, JSON, URLs, CSV, YAML, XML."""

from __future__ import annotations

from collections.abc import Sequence

from m3m_core import JSModule, Manifest, TypeDefinition, hookimpl

manifest = Manifest("encoding", "0.1.0", "Base64, hex, JSON, URLs, CSV and YAML, in and out; XML in")


@hookimpl
def m3m_js_modules() -> Sequence[JSModule]:
    from .jsmodule import encoding_module

    return [encoding_module()]


@hookimpl
def m3m_type_definitions() -> Sequence[TypeDefinition]:
    return [TypeDefinition.beside(__file__)]
