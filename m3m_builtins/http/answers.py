"""What of an answer goes to JavaScript."""

from __future__ import annotations

import codecs
import re
from typing import Any

from .client import Reply
from .options import NO_VALUE, OF_THE_CONNECTION, TOKEN

CHARSET = re.compile(r"""charset\s*=\s*["']?([^\s"';]+)""", re.IGNORECASE)

OF_PACKING = {"content-encoding", "content-length"}


def answered(reply: Reply, body: bytes) -> dict[str, Any]:
    """`text` when the body is nothing but UTF-8, which is the same bytes again; else `bytes` and their `charset`."""
    told: dict[str, Any] = {
        "status": reply.status,
        "url": reply.request.target.url,
        "headers": {name.lower(): reply.headers[name] for name in reply.headers},
        "cookies": reply.cookies,
    }
    charset = charset_of(reply.headers.get("content-type", ""))
    if charset == "utf-8":
        try:
            return told | {"text": body.decode()}
        except UnicodeDecodeError:
            pass
    return told | {"bytes": body, "charset": charset}


def charset_of(content_type: str) -> str:
    """The codec's own name; UTF-8 where none is named or nobody knows it."""
    found = CHARSET.search(content_type)
    try:
        return codecs.lookup(found[1]).name if found else "utf-8"
    except LookupError:
        return "utf-8"


def pairs(reply: Reply) -> list[list[str]]:
    """The headers in order, Set-Cookie several times: for `Headers`.

    Without those of the connection and, for a body that was unpacked, of its packing: a service may answer with what
    it fetched. Without those, too, that are none by the standard, which `Headers` refuses.
    """
    unpacked = "content-encoding" in reply.headers
    dropped = OF_THE_CONNECTION - {"content-length"} | (OF_PACKING if unpacked else set())
    return [
        [name, value]
        for name, value in reply.headers.iteritems()
        if name.lower() not in dropped and TOKEN.fullmatch(name) and not NO_VALUE.search(value)
    ]
