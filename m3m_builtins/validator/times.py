"""Dates and times as RFC 3339 writes them."""

from __future__ import annotations

import re
from datetime import date

DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)", re.ASCII)
TIME = re.compile(
    r"([01]\d|2[0-3]):([0-5]\d):([0-5]\d|60)(?:\.\d{1,9})?(?:[Zz]|([+-])([01]\d|2[0-3]):([0-5]\d))", re.ASCII
)


def is_date(value: str) -> bool:
    """A day that there is: `2026-02-29` is none."""
    found = DATE.fullmatch(value)
    if found is None:
        return False
    try:
        date(*(int(part) for part in found.groups()))
    except ValueError:
        return False
    return True


def is_time(value: str) -> bool:
    """With its zone. A leap second can only be the last of a day in UTC."""
    found = TIME.fullmatch(value)
    if found is None:
        return False
    hour, minute, second, sign, zone_hour, zone_minute = found.groups()
    if second != "60":
        return True
    shift = (int(zone_hour) * 60 + int(zone_minute)) * (-1 if sign == "+" else 1) if sign else 0
    return (int(hour) * 60 + int(minute) + shift) % 1440 == 1439


def is_date_time(value: str) -> bool:
    return len(value) > 10 and value[10] in "Tt " and is_date(value[:10]) and is_time(value[11:])
