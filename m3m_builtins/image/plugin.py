"""Pictures: size, cut, turn, formats, for services and for other plugins."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from m3m_core import Context, JSModule, Manifest, RunContext, TypeDefinition, hookimpl

if TYPE_CHECKING:
    from .service import ImageService

manifest = Manifest(
    name="image",
    version="0.1.0",
    description="Pictures for services: size, cut, turn, formats, watermarks",
    requires=("storage",),
)


@hookimpl
def m3m_startup(ctx: Context) -> ImageService:
    from .service import ImageService

    return ImageService(ctx.use("storage"), ctx.settings.runtime.memory_limit)


@hookimpl
def m3m_js_modules(ctx: Context, run: RunContext) -> Sequence[JSModule]:
    from .jsmodule import image_module

    return [image_module(ctx.service, run)]


@hookimpl
def m3m_type_definitions() -> Sequence[TypeDefinition]:
    return [TypeDefinition.beside(__file__)]
