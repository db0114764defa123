"""The two values that every stored thing gets, an id and a time; and a time as text."""

from __future__ import annotations

from datetime import UTC, datetime

from bson import ObjectId


def new_id() -> str:
    """24 hex digits; later ones sort after earlier ones."""
    return str(ObjectId())


def now() -> datetime:
    """UTC, in whole milliseconds: what MongoDB keeps, so a value is the same before and after it was stored."""
    moment = datetime.now(UTC)
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


def rfc3339(moment: datetime) -> str:
    """`2026-11-22T10:15:30.123Z`. A time without a zone is taken as UTC."""
    if moment.tzinfo is not None:
        moment = moment.astimezone(UTC)
    return moment.isoformat(timespec="milliseconds")[:23] + "Z"
