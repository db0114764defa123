"""Days, weeks and months: which of them a period has, and which one a day belongs to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Literal

Group = Literal["day", "week", "month", "total"]

MOST_DAYS = 1100
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Period:
    """`first` and `last` are both part of it."""

    first: date
    last: date
    group: Group = "day"

    def points(self, values: Mapping[str, int]) -> list[tuple[str, int]]:
        """Every group of the period by its first day, also those without a value. `values` are by day."""
        if self.group == "total":
            return []
        sums: dict[str, int] = {}
        for ordinal in range(self.first.toordinal(), self.last.toordinal() + 1):  # a date has no day after the last
            day = date.fromordinal(ordinal)
            key = _beginning(day, self.group).isoformat()
            sums[key] = sums.get(key, 0) + values.get(day.isoformat(), 0)
        return list(sums.items())


def today() -> date:
    return datetime.now(UTC).date()


def last_days(days: int) -> Period:
    """The period of that many days that ends today."""
    last = today()
    return Period(last - (days - 1) * DAY, last)


def _beginning(day: date, group: Group) -> date:
    if group == "week":
        return day - day.weekday() * DAY
    return day.replace(day=1) if group == "month" else day
