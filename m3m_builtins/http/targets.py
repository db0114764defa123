"""Addresses that are called: read by the web's own rules, credentials apart."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from ada_url import URL

from m3m_core import Invalid

DEFAULT_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True)
class Target:
    """`url` has no credentials and no fragment; `credentials` is "user:password", empty without."""

    url: str
    scheme: str
    host: str
    port: int
    credentials: str = ""

    @property
    def origin(self) -> tuple[str, str, int]:
        return self.scheme, self.host, self.port


@dataclass(frozen=True)
class Proxy:
    url: str
    credentials: str


def target(text: Any, base: str | None = None, query: str = "") -> Target:
    """Raises Invalid (`bad_url`) for anything that is not an http or https URL."""
    if not isinstance(text, str):
        raise bad_url("the address is a text, such as https://example.com/")
    try:
        url = URL(text, base)
    except ValueError:
        raise bad_url(f'"{shown(text)}" is not a URL') from None
    scheme = url.protocol.removesuffix(":")
    if scheme not in DEFAULT_PORTS:
        raise bad_url(f"only http and https addresses can be called, not {scheme}")
    if query:
        url.search = f"{url.search}&{query}" if url.search else query
    credentials = f"{unquote(url.username)}:{unquote(url.password)}" if url.username or url.password else ""
    url.username = url.password = ""
    url.hash = ""
    port = int(url.port) if url.port else DEFAULT_PORTS[scheme]
    return Target(url.href.removesuffix("#"), scheme, url.hostname, port, credentials)


def proxy(text: Any) -> Proxy | None:
    if text is None:
        return None
    found = target(text)
    return Proxy(found.url, found.credentials)


def basic(credentials: str) -> str:
    return "Basic " + base64.b64encode(credentials.encode()).decode()


def bad_url(message: str) -> Invalid:
    return Invalid(message, code="bad_url")


def shown(text: str) -> str:
    """For a message: no query, which may hold secrets, and nothing before an @."""
    return text.partition("?")[0].rpartition("@")[2][:200]
