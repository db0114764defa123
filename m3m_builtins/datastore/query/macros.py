"""The moments that a filter can name. Days, months and years are those of UTC."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

LAST = timedelta(milliseconds=1)
"""Before the next day begins: dates are kept in whole milliseconds."""


def day(now: datetime) -> datetime:
    return now.replace(hour=0, minute=0, second=0, microsecond=0)


def month(now: datetime) -> datetime:
    return day(now).replace(day=1)


def next_month(now: datetime) -> datetime:
    return month(month(now) + timedelta(days=31))


def year(now: datetime) -> datetime:
    return month(now).replace(month=1)


def next_year(now: datetime) -> datetime:
    return year(year(now) + timedelta(days=366))


MACROS: dict[str, Callable[[datetime], datetime]] = {
    "now": lambda now: now,
    "todayStart": day,
    "todayEnd": lambda now: day(now) + timedelta(days=1) - LAST,
    "monthStart": month,
    "monthEnd": lambda now: next_month(now) - LAST,
    "yearStart": year,
    "yearEnd": lambda now: next_year(now) - LAST,
}
