"""Mails from services, by way of a mail server that the service, the project or the administrator names."""

from __future__ import annotations

from collections.abc import Sequence

from m3m_core import Context, JSModule, Manifest, RunContext, TypeDefinition, hookimpl

from .config import SMTPConfig

manifest = Manifest(
    name="smtp",
    version="0.1.0",
    description="Mails with attachments and templates, sent by a mail server",
    requires=("environment", "storage"),
    config=SMTPConfig,
)


@hookimpl
def m3m_js_modules(ctx: Context, run: RunContext) -> Sequence[JSModule]:
    from .jsmodule import mail_module

    return [mail_module(ctx.config, ctx.use("environment"), ctx.use("storage"), run)]


@hookimpl
def m3m_type_definitions() -> Sequence[TypeDefinition]:
    return [TypeDefinition.beside(__file__)]
