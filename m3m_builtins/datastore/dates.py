"""Dates and times as records take and give them."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

FORM = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)"
    r"(?:[Tt ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(Z|z|[+-]\d\d:?\d\d)?)?",
    re.ASCII,
)
USUAL = re.compile(r"\d{4}-\d\d-\d\dT(?:[01]\d|2[0-3]):\d\d:\d\d(?:\.\d{3})?Z", re.ASCII)
"""What `toISOString()` and this API write: read in one step."""

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
EXAMPLE = "2026-11-22T10:15:30.123Z"


def read(value: Any) -> datetime:
    """A time in UTC, in whole milliseconds. Raises ValueError.

    Forms: RFC 3339 and what browsers send (seconds may be missing; without a zone it is UTC), a date alone (midnight
    UTC), whole milliseconds since 1970, and a datetime itself.
    """
    if isinstance(value, str) and USUAL.fullmatch(value):
        return datetime.fromisoformat(value)
    if isinstance(value, datetime):
        moment = value if value.tzinfo else value.replace(tzinfo=UTC)
    elif isinstance(value, str):
        moment = _from_text(value)
    elif isinstance(value, int) and not isinstance(value, bool):
        moment = _from_milliseconds(value)
    else:
        raise ValueError("not a time")
    try:
        moment = moment.astimezone(UTC)
    except OverflowError as error:
        raise ValueError("out of range") from error
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


def day(moment: datetime) -> datetime:
    """Midnight UTC of that time's day."""
    return moment.replace(hour=0, minute=0, second=0, microsecond=0)


def _from_text(text: str) -> datetime:
    found = FORM.fullmatch(text)
    if found is None:
        raise ValueError("not a time")
    *whole, fraction, zone = found.groups()
    year, month, day_, hour, minute, second = (int(part or 0) for part in whole)
    microsecond = int((fraction or "").ljust(6, "0")[:6])
    return datetime(year, month, day_, hour, minute, second, microsecond, _zone(zone))


def _zone(text: str | None) -> timezone:
    if text is None or text in "Zz":
        return UTC
    hours, minutes = int(text[1:3]), int(text[-2:])
    if hours > 23 or minutes > 59:
        raise ValueError("not a zone")
    offset = timedelta(hours=hours, minutes=minutes)
    return timezone(-offset if text[0] == "-" else offset)


def _from_milliseconds(value: int) -> datetime:
    try:
        return EPOCH + timedelta(milliseconds=value)
    except OverflowError as error:
        raise ValueError("out of range") from error
