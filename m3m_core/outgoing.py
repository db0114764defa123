"""Connections: the name is looked up, each address checked, and the connection made to an address that was checked."""

from __future__ import annotations

from typing import Any

from gevent import socket

from .egress import Egress
from .errors import M3MError, Unavailable


def connect(egress: Egress, host: str, port: int, seconds: float | None) -> Any:
    """A socket of gevent. Each of the addresses has its share of the `seconds`; the look-up is not counted.

    Raises Forbidden (`egress_refused`), Unavailable (`dns_failed`, `connect_failed`).
    """
    return _to_first(host, checked(egress, look_up(host, port)), seconds)


def look_up(host: str, port: int) -> list[tuple[Any, ...]]:
    """As `getaddrinfo`. In a thread of gevent's, so that others go on. Raises Unavailable (`dns_failed`)."""
    try:
        found: list[tuple[Any, ...]] = socket.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM)
    except (socket.gaierror, UnicodeError):
        raise Unavailable(f"{host}: no address is known for this name", code="dns_failed") from None
    return found


def checked(egress: Egress, found: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """The addresses that may be reached. Raises Forbidden when there is none."""
    allowed, refused = [], None
    for entry in found:
        try:
            egress.check(entry[4][0])
            allowed.append(entry)
        except M3MError as error:
            refused = error
    if not allowed and refused is not None:
        raise refused
    return allowed


def _to_first(host: str, found: list[tuple[Any, ...]], seconds: float | None) -> Any:
    """A connection to the first address that answers; each has its share of the time."""
    share = None if seconds is None else max(seconds / len(found), 1.0)
    last = OSError("no address")
    for family, kind, protocol, _, address in found:
        made = socket.socket(family, kind, protocol)
        try:
            made.settimeout(share)
            made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            made.connect(address)
            made.settimeout(seconds)
            return made
        except OSError as error:
            made.close()
            last = error
        except BaseException:
            made.close()
            raise
    why = last.strerror or "no answer"
    raise Unavailable(f"{host}: the connection failed: {why}", code="connect_failed") from None
