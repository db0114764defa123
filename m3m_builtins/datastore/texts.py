"""Values that are texts: what each type accepts."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from m3m_core import js_pattern, media_type_of

from .schema import Field
from .wrong import WrongValueError

LONGEST = {"string": 10_000, "text": 1_000_000, "email": 254, "url": 2_048}
LONGEST_PATH = 1_024
EMAIL = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@"
    r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)+"
)
CONTROL = re.compile(r"[\x00-\x20\x7f\\<>\"^`{|}]")


def text(spec: Field, value: Any) -> str:
    if not isinstance(value, str):
        raise WrongValueError("wrong_type", "Must be a text.")
    check_characters(value)
    least = spec.options.get("min_length", 0)
    most = spec.options.get("max_length", LONGEST[spec.type])
    if len(value) < least:
        raise WrongValueError("too_short", f"Must have at least {least} characters.")
    if len(value) > most:
        raise WrongValueError("too_long", f"Must have at most {most} characters.")
    pattern = spec.options.get("pattern")
    if pattern is not None and js_pattern(pattern).search(value) is None:
        raise WrongValueError("wrong_format", f"Must match the pattern {pattern}")
    return value


def check_characters(value: str) -> None:
    """Raises WrongValueError for what MongoDB or UTF-8 cannot keep."""
    if "\0" in value:
        raise WrongValueError("invalid_characters", "Must not contain the character NUL.")
    if not value.isascii():
        try:
            value.encode()
        except UnicodeEncodeError:
            raise WrongValueError("invalid_characters", "Must not contain half of a surrogate pair.") from None


def email(spec: Field, value: Any) -> str:
    written = text(spec, value)
    if not EMAIL.fullmatch(written):
        raise WrongValueError("invalid_email", "Must be an email address such as ann@example.com.")
    return written


def url(spec: Field, value: Any) -> str:
    written = text(spec, value)
    try:
        parts = urlsplit(written)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        good = False
    if not good or CONTROL.search(written):
        raise WrongValueError("invalid_url", "Must be an address such as https://example.com/page.")
    return written


def select(spec: Field, value: Any) -> str:
    if not isinstance(value, str):
        raise WrongValueError("wrong_type", "Must be a text.")
    if value not in spec.options["values"]:
        raise WrongValueError("not_allowed", f"Must be one of: {', '.join(spec.options['values'])}.")
    return value


def file(spec: Field, value: Any) -> str:
    if not isinstance(value, str):
        raise WrongValueError("wrong_type", "Must be the path of a file in the project's storage.")
    check_characters(value)
    parts = value.split("/")
    if len(value.encode()) > LONGEST_PATH or "\\" in value or not all(part.strip(". ") for part in parts):
        raise WrongValueError("invalid_path", "Must be a path inside the project's storage, such as photos/cat.png.")
    mimes = spec.options.get("mime")
    if mimes:
        check_mime(media_type_of(value), mimes)
    return value


def check_mime(mime: str, allowed: list[str]) -> None:
    """Raises WrongValueError."""
    if not any(mime == each or (each.endswith("/*") and mime.startswith(each[:-1])) for each in allowed):
        raise WrongValueError("mime_not_allowed", f"Must be a file of type {', '.join(allowed)}.")
