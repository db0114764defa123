"""Names and addresses of the net."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Sequence

LONGEST_URL = 2048
LOCAL = re.compile(r"[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*")
LABEL = re.compile(r"(?!-)[A-Za-z0-9-]{1,63}(?<!-)")
MAC = re.compile(r"[0-9A-Fa-f]{2}([:-])(?:[0-9A-Fa-f]{2}\1){4}[0-9A-Fa-f]{2}")
BLANK = re.compile(r"[\s\x00-\x1f\x7f<>\"\\^`{|}]")
AUTHORITY = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://[^/?#]")


def is_email(value: str) -> bool:
    """As people have them: no quotes, no comments, a domain with a dot. Letters of every language are fine."""
    local, at, domain = value.rpartition("@")
    if not at or len(value) > 254 or len(local.encode()) > 64 or LOCAL.fullmatch(local) is None:
        return False
    return "." in domain and is_hostname(domain)


def is_hostname(value: str) -> bool:
    """What DNS takes, or what becomes that (`münchen.de`)."""
    name = value if value.isascii() else _ascii(value)
    labels = name.split(".")
    if not 1 <= len(name) <= 253 or labels[-1].isdigit():
        return False
    return all(LABEL.fullmatch(label) for label in labels)


def is_url(value: str, protocols: Sequence[str] = ("http", "https")) -> bool:
    """A whole address with a host, by the web's own rules."""
    from ada_url import URL

    if len(value) > LONGEST_URL or BLANK.search(value) or AUTHORITY.match(value) is None:
        return False
    try:
        read = URL(value)
    except ValueError:
        return False
    return read.protocol.removesuffix(":") in protocols and bool(read.hostname)


def is_ip(value: str, version: int | None = None) -> bool:
    if "%" in value or "/" in value:
        return False
    try:
        return version in (None, ipaddress.ip_address(value).version)
    except ValueError:
        return False


def is_cidr(value: str, version: int | None = None) -> bool:
    """An address and the length of its prefix; bits beyond that may be set."""
    address, slash, length = value.partition("/")
    if not slash or not re.fullmatch(r"0|[1-9]\d{0,2}", length, re.ASCII) or not is_ip(address, version):
        return False
    return int(length) <= (128 if ":" in address else 32)


def is_mac(value: str) -> bool:
    return MAC.fullmatch(value) is not None


def is_port(value: str) -> bool:
    return re.fullmatch(r"[1-9]\d{0,4}", value, re.ASCII) is not None and int(value) <= 65535


def _ascii(name: str) -> str:
    """Empty when the name cannot be written in ASCII."""
    from ada_url import idna

    if len(name) > 253:
        return ""
    try:
        return str(idna.encode(name).decode())
    except ValueError:
        return ""
