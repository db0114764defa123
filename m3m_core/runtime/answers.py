"""What the router's JavaScript answers, as bytes of HTTP/1.1.

The text is two characters and the rest: the kind ("j" JSON 200, "t" text 200, "n" 204, "r" with a line of JSON before the
body) and the mark of the route (its number + 32).
"""

from __future__ import annotations

import base64
import re
import time
from email.utils import formatdate
from http import HTTPStatus

import orjson

FIRST_MARK = 32
REASONS = {status.value: status.phrase for status in HTTPStatus}
NO_BODY = frozenset({204, 304})
HEADER = re.compile(r"^[!#$%&'*+\-.^_`|~0-9A-Za-z]+: [\t\x20-\x7e\x80-\xff]*$")
"""RFC 9110: what a header line may hold. JavaScript checks too, but it runs hostile code."""

HEADS = {
    "j": b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ",
    "t": b"HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: ",
}
NO_CONTENT = b"HTTP/1.1 204 No Content\r\n"
CLOSE = b"Connection: close\r\n"


class Clock:
    """The Date header, made once a second."""

    def __init__(self) -> None:
        self._second = 0
        self._line = b""

    def line(self) -> bytes:
        now = int(time.time())
        if now != self._second:
            self._second = now
            self._line = b"Date: " + formatdate(now, usegmt=True).encode() + b"\r\n"
        return self._line


clock = Clock()


def render(text: str, *, keep: bool, head_only: bool) -> tuple[bytes, int]:
    """The whole answer and its status. Raises ValueError for a text that the router could not have made."""
    kind = text[:1]
    tail = clock.line() if keep else clock.line() + CLOSE
    start = HEADS.get(kind)
    if start is not None:
        body = text[2:].encode()
        head = start + b"%d\r\n" % len(body) + tail + b"\r\n"
        return (head if head_only else head + body), 200
    if kind == "n":
        return NO_CONTENT + tail + b"\r\n", 204
    return render_rich(text[2:], tail, head_only)


def render_rich(text: str, tail: bytes, head_only: bool) -> tuple[bytes, int]:
    meta, _, content = text.partition("\n")
    told = orjson.loads(meta)
    status = int(told["s"])
    body = base64.b64decode(content) if told.get("b") else content.encode()
    lines = [f"HTTP/1.1 {status} {REASONS.get(status, 'Unknown')}"]
    for name, value in told["h"]:
        line = f"{name}: {value}"
        if not HEADER.match(line):
            raise ValueError(f"header {name!r} has a character that headers cannot carry")
        if name.lower() not in ("content-length", "connection", "transfer-encoding", "date"):
            lines.append(line)
    if status not in NO_BODY:
        lines.append(f"Content-Length: {len(body)}")
    head = "\r\n".join(lines).encode("latin-1") + b"\r\n" + tail + b"\r\n"
    return (head if head_only or status in NO_BODY else head + body), status


def simple(status: int, message: str, code: str, *, request_id: str = "", retry_after: int | None = None) -> bytes:
    """An answer of the runner itself, after which the connection is closed."""
    body = orjson.dumps({"error": message, "code": code, "request_id": request_id})
    retry = b"Retry-After: %d\r\n" % retry_after if retry_after is not None else b""
    return (
        b"HTTP/1.1 %d %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n"
        % (status, REASONS[status].encode(), len(body))
        + retry
        + clock.line()
        + CLOSE
        + b"\r\n"
        + body
    )
