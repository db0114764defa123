"""Cron expressions over ten years in five zones, against a plain reading of the rules, minute by minute of the wall and
second by second of those minutes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import example, given, settings
from hypothesis import strategies as st

from m3m_builtins.schedule.cron import Cron

ZONES = ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "Asia/Kolkata")
MINUTE, ZERO = timedelta(minutes=1), timedelta()
MOST = 60
"""Times that are compared; an expression for every minute has thousands."""

BEGIN, END = datetime(2020, 1, 1), datetime(2030, 1, 1)  # of the wall, in any zone
CHANGES = {
    "Europe/Berlin": (datetime(2024, 3, 31), datetime(2024, 10, 27)),
    "America/New_York": (datetime(2025, 3, 9), datetime(2025, 11, 2)),
    "Australia/Lord_Howe": (datetime(2025, 10, 5), datetime(2026, 4, 5)),
    "Africa/Casablanca": (datetime(2024, 3, 10), datetime(2024, 4, 14)),
    "Asia/Kolkata": (datetime(2024, 1, 1), datetime(2024, 6, 1)),
}
"""Days on which the clocks change; Casablanca's go back for Ramadan, Lord Howe's by half an hour."""


def values(field: str, least: int, most: int) -> set[int]:
    found: set[int] = set()
    for item in field.split(","):
        span, _, step = item.partition("/")
        first, _, last = span.partition("-")
        low, high = (least, most) if span == "*" else (int(first), int(last or (most if step else first)))
        found |= set(range(low, high + 1, int(step or 1)))
    return found


class Oracle:
    def __init__(self, expression: str, zone: ZoneInfo) -> None:
        *before, minute, hour, day, month, weekday = expression.split()
        self.seconds = [timedelta(seconds=second) for second in sorted(values("".join(before) or "0", 0, 59))]
        self.minutes, self.hours = values(minute, 0, 59), values(hour, 0, 23)
        self.days, self.months = values(day, 1, 31), values(month, 1, 12)
        self.weekdays = {number % 7 for number in values(weekday, 0, 7)}
        self.either = not day.startswith("*") and not weekday.startswith("*")
        self.every_hour = "*" in hour
        self.zone = zone

    def fires(self, wall: datetime) -> bool:
        if wall.minute not in self.minutes or wall.hour not in self.hours or wall.month not in self.months:
            return False
        day, weekday = wall.day in self.days, wall.isoweekday() % 7 in self.weekdays
        return (day or weekday) if self.either else (day and weekday)

    def moments(self, begin: datetime, end: datetime) -> Iterator[datetime]:
        """In UTC, of the wall's minutes from `begin` to `end`. `change` is above zero for a minute that is left out."""
        wall = begin
        while wall < end:
            if self.fires(wall):
                first, again = (wall.replace(tzinfo=self.zone, fold=fold) for fold in (0, 1))
                change = (again.utcoffset() or ZERO) - (first.utcoffset() or ZERO)
                if change <= ZERO or not self.every_hour:
                    yield from self.within(first)
                if change < ZERO and self.every_hour:
                    yield from self.within(again)
            wall += MINUTE

    def within(self, minute: datetime) -> Iterator[datetime]:
        """Clocks change at whole minutes."""
        return (minute.astimezone(UTC) + second for second in self.seconds)


def parts(least: int, most: int) -> st.SearchStrategy[str]:
    number = st.integers(least, most)
    some = st.lists(number, min_size=1, max_size=4, unique=True).map(lambda found: ",".join(map(str, sorted(found))))
    span = st.tuples(number, number).map(lambda ends: f"{min(ends)}-{max(ends)}")
    step = st.integers(1, (most - least) // 2 + 1).map(lambda size: f"*/{size}")
    return st.one_of(st.just("*"), some, span, step)


SECONDS = st.one_of(st.just(""), st.sampled_from(("59", "0,30", "7-9", "*/20", "58-59,1")), parts(0, 59))
EXPRESSIONS = st.tuples(SECONDS, parts(0, 59), parts(0, 23), parts(1, 28), st.just("*"), parts(0, 6)).map(" ".join)


@st.composite
def starts(draw: st.DrawFn) -> tuple[str, datetime]:
    """A zone and a day in it; one of a change as often as any other."""
    zone = draw(st.sampled_from(ZONES))
    any_day = st.integers(0, (END - BEGIN).days - 4).map(lambda days: BEGIN + timedelta(days=days))
    return zone, draw(st.one_of(st.sampled_from(CHANGES[zone]), any_day))


@settings(max_examples=150, deadline=None)
@given(EXPRESSIONS, starts(), st.integers(-2, 3))
@example("30 2 * * *", ("Europe/Berlin", CHANGES["Europe/Berlin"][0]), 0)
@example("30 2 * * *", ("Europe/Berlin", CHANGES["Europe/Berlin"][1]), 0)
@example("15 * * * *", ("Australia/Lord_Howe", CHANGES["Australia/Lord_Howe"][0]), 0)
@example("15,30 2 * * *", ("Australia/Lord_Howe", CHANGES["Australia/Lord_Howe"][0]), 0)
@example("*/7 * * * *", ("Australia/Lord_Howe", CHANGES["Australia/Lord_Howe"][1]), 0)
@example("15,45 1 * * *", ("Australia/Lord_Howe", CHANGES["Australia/Lord_Howe"][1]), 0)
@example("*/20 0-3 * * *", ("Africa/Casablanca", CHANGES["Africa/Casablanca"][1]), 0)
@example("* 30 2 * * *", ("Europe/Berlin", CHANGES["Europe/Berlin"][0]), 0)
@example("59 59 1,2 * * *", ("Europe/Berlin", CHANGES["Europe/Berlin"][1]), 0)
@example("*/40 */30 * * * *", ("Australia/Lord_Howe", CHANGES["Australia/Lord_Howe"][1]), 0)
@example("5,6 15 2 * * *", ("America/New_York", CHANGES["America/New_York"][0]), 0)
@example("59 23 28 * 0", ("America/New_York", CHANGES["America/New_York"][1]), 0)
def test_the_times_around_a_day(expression: str, start: tuple[str, datetime], begin_hour: int) -> None:
    zone, day = ZoneInfo(start[0]), start[1]
    begin, end = day + timedelta(hours=begin_hour), day + timedelta(hours=30)
    expected = sorted(set(Oracle(expression, zone).moments(begin - timedelta(hours=4), end)))
    edges = begin.replace(tzinfo=zone).astimezone(UTC), end.replace(tzinfo=zone).astimezone(UTC)
    expected = [moment for moment in expected if edges[0] < moment < edges[1]]
    found: list[datetime] = []
    moment = edges[0]
    cron = Cron(expression, zone)
    while (following := cron.after(moment)) is not None and following < edges[1] and len(found) < MOST:
        assert following > moment
        found.append(following)
        moment = following
    assert found == expected[:MOST]
