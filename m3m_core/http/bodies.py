"""Request bodies: read within the limit, parsed as JSON, checked by the operation's pydantic model."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import falcon
from gunicorn.http.body import Body, LengthReader
from gunicorn.http.errors import NoMoreData, ParseException
from pydantic import BaseModel, ValidationError
from pydantic_core import from_json

from ..errors import FieldError, Invalid, Malformed, TooLarge, UnsupportedMedia, field
from ..runtime.sizes import shown
from .fields import field_errors
from .values import check_values

_CHUNK = 64 * 1024

_SUSPECT = (b"\\u0000", b"NaN", b"Infinity")
"""What a model lets through and a body may not have: NUL, which can be in JSON as an escape only, and no numbers."""


BODY_SECONDS = 60
BODY_RATE = 256 * 1024
"""Bytes of the body's limit for each of which there is a second more, for a body that is read as a whole."""

RECHECK_SECONDS = 1
"""How long a body takes at least for whoever sent it to be asked again whether they may."""

MOST_COUNTED = 10_000
"""Wrong values up to which they are looked at one by one, to name the first of them."""


def check_length(req: falcon.Request, limit: int) -> None:
    """Raises TooLarge for a body that is announced as larger than `limit` bytes, before any of it is read."""
    if (req.content_length or 0) > limit:
        raise _too_large(limit)


def parse(req: falcon.Request, model: type[BaseModel], limit: int) -> BaseModel:
    """The body as a `model`. No body at all counts as `{}`.

    Raises UnsupportedMedia, TooLarge, Malformed, or Invalid with every wrong field.
    """
    data = read(req, limit)
    if data:
        _check_type(req)
    data = data or b"{}"
    check_values(data)
    try:
        if not data.lstrip().startswith(b"{") or any(each in data for each in _SUSPECT):
            _check_json(data)
        return model.model_validate_json(data, strict=True, extra="forbid")
    except ValidationError as error:
        raise _refusal(error) from None


def _refusal(error: ValidationError) -> Malformed | Invalid:
    if error.error_count() > MOST_COUNTED:
        return Invalid(f"More than {MOST_COUNTED} values are not accepted.")
    details = error.errors(include_url=False, include_input=False)
    if details[0]["type"] == "json_invalid":  # said before any value is looked at
        return _not_json(details[0]["ctx"]["error"])
    return Invalid("Some values are not accepted.", fields=field_errors(details))


def _not_json(problem: object) -> Malformed:
    return Malformed(f"The body is not valid JSON: {problem}.")


def _check_json(data: bytes) -> None:
    """Raises Malformed, or Invalid, for what would be wrong in any body. Most are parsed by their model alone."""
    try:
        value = from_json(data, allow_inf_nan=False)
    except ValueError as error:
        raise _not_json(error) from None
    if not isinstance(value, dict):
        raise Invalid("The body must be a JSON object.")
    if b"\\u0000" in data and (wrong := _keys_with_nul(value)):
        raise Invalid("Some values are not accepted.", fields=wrong)


def read(req: falcon.Request, limit: int) -> bytes:
    """All of the body, which may take a minute and more for a large limit.

    Raises TooLarge, also for a chunked body that announces no length, Malformed, and what `chunks` does at its end.
    """
    until = time.monotonic() + BODY_SECONDS + limit / BODY_RATE
    parts = []
    for part in chunks(req, limit):
        parts.append(part)
        if time.monotonic() > until:
            raise falcon.HTTPError(408)
    return b"".join(parts)


def chunks(req: falcon.Request, limit: int, size: int = _CHUNK) -> Iterator[bytes]:
    """The body in pieces of at most `size` bytes, for an operation with `stream_body`. Raises TooLarge, Malformed.

    At the end of one that took long it is asked again whether the actor may: raises Unauthorized, Forbidden, NotFound.
    What was received may take effect only after it.
    """
    began = time.monotonic()
    check_length(req, limit)
    # A chunked body has no length, and the server ends its stream; without the mark there is no body.
    if req.content_length is None and not req.env.get("wsgi.input_terminated"):
        return
    more = _more(req)
    seen = 0
    while part := _piece(more, size):
        seen += len(part)
        if seen > limit:
            raise _too_large(limit)
        yield part
    if time.monotonic() - began > RECHECK_SECONDS:
        req.context.recheck()


def _more(req: falcon.Request) -> Callable[[int], bytes]:
    body = req.env.get("wsgi.input")
    if isinstance(body, Body) and isinstance(body.reader, LengthReader):
        return partial(_received, body)
    stream = req.bounded_stream if req.content_length is not None else req.stream
    read: Callable[[int], bytes] = stream.read
    return read


def _received(body: Body, size: int) -> bytes:
    """What is there of a body of known length, straight from the socket: at most `size` bytes, none at its end.

    gunicorn's own way waits until there are so many, and copies each byte several times.
    """
    reader = body.reader
    wanted = min(size, reader.length)
    if body.buf.tell() or not wanted:
        return bytes(body.read(wanted))
    part: bytes = reader.unreader.take_buffered()
    if not part:
        try:
            part = reader.unreader.sock.recv(wanted)
        except OSError:
            body.failed = True
            raise
    if not part:
        body.failed = True
        raise NoMoreData
    if len(part) > wanted:
        reader.unreader.unread(part[wanted:])
        part = part[:wanted]
    reader.length -= len(part)
    return part


def _piece(more: Callable[[int], bytes], size: int) -> bytes:
    try:
        return more(size)
    except TimeoutError:
        raise falcon.HTTPError(408) from None
    except (OSError, ParseException):
        raise Malformed("The body ends too early or is not framed correctly.") from None


def _too_large(limit: int) -> TooLarge:
    return TooLarge(f"The body is larger than {shown(limit)}.")


def _check_type(req: falcon.Request) -> None:
    """JSON is UTF-8 by definition; any other charset would be read wrongly."""
    kind, _, parameters = (req.content_type or "").partition(";")
    charset = parameters.strip().lower().removeprefix("charset=").strip('"')
    if kind.strip().lower() != "application/json" or charset not in ("", "utf-8", "utf8"):
        raise UnsupportedMedia("The body must be JSON: send it with Content-Type: application/json.")


def _keys_with_nul(value: dict[str, Any]) -> dict[str, FieldError]:
    wrong = field("invalid_characters", "Must not contain the character NUL.")
    return {key.replace("\0", ""): wrong for key, item in value.items() if _has_nul(key) or _has_nul(item)}


def _has_nul(value: Any) -> bool:
    if isinstance(value, str):
        return "\0" in value
    if isinstance(value, list):
        return any(map(_has_nul, value))
    if isinstance(value, dict):
        return any(_has_nul(key) or _has_nul(item) for key, item in value.items())
    return False
