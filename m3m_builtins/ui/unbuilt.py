"""What a browser sees where the admin pages were not built: how to build them, and a plain page for the first user."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Page:
    html: str
    policy: str


def setup() -> Page:
    return _page("setup.html")


def how_to_build() -> Page:
    return _page("unbuilt.html")


def _page(name: str) -> Page:
    """The content security policy lets the page's own script run and nothing else."""
    nonce = secrets.token_urlsafe(16)
    policy = (
        f"default-src 'none'; script-src 'nonce-{nonce}'; style-src 'nonce-{nonce}'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
    return Page(Path(__file__).with_name(name).read_text("utf-8").replace("{nonce}", nonce), policy)
