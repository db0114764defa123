"""Addresses: from what people write to what a mail server takes."""

from __future__ import annotations

import re
from dataclasses import dataclass

from m3m_core import wrong_argument

from .wrong import bad_address, one_line, only

LONGEST_TEXT = 20_000
"""Characters of one field: some hundred addresses."""

LONGEST_NAME = 200
LOCAL = re.compile(r"[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*")
LABEL = re.compile(r"(?!-)[A-Za-z0-9-]{1,63}(?<!-)")
PIECE = re.compile(r'(?:[^",;]|"(?:[^"\\]|\\.)*")+')
"""Between commas, but not those within quotes."""

FULL = re.compile(r"(.*?)<([^<>]*)>", re.DOTALL)


@dataclass(frozen=True)
class Mailbox:
    """`name` is shown to people and may be empty. The domain is in ASCII; `local` may be in any language."""

    name: str
    local: str
    domain: str

    @property
    def address(self) -> str:
        return f"{self.local}@{self.domain}"


def mailboxes(value: object, field: str) -> list[Mailbox]:
    """Of a text (`Ann <ann@example.com>, bob@example.com`), an object `{name, address}`, or a list of them."""
    items = value if isinstance(value, list) else [] if value is None else [value]
    found = [mailbox for item in items for mailbox in _of(item, field)]
    kept: dict[str, Mailbox] = {}
    for one in found:
        kept.setdefault(one.address, one)
    return list(kept.values())


def mailbox(value: object, field: str) -> Mailbox:
    found = mailboxes(value, field)
    if len(found) != 1:
        raise bad_address(field, "one address is wanted")
    return found[0]


def _of(item: object, field: str) -> list[Mailbox]:
    if isinstance(item, dict):
        only(item, ("name", "address"), f"{field}: an address")
        name, address = item.get("name") or "", item.get("address")
        if not isinstance(name, str) or not isinstance(address, str):
            raise wrong_argument(f"{field}: an address is a text, or an object with name and address")
        return [_made(name, address, field)]
    if not isinstance(item, str):
        raise wrong_argument(f"{field}: an address is a text, or an object with name and address")
    if len(item) > LONGEST_TEXT:
        raise bad_address(field, "the text is too long")
    one_line(item, field)
    pieces = [piece.strip() for piece in PIECE.findall(item)]
    return [_read(piece, field) for piece in pieces if piece]


def _read(piece: str, field: str) -> Mailbox:
    full = FULL.fullmatch(piece)
    if full is None:
        return _made("", piece, field)
    name = full[1].strip()
    if len(name) > 1 and name[0] == name[-1] == '"':
        name = re.sub(r"\\(.)", r"\1", name[1:-1])
    return _made(name, full[2], field)


def _made(name: str, address: str, field: str) -> Mailbox:
    one_line(name, field)
    one_line(address, field)
    local, at, domain = address.strip().rpartition("@")
    if not at or len(local.encode()) > 64 or LOCAL.fullmatch(local) is None:
        raise bad_address(field, f'"{shown(address)}" is not an email address')
    host = _domain(domain)
    if not host or len(local.encode()) + len(host) > 253:
        raise bad_address(field, f'"{shown(address)}" is not an email address: its domain cannot be one')
    return Mailbox(name[:LONGEST_NAME], local, host)


def _domain(domain: str) -> str:
    """In ASCII, as DNS has it; empty when it cannot be a domain."""
    from ada_url import idna

    if len(domain) > 253:
        return ""
    try:
        host = domain if domain.isascii() else idna.encode(domain).decode()
    except ValueError:
        return ""
    return host if all(LABEL.fullmatch(label) for label in host.split(".")) else ""


def shown(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:79]}…"
