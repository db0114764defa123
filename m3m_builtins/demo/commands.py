"""Commands of the command line."""

from __future__ import annotations

import click

from m3m_core import Context


def demo(ctx: Context) -> click.Command:
    @click.command("demo")
    def command() -> None:
        """Load a demo project and start it."""
        running = ctx.service.load()
        address = f"{ctx.settings.server.uri}/r/demo/"
        if running:
            click.echo(f"The demo is running: {address}")
        else:
            click.echo(f"The demo is loaded. It starts with the server (m3m serve); then open {address}")

    return command
