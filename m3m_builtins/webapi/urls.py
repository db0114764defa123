"""URLs by the WHATWG's rules: parsing and changing are Ada's, the parser of Node.js."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode

from ada_url import URL

PARTS = (
    "href",
    "origin",
    "protocol",
    "username",
    "password",
    "host",
    "hostname",
    "port",
    "pathname",
    "search",
    "hash",
)


def parse(url: str, base: str | None) -> dict[str, str] | None:
    """The parts of a URL; None when it is not one."""
    try:
        return parts(URL(url, base))
    except ValueError:
        return None


def change(url: str, part: str, value: str) -> dict[str, str]:
    """The parts after one was set; a value that does not fit changes nothing, as on the web."""
    parsed = URL(url)
    try:
        setattr(parsed, part, value)
    except ValueError:
        return parts(URL(url))
    return parts(parsed)


def parts(url: URL) -> dict[str, str]:
    return {name: getattr(url, name) for name in PARTS}


def parse_query(query: str) -> list[tuple[str, str]]:
    return parse_qsl(query, keep_blank_values=True)


def format_query(pairs: list[list[str]]) -> str:
    return urlencode([(name, value) for name, value in pairs], safe="*").replace("~", "%7E")
