"""Reading connections at the edges of requests: their first bytes, what is left of a body, what is not HTTP at all."""

from __future__ import annotations

import re
import secrets
from http import HTTPStatus
from typing import Any

import orjson
from gunicorn.http import errors

from ..runtime.edges import linger
from .statuses import body_of

ANSWER_SECONDS = 30
"""Longest wait for a client that does not read its answer."""

SMALL_REST = 64 * 1024
"""A rest of a body that is read and forgotten, so that its connection can be used again. A larger one ends it."""

READ = 8192
_PREFIXES = (b"/r/", b"/api/r/")
_SLUG_END = re.compile(rb"[/? ]")

_STATUSES: dict[type[Exception], int] = {
    errors.LimitRequestLine: 414,
    errors.ExpectationFailed: 417,
    errors.LimitRequestHeaders: 431,
    errors.UnsupportedTransferCoding: 501,
    errors.ConfigurationProblem: 500,
    errors.InvalidResponseHeader: 500,
    errors.InvalidResponseHeaderName: 500,
}


def read_start(buffered: bytes, client: Any) -> bytes:
    """The first bytes of a request: enough to see whether it is for a service. Empty when the client is gone."""
    data = buffered.removeprefix(b"\r\n")
    while _is_undecided(data):
        more = client.recv(READ)
        if not more:
            break
        data = (data + more).removeprefix(b"\r\n")
    return data


def _is_undecided(data: bytes) -> bool:
    """Whether a service's path may still come: a request line may arrive in pieces."""
    _, space, target = data.partition(b" ")
    if not space:
        return len(data) < 20 and b"\n" not in data
    if b"\n" in target or len(target) > 100:
        return False
    for prefix in _PREFIXES:
        if target.startswith(prefix):
            return _SLUG_END.search(target, len(prefix)) is None
    return any(prefix.startswith(target) for prefix in _PREFIXES)


def rest_of_body_is_gone(req: Any, client: Any) -> bool:
    """Whether the next request follows directly. A large body that nobody read is dropped and ends the connection."""
    reader = req.body.reader if req.body else None
    chunks = getattr(reader, "parser", None)
    if chunks is None and getattr(reader, "length", 0) <= SMALL_REST:
        return True
    linger(client)
    return False


def refusal(error: Exception) -> tuple[int, bytes]:
    """Status and whole answer, head included, for what never reached the app."""
    status = next((_STATUSES[kind] for kind in type(error).__mro__ if kind in _STATUSES), None)
    if status is None:
        status = 400 if isinstance(error, errors.ParseException) else 500
    request_id = secrets.token_hex(8)
    body = orjson.dumps(body_of(status, request_id))
    head = (
        f"HTTP/1.1 {status} {HTTPStatus(status).phrase}\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(body)}\r\nX-Request-Id: {request_id}\r\nX-Content-Type-Options: nosniff\r\n"
        "Connection: close\r\n\r\n"
    )
    return status, head.encode() + body
