"""Cron expressions as people know them, over APScheduler's trigger, which numbers weekdays and joins days otherwise."""

from __future__ import annotations

import re
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


class Cron:
    """A parsed expression. Raises Invalid with a sentence that says which field is wrong."""

    def __init__(self, expression: str, zone: ZoneInfo) -> None:
        fields = split(expression)
        self._triggers = [trigger(expression, part, zone) for part in day_choices(fields)]
        self._every_hour = "*" in fields["hour"]

    def after(self, moment: datetime) -> datetime | None:
        """The first time later than `moment`, in UTC; None when there is none.

        A fixed hour that the clocks go through twice in autumn counts once, as in every cron; in spring a time that
        is skipped is made up for right after the gap.
        """
        found = self._next(moment)
        while found is not None and found.fold and not self._every_hour:
            found = self._next(found)
        return None if found is None else found.astimezone(UTC)

    def _next(self, moment: datetime) -> datetime | None:
        later = moment.astimezone(UTC) + TICK  # in UTC: adding to a wall clock would lose which of two hours it is
        found = [trigger.get_next_fire_time(None, later) for trigger in self._triggers]
        return min((time for time in found if time is not None), key=datetime.timestamp, default=None)


def split(expression: str) -> dict[str, str]:
    """The six fields by name, weekdays by their names."""
    text = NICKNAMES.get(expression.strip().lower(), expression)
    parts = text.lower().replace("?", "*").split()
    if len(parts) == 5:
        parts.insert(0, "0")
    if len(parts) != 6:
        raise Invalid(f'"{expression}" is not a cron expression. {HELP}', code="invalid_schedule")
    fields = dict(zip(FIELDS, parts, strict=True))
    try:
        fields["day_of_week"] = weekdays(fields["day_of_week"])
    except ValueError as error:
        raise wrong(expression, error) from None
    return fields


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


def day_choices(fields: dict[str, str]) -> list[dict[str, str]]:
    """Cron's old rule: when both the day and the weekday are restricted, either of them is enough."""
    if fields["day"].startswith("*") or fields["day_of_week"].startswith("*"):
        return [fields]
    return [{**fields, "day_of_week": "*"}, {**fields, "day": "*"}]


def trigger(expression: str, fields: dict[str, str], zone: ZoneInfo) -> Any:
    for name, field in fields.items():
        try:
            CronTrigger(**{name: field}, timezone=zone)
        except ValueError as error:
            raise wrong(expression, ValueError(f"{name}: {error}")) from None
    return CronTrigger(**fields, timezone=zone)


def wrong(expression: str, error: ValueError) -> Invalid:
    reason = re.sub("Error validating expression '[^']*': ", "", str(error)).rstrip(".")
    return Invalid(f'"{expression}" is not a cron expression: {reason}. {HELP}', code="invalid_schedule")
