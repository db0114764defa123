"""What goes in and what comes out: texts and bytes, and the forms in which bytes are written."""

from __future__ import annotations

import base64
import re

from m3m_core import Invalid, wrong_argument

FORMS = ("hex", "base64", "base64url", "bytes")


def material(value: object, name: str) -> bytes:
    """A text as UTF-8, or bytes as they are. `name` is the argument's, for the message."""
    if isinstance(value, str):
        return value.encode()
    if isinstance(value, bytes):
        return value
    raise wrong_argument(f"{name} is a text or bytes, not {told(value)}")


def told(value: object) -> str:
    """What a wrong argument is, in JavaScript's words and without its content, which may be secret."""
    if value is None:
        return "undefined or null"
    return "an object" if isinstance(value, dict) else "a list" if isinstance(value, list) else "a number or boolean"


def shown(data: bytes, form: object) -> str | bytes:
    """In the form that the caller wants; None stands for hex."""
    match form:
        case None | "hex":
            return data.hex()
        case "base64":
            return base64.b64encode(data).decode()
        case "base64url":
            return base64.urlsafe_b64encode(data).decode().rstrip("=")
        case "bytes":
            return data
    raise wrong_argument(f"the encoding is one of {', '.join(FORMS)}")


def unpacked(value: object, name: str) -> bytes:
    """Bytes, or those that a text in base64 or base64url stands for. Raises Invalid (`bad_data`)."""
    data = material(value, name)
    if isinstance(value, bytes):
        return data
    plain = data.translate(bytes.maketrans(b"-_", b"+/")).rstrip(b"=")
    if not re.fullmatch(rb"[A-Za-z0-9+/]*", plain) or len(plain) % 4 == 1:
        raise Invalid(f"{name} is not base64", code="bad_data")
    return base64.b64decode(plain + b"=" * (-len(plain) % 4))
