"""Drawing: a canvas as on the web, whose commands are drawn by cairo when the picture is wanted."""

from __future__ import annotations

from collections.abc import Sequence

from m3m_core import Context, JSModule, Manifest, RunContext, TypeDefinition, hookimpl

manifest = Manifest(
    name="draw",
    version="0.1.0",
    description="Drawing for services: shapes, text and pictures on a canvas, as png, jpeg, webp, svg or pdf",
    requires=("image",),
)


@hookimpl
def m3m_js_modules(ctx: Context, run: RunContext) -> Sequence[JSModule]:
    from .jsmodule import draw_module

    return [draw_module(ctx.use("image"), run)]


@hookimpl
def m3m_type_definitions() -> Sequence[TypeDefinition]:
    return [TypeDefinition.beside(__file__)]
