"""What the router's JavaScript answers, as bytes of HTTP/1.1.

The text is two characters and the rest: the kind ("j" JSON 200, "t" text 200, "n" 204, "r" with a line of JSON before
the body; "f" and "s" are the business of `longanswers`) and the mark of the route (its number + 32).
"""

from __future__ import annotations

import base64
import re
import time
from collections.abc import Sequence
from email.utils import formatdate
from http import HTTPStatus
from typing import Any

import orjson

from . import sharedhost

FIRST_MARK = 32
NO_MARK = chr(FIRST_MARK)
"""Of no route of the service."""

Headers = list[tuple[str, str]]
REASONS = {status.value: status.phrase for status in HTTPStatus}
NO_BODY = frozenset({204, 304})
NAME = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+")
VALUE = re.compile(r"[\t\x20-\x7e\x80-\xff]*")
"""RFC 9110: what a header may hold. JavaScript checks too, but it runs hostile code."""

MOST_HEADERS = 90
LONGEST_HEADER = 32 * 1024
"""What clients and proxies are known to take."""

OURS = frozenset(
    {
        "connection",
        "content-length",
        "date",
        "keep-alive",
        "proxy-connection",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
    }
)
"""Headers of an answer that the server writes itself: they are about the connection, not about the content."""

HEADS = {
    "j": b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ",
    "t": b"HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: ",
}
NO_CONTENT = b"HTTP/1.1 204 No Content\r\n"
CLOSE = b"Connection: close\r\n"


class Refused(Exception):
    """The request is answered by the runner itself and the connection is closed."""

    def __init__(self, status: int, message: str, code: str, retry_after: int | None = None) -> None:
        super().__init__(message)
        self.answer = (status, message, code)
        self.retry_after = retry_after


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


def render(text: str, *, keep: bool, head_only: bool, shared: bool) -> tuple[bytes, int]:
    """The whole answer and its status. Raises ValueError for a text that the router could not have made.

    `shared`: the admin has the same host.
    """
    kind = text[:1]
    tail = clock.line() if keep else clock.line() + CLOSE
    start = HEADS.get(kind)
    if start is not None:
        body = text[2:].encode()
        head = start + b"%d\r\n" % len(body) + tail + b"\r\n"
        return (head if head_only else head + body), 200
    if kind == "n":
        return NO_CONTENT + tail + b"\r\n", 204
    return render_rich(text[2:], tail, head_only, shared)


def render_rich(text: str, tail: bytes, head_only: bool, shared: bool) -> tuple[bytes, int]:
    meta, _, content = text.partition("\n")
    status, headers, is_base64 = meta_of(orjson.loads(meta))
    body = base64.b64decode(content, validate=True) if is_base64 else content.encode()
    length = str(len(body))
    if head_only:  # such an answer may tell the length of a body that it does not make
        length = next((text for name, text in headers if is_length(name) and text.isdecimal()), length)
    framing = [] if status in NO_BODY else [f"Content-Length: {length}"]
    head = head_lines(status, headers, framing, shared) + tail + b"\r\n"
    return (head if head_only or status in NO_BODY else head + body), status


def is_length(name: str) -> bool:
    return name.lower() == "content-length"


def head_of(status: int, headers: Headers, framing: Sequence[str], *, keep: bool, shared: bool) -> bytes:
    """The head of an answer whose body follows. `framing` are the lines that say how its end is found."""
    return head_lines(status, headers, framing, shared) + (clock.line() if keep else clock.line() + CLOSE) + b"\r\n"


def head_lines(status: int, headers: Headers, framing: Sequence[str], shared: bool) -> bytes:
    """Raises ValueError for what HTTP cannot carry."""
    lines = [f"HTTP/1.1 {status} {REASONS.get(status, 'Unknown')}"]
    for name, value in headers:
        if not NAME.fullmatch(name) or not VALUE.fullmatch(value):
            raise ValueError(f"header {name!r} has a character that headers cannot carry")
        if len(name) + len(value) > LONGEST_HEADER:
            raise ValueError(f"header {name!r} is longer than {LONGEST_HEADER} bytes")
        key = name.lower()
        if key not in OURS and not (shared and key in sharedhost.NAMES and sharedhost.is_withheld(key, value)):
            lines.append(f"{name}: {value}")
    return "\r\n".join([*lines, *framing, ""]).encode("latin-1")


def meta_of(told: Any) -> tuple[int, Headers, bool]:
    """Status, headers, and whether the body is base64. Raises ValueError for what is nothing of the kind."""
    try:
        status, headers = told["s"], [(name, value) for name, value in told["h"]]
        is_base64 = bool(told.get("b"))
    except (AttributeError, KeyError, TypeError):
        raise ValueError("an answer without a status or headers") from None
    if type(status) is not int or not 200 <= status <= 599:
        raise ValueError(f"a status is 200 to 599, not {status!r}")
    if not all(isinstance(text, str) for header in headers for text in header):
        raise ValueError("a header that is not text")
    if len(headers) > MOST_HEADERS:
        raise ValueError(f"an answer has at most {MOST_HEADERS} headers, not {len(headers)}")
    return status, headers, is_base64


def simple(
    status: int,
    message: str,
    code: str,
    *,
    request_id: str = "",
    retry_after: int | None = None,
    head_only: bool = False,
) -> bytes:
    """An answer of the runner itself, after which the connection is closed."""
    body = orjson.dumps({"error": message, "code": code, "request_id": request_id})
    start = b"HTTP/1.1 %d %s\r\nContent-Type: application/json\r\n" % (status, REASONS[status].encode())
    retry = b"Retry-After: %d\r\n" % retry_after if retry_after is not None else b""
    head = start + b"Content-Length: %d\r\n" % len(body) + retry + clock.line() + CLOSE + b"\r\n"
    return head if head_only else head + body


NO_ROUTER = (
    'r {"s":404,"h":[["Content-Type","application/json"]]}\n{"error":"This service has no routes.","code":"no_route"}'
)
