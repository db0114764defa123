"""`strings`: the functions of `utils` under the name where people look for text."""

from __future__ import annotations

from collections.abc import Sequence

from m3m_core import Context, JSModule, Manifest, TypeDefinition, hookimpl

manifest = Manifest("strings", "0.1.0", "The functions of utils under a second name", requires=("utils",))


@hookimpl
def m3m_js_modules(ctx: Context) -> Sequence[JSModule]:
    return [ctx.use("utils").module("strings")]


@hookimpl
def m3m_type_definitions() -> Sequence[TypeDefinition]:
    return [TypeDefinition.beside(__file__)]
