"""The two values that every stored thing gets: an id and a time."""

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
