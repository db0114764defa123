"""The one family of errors that rules raise; HTTP, the command line and JavaScript each translate it once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypedDict


class FieldError(TypedDict):
    """What is wrong with one field: a stable name and a sentence for a person."""

    code: str
    message: str


class M3MError(Exception):
    """A refusal that a person can act on. `code` is stable, `message` is shown as it is."""

    code = "error"

    def __init__(
        self,
        message: str,
        *,
        code: str | None = None,
        fields: Mapping[str, FieldError] | None = None,
        retry_after: int | None = None,
        details: Mapping[str, Any] | None = None,
    ) -> None:
        """`fields` names every wrong field at once; `retry_after` is in seconds.

        `details` are further facts for a program, such as the place of an error in a user's code.
        """
        super().__init__(message)
        self.message = message
        self.code = code or type(self).code
        self.fields = dict(fields or {})
        self.retry_after = retry_after
        self.details = dict(details or {})


class Malformed(M3MError):
    """The request cannot be read at all: broken JSON, a wrong query parameter."""

    code = "malformed"


class Invalid(M3MError):
    """The request can be read but its values are wrong; `fields` says which."""

    code = "validation_failed"


class Unauthorized(M3MError):
    code = "unauthorized"


class Forbidden(M3MError):
    code = "forbidden"


class NotFound(M3MError):
    code = "not_found"


class Conflict(M3MError):
    """A duplicate, a stale revision, or a state that does not allow the action."""

    code = "conflict"


class TooLarge(M3MError):
    code = "too_large"


class UnsupportedMedia(M3MError):
    code = "unsupported_media_type"


class TooMany(M3MError):
    code = "too_many_requests"


class Unavailable(M3MError):
    """Not now: something is starting, stopped or gone. `retry_after` when waiting helps."""

    code = "unavailable"


class Timeout(M3MError):
    code = "timeout"


def field(code: str, message: str) -> FieldError:
    """Shorthand for one entry of `fields`."""
    return FieldError(code=code, message=message)
