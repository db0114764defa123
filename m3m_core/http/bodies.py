"""Request bodies: read within the limit, parsed as JSON, checked by the operation's pydantic model."""

from __future__ import annotations

import time
from typing import Any

import falcon
from pydantic import BaseModel, ValidationError
from pydantic_core import from_json

from ..errors import FieldError, Invalid, Malformed, UnsupportedMedia, field
from .bodystream import BodyStream
from .fields import field_errors
from .values import check_values

_SUSPECT = (b"\\u0000", b"NaN", b"Infinity")
"""What a model lets through and a body may not have: NUL, which can be in JSON as an escape only, and no numbers."""


BODY_SECONDS = 60
BODY_RATE = 256 * 1024
"""Bytes of the body's limit for each of which there is a second more, for a body that is read as a whole."""

MOST_COUNTED = 10_000
"""Wrong values up to which they are looked at one by one, to name the first of them."""


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

    Raises TooLarge, also for a chunked body that announces no length, Malformed, and what a BodyStream does at its end.
    """
    until = time.monotonic() + BODY_SECONDS + limit / BODY_RATE
    parts = []
    for part in BodyStream(req, limit):
        parts.append(part)
        if time.monotonic() > until:
            raise falcon.HTTPError(408)
    return b"".join(parts)


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
