"""The HTTP status of each refusal, and what each status says when nobody has better words. Knows no framework."""

from __future__ import annotations

from typing import Any

from .. import errors

STATUSES: dict[type[errors.M3MError], int] = {
    errors.Malformed: 400,
    errors.Unauthorized: 401,
    errors.Forbidden: 403,
    errors.NotFound: 404,
    errors.Conflict: 409,
    errors.TooLarge: 413,
    errors.UnsupportedMedia: 415,
    errors.Invalid: 422,
    errors.TooMany: 429,
    errors.M3MError: 400,
    errors.Unavailable: 503,
    errors.Timeout: 504,
}

SENTENCES: dict[int, tuple[str, str]] = {
    400: ("malformed", "The request cannot be understood."),
    401: ("unauthorized", "Sign in first."),
    403: ("forbidden", "You may not do this."),
    404: ("not_found", "There is nothing at this address."),
    405: ("method_not_allowed", "This address does not answer this method."),
    406: ("not_acceptable", "The answer has no form that the request accepts."),
    408: ("request_timeout", "The request took too long to arrive."),
    413: ("too_large", "The request is too large."),
    414: ("uri_too_long", "The address is too long."),
    415: ("unsupported_media_type", "The body is in a form that is not accepted here."),
    416: ("range_not_satisfiable", "The range is outside of the file."),
    417: ("expectation_failed", "The expectation cannot be met."),
    429: ("too_many_requests", "Too many requests. Try again later."),
    431: ("headers_too_large", "The headers of the request are too large."),
    500: ("internal_error", "Something went wrong on the server. Its log has the details under this request id."),
    501: ("not_implemented", "The server does not support this."),
    503: ("unavailable", "Not available right now. Try again in a moment."),
    504: ("timeout", "It took too long."),
}
"""Code and sentence of each status, for errors that carry no better ones."""


def body_of(status: int, request_id: str, *, message: str = "", code: str = "") -> dict[str, Any]:
    default_code, sentence = SENTENCES.get(status, ("error", "The request was refused."))
    return {"error": message or sentence, "code": code or default_code, "request_id": request_id}


def status_of(error: errors.M3MError) -> int:
    return next(STATUSES[kind] for kind in type(error).__mro__ if kind in STATUSES)
