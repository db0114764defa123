"""Cron expressions as people know them, over APScheduler's trigger, which numbers weekdays and joins days otherwise."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from apscheduler.triggers.cron import CronTrigger

from m3m_core import Invalid

NICKNAMES = {
    "@yearly": "0 0 1 1 *",
    "@annually": "0 0 1 1 *",
    "@monthly": "0 0 1 * *",
    "@weekly": "0 0 * * 0",
    "@daily": "0 0 * * *",
    "@midnight": "0 0 * * *",
    "@hourly": "0 * * * *",
    "@minutely": "* * * * *",
}
FIELDS = ("second", "minute", "hour", "day", "month", "day_of_week")
WEEKDAYS = ("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday")
"""By cron's numbers; 7 is Sunday too."""

WEEKDAY_ITEM = re.compile(r"^(?:\*|(?P<first>[a-z]{3,}|\d)(?:-(?P<last>[a-z]{3,}|\d))?)(?:/(?P<step>\d+))?$")
HELP = "It has 5 fields (minute hour day month weekday) or 6 (second first), for example */15 9-17 * * MON-FRI."
TICK = timedelta(microseconds=1)
NEAR = timedelta(hours=3)
"""More than any clock was ever put forward or back in a night."""


class Cron:
    """A parsed expression. Raises Invalid with a sentence that says which field is wrong.

    Where the clocks change: an expression for every hour (`*` or `*/2`) follows the clock on the wall, so that hours
    that come twice count twice, and those left out do not count. Any other has each of its times once a day: the first
    of two, and in place of one that is left out, the one that is as much later as the clocks were put forward.
    """

    def __init__(self, expression: str, zone: ZoneInfo) -> None:
        fields, either_day = split(expression)
        self._triggers = [trigger(expression, part) for part in day_choices(fields, either_day)]
        self._every_hour = "*" in fields["hour"]
        self._zone = zone

    def after(self, moment: datetime) -> datetime | None:
        """The first time later than `moment`, in UTC; None when there is none."""
        now = moment.astimezone(UTC)
        return min((time for time in self._candidates(now) if time is not None), default=None)

    def _candidates(self, now: datetime) -> Iterator[datetime | None]:
        yield self._ahead(now)
        before, here, later = (self._offset(now + near) for near in (-NEAR, timedelta(), NEAR))
        if self._every_hour and later < here:
            yield self._again(now)
        if not self._every_hour and before < here:
            yield self._made_up(now, before)

    def _ahead(self, now: datetime) -> datetime | None:
        """The first time of the wall's clock that is yet to come. One made up for may come later than one behind it."""
        best: datetime | None = None
        wall: datetime | None = self._wall(now)
        while wall is not None and (wall := self._next(wall)) is not None:
            for moment in self._moments(wall):
                if moment > now and (best is None or moment < best):
                    best = moment
            if best is not None and wall >= self._wall(best):
                break
        return best

    def _again(self, now: datetime) -> datetime | None:
        """The clocks go back soon: the first time of the hour that comes twice, when it comes again."""
        seconds = bisect_left(range(int(NEAR.total_seconds())), True, key=lambda past: self._has_changed(now, past))
        change = now + timedelta(seconds=seconds)
        wall = self._next(self._wall(change).replace(microsecond=0) - TICK)
        return None if wall is None else max(self._moments(wall), default=None)

    def _made_up(self, now: datetime, offset: timedelta) -> datetime | None:
        """The clocks were put forward a moment ago, from `offset`: the next of the times that they left out."""
        wall = self._next(now.replace(tzinfo=None) + offset)
        moments = self._moments(wall) if wall is not None else []
        return moments[0] if moments and self._wall(moments[0]) != wall else None

    def _has_changed(self, now: datetime, seconds: int) -> bool:
        return self._offset(now + timedelta(seconds=seconds)) != self._offset(now)

    def _moments(self, wall: datetime) -> list[datetime]:
        """When the clock on the wall shows this, as far as it counts."""
        first, second = (wall.replace(tzinfo=self._zone, fold=fold).astimezone(UTC) for fold in (0, 1))
        if self._wall(first) != wall:
            return [] if self._every_hour else [first]
        return [first, second] if self._every_hour and first != second else [first]

    def _wall(self, moment: datetime) -> datetime:
        return moment.astimezone(self._zone).replace(tzinfo=None, fold=0)

    def _offset(self, moment: datetime) -> timedelta:
        return moment.astimezone(self._zone).utcoffset() or timedelta()

    def _next(self, wall: datetime) -> datetime | None:
        """The first matching time of a clock that never changes."""
        later = wall.replace(tzinfo=UTC) + TICK
        found = [trigger.get_next_fire_time(None, later) for trigger in self._triggers]
        first: datetime | None = min((time for time in found if time is not None), default=None)
        return None if first is None else first.replace(tzinfo=None)


def split(expression: str) -> tuple[dict[str, str], bool]:
    """The six fields by name, weekdays by their names; whether one of day and weekday is enough.

    Cron's old rule: it is when both are restricted, and `*/2` does not count as a restriction.
    """
    text = NICKNAMES.get(expression.strip().lower(), expression)
    parts = text.lower().replace("?", "*").split()
    if len(parts) == 5:
        parts.insert(0, "0")
    if len(parts) != 6:
        raise Invalid(f'"{expression}" is not a cron expression. {HELP}', code="invalid_schedule")
    fields = dict(zip(FIELDS, parts, strict=True))
    either_day = not fields["day"].startswith("*") and not fields["day_of_week"].startswith("*")
    try:
        fields["day_of_week"] = weekdays(fields["day_of_week"])
    except ValueError as error:
        raise wrong(expression, error) from None
    return fields, either_day


def weekdays(field: str) -> str:
    """`1-5`, `SUN`, `0,6` or `*/2` as APScheduler's list of names; `*` stays."""
    if field == "*":
        return field
    numbers: set[int] = set()
    for item in field.split(","):
        numbers |= weekday_item(item)
    return ",".join(WEEKDAYS[number][:3] for number in sorted(numbers))


def weekday_item(item: str) -> set[int]:
    match = WEEKDAY_ITEM.match(item)
    step = int(match["step"] or 1) if match else 0
    if match is None or step == 0:
        raise ValueError(f'"{item}" is not a weekday: use 0-7 (0 and 7 are Sunday) or SUN-SAT')
    if match["first"] is None:
        return set(range(0, 7, step))
    first = weekday(match["first"])
    last = weekday(match["last"]) if match["last"] else (6 if match["step"] else first)
    if last < first:
        last += 7
    return {number % 7 for number in range(first, last + 1, step)}


def weekday(text: str) -> int:
    """A weekday's number or the beginning of its English name. Raises ValueError."""
    if text.isdigit() and int(text) <= 7:
        return int(text)
    for number, name in enumerate(WEEKDAYS):
        if len(text) >= 3 and name.startswith(text):
            return number
    raise ValueError(f'"{text}" is not a weekday: use 0-7 (0 and 7 are Sunday) or SUN-SAT')


def day_choices(fields: dict[str, str], either_day: bool) -> list[dict[str, str]]:
    return [{**fields, "day_of_week": "*"}, {**fields, "day": "*"}] if either_day else [fields]


def trigger(expression: str, fields: dict[str, str]) -> Any:
    for name, field in fields.items():
        try:
            CronTrigger(**{name: field}, timezone=UTC)
        except ValueError as error:
            raise wrong(expression, ValueError(f"{name}: {error}")) from None
    return CronTrigger(**fields, timezone=UTC)


def wrong(expression: str, error: ValueError) -> Invalid:
    reason = re.sub("Error validating expression '[^']*': ", "", str(error)).rstrip(".")
    return Invalid(f'"{expression}" is not a cron expression: {reason}. {HELP}', code="invalid_schedule")
