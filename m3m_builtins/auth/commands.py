"""Commands of the command line."""

from __future__ import annotations

import click

from m3m_core import Context


def new_admin(ctx: Context) -> click.Command:
    @click.command("new-admin")
    @click.argument("email")
    @click.argument("password")
    def command(email: str, password: str) -> None:
        """Create the root user."""
        user = ctx.service.new_admin(email, password)
        click.echo(f"The root user {user.email} was created.")

    return command
