"""Which values of a setting make sense: ranges and forms, beyond types."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

from .settings import Settings

SAMPLE_SECRET = "your-jwt-secret-key-change-in-production"  # noqa: S105  # published, and so refused
SHORTEST_SECRET = 32
SMALLEST_HEAP = 4 * 1024 * 1024
LEVELS = ("debug", "info", "warning", "error")
DATABASE_NAME = re.compile(r"[^/\\. \"$*<>:|?\x00]{1,63}")

Check = tuple[str, Callable[[Settings], bool], str]

CHECKS: tuple[Check, ...] = (
    ("server.host", lambda s: bool(s.server.host), "must not be empty: 0.0.0.0 listens on every address"),
    ("server.port", lambda s: 1 <= s.server.port <= 65535, "must be from 1 to 65535"),
    ("server.uri", lambda s: is_origin(s.server.uri), "must be an address such as https://m3m.example.com"),
    (
        "server.services_uri",
        lambda s: not s.server.services_uri or is_origin(s.server.services_uri),
        "must be an address such as https://services.example.net",
    ),
    (
        "server.services_uri",
        lambda s: not s.server.services_uri or host_of(s.server.services_uri) != host_of(s.server.uri),
        "must have another host than server.uri, not only another port: cookies are for all ports of a host",
    ),
    ("server.workers", lambda s: s.server.workers >= 1, "must be 1 or more"),
    ("server.body_limit", lambda s: s.server.body_limit > 0, "must be more than 0"),
    (
        "server.cors_origins",
        lambda s: all(map(is_origin, s.server.cors_origins)),
        "must be origins such as https://app.example.com, without a path",
    ),
    (
        "server.trusted_proxies",
        lambda s: all(map(is_network, s.server.trusted_proxies)),
        "must be networks such as 10.0.0.0/8",
    ),
    (
        "mongodb.uri",
        lambda s: s.mongodb.uri == "embedded" or s.mongodb.uri.startswith(("mongodb://", "mongodb+srv://")),
        "must be `embedded` or an address that starts with mongodb:// or mongodb+srv://",
    ),
    (
        "mongodb.database",
        lambda s: DATABASE_NAME.fullmatch(s.mongodb.database) is not None,
        'must be a database name: 1 to 63 characters, none of / \\ . " $ * < > : | ? or a space',
    ),
    ("jwt.secret", lambda s: s.jwt.secret != SAMPLE_SECRET, "is the published sample: leave it out and one is made"),
    (
        "jwt.secret",
        lambda s: not s.jwt.secret or len(s.jwt.secret) >= SHORTEST_SECRET,
        f"must have at least {SHORTEST_SECRET} characters: leave it out and one is made",
    ),
    ("jwt.expiration", lambda s: s.jwt.expiration >= 1, "must be 1s or more"),
    (
        "jwt.refresh_expiration",
        lambda s: s.jwt.refresh_expiration >= s.jwt.expiration,
        "must not be shorter than jwt.expiration",
    ),
    ("logging.level", lambda s: s.logging.level in LEVELS, f"must be one of {', '.join(LEVELS)}"),
    ("runtime.timeout", lambda s: s.runtime.timeout > 0, "must be more than 0s"),
    ("runtime.shutdown_timeout", lambda s: s.runtime.shutdown_timeout > 0, "must be more than 0s"),
    ("runtime.memory_limit", lambda s: s.runtime.memory_limit >= SMALLEST_HEAP, "must be 4MB or more"),
    ("runtime.worker_pool_size", lambda s: s.runtime.worker_pool_size >= 1, "must be 1 or more"),
    ("runtime.log_limit", lambda s: s.runtime.log_limit > 0, "must be more than 0"),
)


def check(settings: Settings) -> Iterator[tuple[str, str]]:
    """Every key whose value makes no sense, with the reason."""
    return ((where, message) for where, fits, message in CHECKS if not fits(settings))


def is_origin(text: str) -> bool:
    try:
        parts = urlsplit(text)
        _ = parts.port  # raises ValueError when it is not a number
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and not parts.path.strip("/") and not parts.query


def host_of(text: str) -> str | None:
    """None for what is no address."""
    return urlsplit(text).hostname if is_origin(text) else None


def is_network(text: str) -> bool:
    try:
        ipaddress.ip_network(text)
    except ValueError:
        return False
    return True
