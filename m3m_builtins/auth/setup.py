"""The first start: somebody has to become the root user."""

from __future__ import annotations

import click

from m3m_core import Settings

from .service import AuthService


def offer(service: AuthService, settings: Settings) -> None:
    """Print a one-time link for creating the root user, when there is no user. To the terminal only, never to a log."""
    token = service.new_setup_token()
    if token is None:
        return
    click.echo(
        "\nThere is no user yet. Open this link within an hour to create the root user:\n"
        f"\n    {settings.server.uri.rstrip('/')}/setup?token={token}\n"
        "\nOr use the command line: m3m new-admin EMAIL PASSWORD\n"
    )
