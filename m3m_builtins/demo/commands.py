"""Commands of the command line."""

from __future__ import annotations

import click

from m3m_core import Context

LINKS = (
    ("The shop", "/r/demo/"),
    ("Its API", "/r/demo/orders?search=lamp"),
    ("Numbers", "/r/demo/stats"),
)


def demo(ctx: Context) -> click.Command:
    @click.command("demo")
    def command() -> None:
        """Load a demo project and start it."""
        running = ctx.service.load()
        server = ctx.settings.server
        services = server.services_uri or server.uri
        if running:
            click.echo("The demo is running, with two models, 3,200 orders, files, goals and a schedule.")
        else:
            click.echo("The demo is loaded. It starts with the server (m3m serve). Then open:")
        for what, path in LINKS:
            click.echo(f"  {what:<11}{services}{path}")
        click.echo(f"  {'The admin':<11}{server.uri}/projects/demo")

    return command
