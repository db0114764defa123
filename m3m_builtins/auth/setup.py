"""The first start: somebody has to become the root user."""

from __future__ import annotations

import secrets
from pathlib import Path

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


def page() -> tuple[str, str]:
    """The page behind the link, and the content security policy that lets its own script run and nothing else."""
    nonce = secrets.token_urlsafe(16)
    html = Path(__file__).with_name("setup.html").read_text("utf-8").replace("{nonce}", nonce)
    policy = (
        f"default-src 'none'; script-src 'nonce-{nonce}'; style-src 'nonce-{nonce}'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
    return html, policy
