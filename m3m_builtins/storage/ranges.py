"""`Range` of a download: one range of bytes. Anything else is answered with the whole file, as RFC 9110 allows."""

from __future__ import annotations

import re
from email.utils import parsedate_to_datetime

from .entries import Entry

_ONE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})", re.IGNORECASE)


class UnsatisfiableError(Exception):
    """The range begins behind the end of the file."""


def wanted(header: str | None, if_range: str | None, entry: Entry) -> tuple[int, int] | None:
    """First byte and the one after the last; None for the whole file. Raises UnsatisfiableError."""
    found = _ONE.fullmatch(header.replace(" ", "")) if header else None
    if found is None or not entry.size or not _is_same(if_range, entry):
        return None
    first, last = found.groups()
    if not first:
        return _ending(last, entry.size)
    start = int(first)
    end = min(int(last) + 1, entry.size) if last else entry.size
    if last and int(last) < start:
        return None
    if start >= entry.size:
        raise UnsatisfiableError
    return start, end


def _ending(length: str, size: int) -> tuple[int, int] | None:
    if not length:
        return None
    if not int(length):
        raise UnsatisfiableError
    return max(size - int(length), 0), size


def _is_same(if_range: str | None, entry: Entry) -> bool:
    """Whether the part that the client has is of this very file."""
    if if_range is None:
        return True
    if '"' in if_range:
        return if_range == f'"{entry.etag}"'
    try:
        return parsedate_to_datetime(if_range) == entry.updated_at.replace(microsecond=0)
    except (ValueError, TypeError):
        return False
