"""`data:` URLs, by the fetch standard's processor for them."""

from __future__ import annotations

import base64
import binascii
from typing import Any
from urllib.parse import unquote_to_bytes

PLAIN = "text/plain;charset=US-ASCII"


def parsed(url: str) -> dict[str, Any] | None:
    """`{type, data}`; None when it is not a data URL that can be read."""
    head, comma, rest = url.partition("#")[0].removeprefix("data:").partition(",")
    if not comma:
        return None
    data = unquote_to_bytes(rest)
    kind = head.strip()
    if kind.lower().replace(" ", "").endswith(";base64"):
        kind = kind[: kind.rindex(";")].strip()
        try:
            compact = b"".join(data.split())
            data = base64.b64decode(compact + b"=" * (-len(compact) % 4), validate=True)
        except binascii.Error:
            return None
    if kind.startswith(";"):
        kind = "text/plain" + kind
    return {"type": kind if "/" in kind else PLAIN, "data": data}
