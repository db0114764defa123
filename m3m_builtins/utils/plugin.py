"""Small helpers for every service: waiting, chance, dates, text, lists."""

from __future__ import annotations

from collections.abc import Sequence

from m3m_core import Context, JSModule, Manifest, TypeDefinition, hookimpl

from .jsmodule import UtilsService

manifest = Manifest("utils", "0.1.0", "Small helpers: waiting, chance, dates, text, lists")


@hookimpl
def m3m_startup() -> UtilsService:
    return UtilsService()


@hookimpl
def m3m_js_modules(ctx: Context) -> Sequence[JSModule]:
    return [ctx.service.module("utils")]


@hookimpl
def m3m_type_definitions() -> Sequence[TypeDefinition]:
    return [TypeDefinition.beside(__file__)]
