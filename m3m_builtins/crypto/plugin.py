"""Hashes, random values, encryption, passwords and signed tokens for services."""

from __future__ import annotations

from collections.abc import Sequence

from m3m_core import JSModule, Manifest, TypeDefinition, hookimpl

manifest = Manifest("crypto", "0.1.0", "Hashes, random values, encryption, passwords and signed tokens")


@hookimpl
def m3m_js_modules() -> Sequence[JSModule]:
    from .jsmodule import crypto_module

    return [crypto_module()]


@hookimpl
def m3m_type_definitions() -> Sequence[TypeDefinition]:
    return [TypeDefinition.beside(__file__)]
