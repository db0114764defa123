"""Headers in any language (RFC 2047). Python's newer folding loses blanks between words, so its older one is used."""

from __future__ import annotations

from collections.abc import Sequence
from email.header import Header
from email.message import EmailMessage
from email.utils import quote

from .addresses import Mailbox

LONGEST_LINE = 900
"""Characters; servers take 998."""

PLAIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 !#$%&'*+-/=?^_`{|}~")
"""What a name may hold without quotes."""


def set_text(message: EmailMessage, name: str, text: str) -> None:
    message.set_raw(name, _encoded(name, text))


def set_addresses(message: EmailMessage, name: str, mailboxes: Sequence[Mailbox]) -> None:
    """Each on a line of its own."""
    if mailboxes:
        message.set_raw(name, ",\n ".join(map(_address, mailboxes)))


def _address(one: Mailbox) -> str:
    if not one.name:
        return one.address
    phrase = _encoded("", one.name)
    if phrase == one.name and not PLAIN.issuperset(one.name):
        phrase = f'"{quote(one.name)}"'
    return f"{phrase} <{one.address}>"


def _encoded(name: str, text: str) -> str:
    """As it is when that is possible: what looks like an encoded word is encoded too, or it would be read as one."""
    if text.isascii() and "=?" not in text:
        folded = Header(text, "us-ascii", header_name=name).encode()
        if all(len(line) <= LONGEST_LINE for line in folded.split("\n")):
            return folded if name else text
    return Header(text, "utf-8", header_name=name).encode()
