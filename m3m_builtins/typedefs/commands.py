"""Commands of the command line."""

from __future__ import annotations

import click

from m3m_core import SYSTEM, offline_unless

from .service import TypeService


def types(service: TypeService) -> click.Command:
    @offline_unless("project")
    @click.command("types")
    @click.option("--project", metavar="SLUG", help="Add what only this project has.")
    def command(project: str | None) -> None:
        """Print the TypeScript declarations for the editor."""
        click.echo(service.text(project, SYSTEM), nl=False)

    return command
