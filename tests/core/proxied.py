"""Requests as a front has read them."""

from __future__ import annotations

import io
from typing import Any

LIMIT = 100_000
"""The largest body, in bytes."""


def environ(body: bytes = b"", uri: str = "/r/shop/a?b", **more: Any) -> dict[str, Any]:
    base = {
        "REQUEST_METHOD": "POST",
        "RAW_URI": uri,
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "192.0.2.7",
        "HTTP_HOST": "localhost",
        "wsgi.input": io.BytesIO(body),
    }
    return base | ({"CONTENT_LENGTH": str(len(body))} if body else {}) | more
