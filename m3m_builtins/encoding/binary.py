"""Base64 and hex (RFC 4648), strictly: one wrong character is an error that names its place."""

from __future__ import annotations

import base64
import re

from .places import WrongTextError

STANDARD = re.compile(r"[A-Za-z0-9+/]*")
URL_SAFE = re.compile(r"[A-Za-z0-9_-]*")
HEX = re.compile(r"[0-9A-Fa-f]*")
BLANK = re.compile(r"[\r\n\t ]+")


def base64_bytes(text: str, *, url: bool) -> bytes:
    """Lines may be broken; the padding `=` may be missing, but what there is of it must be right."""
    joined = BLANK.sub("", text)
    alphabet, name = (URL_SAFE, "base64url") if url else (STANDARD, "base64")
    body = joined.rstrip("=")
    padding = len(joined) - len(body)
    end = len(alphabet.match(body)[0])  # type: ignore[index]  # it matches the empty text too
    if end < len(body):
        raise WrongTextError(f"{body[end]!r} is not a character of {name}", text, _place(text, end))
    if len(body) % 4 == 1 or (padding and (len(body) + padding) % 4) or padding > 2:
        raise WrongTextError(f"the {name} ends too early or has too many =", text, len(text))
    return base64.b64decode(body + "=" * (-len(body) % 4), altchars=b"-_" if url else None)


def hex_bytes(text: str) -> bytes:
    end = len(HEX.match(text)[0])  # type: ignore[index]  # it matches the empty text too
    if end < len(text):
        raise WrongTextError(f"{text[end]!r} is not a hexadecimal digit", text, end)
    if len(text) % 2:
        raise WrongTextError("the last byte has one digit only", text, len(text))
    return bytes.fromhex(text)


def text_of(data: bytes) -> str:
    """Raises WrongTextError for bytes that are no text."""
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        message = f'the bytes are not UTF-8 text, from byte {error.start} on; give "bytes" as the second argument'
        raise WrongTextError(message, "", 0) from None


def _place(text: str, index: int) -> int:
    """Where in the text its character `index` that is not blank stands."""
    seen = [match.span() for match in BLANK.finditer(text)]
    for start, end in seen:
        if start > index:
            break
        index += end - start
    return index
