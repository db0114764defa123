"""Cron expressions: their times, their mistakes, and what the clocks' changes do to them."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from m3m_builtins.schedule.cron import Cron
from m3m_core import Invalid

START = datetime(2026, 11, 22, 10, 15, 30, tzinfo=UTC)  # a Sunday


def times(expression: str, count: int, zone: str = "UTC", start: datetime = START) -> list[str]:
    cron, found, moment = Cron(expression, ZoneInfo(zone)), [], start
    for _ in range(count):
        following = cron.after(moment)
        assert following is not None
        assert following > moment
        found.append(following.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S"))
        moment = following
    return found


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("* * * * *", ["2026-11-22 10:16:00", "2026-11-22 10:17:00"]),
        ("*/15 * * * *", ["2026-11-22 10:30:00", "2026-11-22 10:45:00"]),
        ("5,10 11 * * *", ["2026-11-22 11:05:00", "2026-11-22 11:10:00"]),
        ("*/20 * * * * *", ["2026-11-22 10:15:40", "2026-11-22 10:16:00"]),
        ("30 15 10 * * *", ["2026-11-23 10:15:30", "2026-11-24 10:15:30"]),
        ("0 9 * * MON-FRI", ["2026-11-23 09:00:00", "2026-11-24 09:00:00"]),
        ("0 9 * * 1-5", ["2026-11-23 09:00:00", "2026-11-24 09:00:00"]),
        ("0 9 * * 0", ["2026-11-29 09:00:00", "2026-12-06 09:00:00"]),
        ("0 9 * * 7", ["2026-11-29 09:00:00", "2026-12-06 09:00:00"]),
        ("0 9 * * sunday", ["2026-11-29 09:00:00", "2026-12-06 09:00:00"]),
        ("0 9 * * 6-1", ["2026-11-23 09:00:00", "2026-11-28 09:00:00"]),
        ("0 9 * * FRI-MON", ["2026-11-23 09:00:00", "2026-11-27 09:00:00"]),
        ("0 9 * * */3", ["2026-11-25 09:00:00", "2026-11-28 09:00:00"]),
        ("0 9 * * 2/2", ["2026-11-24 09:00:00", "2026-11-26 09:00:00"]),
        ("0 0 1 JAN,jul *", ["2027-01-01 00:00:00", "2027-07-01 00:00:00"]),
        ("0 0 29 2 *", ["2028-02-29 00:00:00", "2032-02-29 00:00:00"]),
        ("0 0 ? * MON", ["2026-11-23 00:00:00", "2026-11-30 00:00:00"]),
        ("0 0 13 * FRI", ["2026-11-27 00:00:00", "2026-12-04 00:00:00", "2026-12-11 00:00:00", "2026-12-13 00:00:00"]),
        ("@hourly", ["2026-11-22 11:00:00"]),
        ("@daily", ["2026-11-23 00:00:00"]),
        ("@midnight", ["2026-11-23 00:00:00"]),
        ("@weekly", ["2026-11-29 00:00:00"]),
        ("@monthly", ["2026-12-01 00:00:00"]),
        ("@Yearly", ["2027-01-01 00:00:00"]),
        ("  0   9 * * *  ", ["2026-11-23 09:00:00"]),
    ],
)
def test_times(expression: str, expected: list[str]) -> None:
    assert times(expression, len(expected)) == expected


@pytest.mark.parametrize(
    ("expression", "zone", "expected"),
    [
        ("0 9 * * *", "Europe/Moscow", ["2026-11-23 06:00:00"]),
        ("0 9 * * *", "Asia/Kolkata", ["2026-11-23 03:30:00"]),
        ("0 0 * * MON", "Pacific/Auckland", ["2026-11-22 11:00:00"]),
    ],
)
def test_zones(expression: str, zone: str, expected: list[str]) -> None:
    assert times(expression, len(expected), zone) == expected


@pytest.mark.parametrize(
    ("expression", "day", "expected"),
    [
        # 02:30 does not exist on 29 March: it is made up for right after the gap.
        ("30 2 * * *", "2026-03-28", ["2026-03-28 01:30:00", "2026-03-29 01:30:00", "2026-03-30 00:30:00"]),
        # 02:30 comes twice on 25 October: a fixed hour counts once.
        ("30 2 * * *", "2026-10-24", ["2026-10-24 00:30:00", "2026-10-25 00:30:00", "2026-10-26 01:30:00"]),
        # what runs every half hour goes on running every half hour
        ("*/30 * * * *", "2026-10-25", ["2026-10-24 22:30:00", "2026-10-24 23:00:00", "2026-10-24 23:30:00",
                                        "2026-10-25 00:00:00", "2026-10-25 00:30:00", "2026-10-25 01:00:00",
                                        "2026-10-25 01:30:00", "2026-10-25 02:00:00"]),
    ],
)  # fmt: skip
def test_when_the_clocks_change(expression: str, day: str, expected: list[str]) -> None:
    zone = "Europe/Berlin"
    start = datetime.fromisoformat(f"{day}T00:00:00").replace(tzinfo=ZoneInfo(zone))
    assert times(expression, len(expected), zone, start) == expected


@pytest.mark.parametrize(
    ("expression", "reason"),
    [
        ("", "It has 5 fields"),
        ("* * * *", "It has 5 fields"),
        ("* * * * * * *", "It has 5 fields"),
        ("@soon", "It has 5 fields"),
        ("61 * * * *", r"minute: the last value \(61\) is higher than the maximum value \(59\)"),
        ("* 24 * * *", "hour: "),
        ("* * 0 * *", "day: "),
        ("* * * 13 *", "month: "),
        ("* * * FOO *", 'month: Invalid month name "FOO"|month: Unrecognized|month: Invalid month name "foo"'),
        ("* * * * 8", '"8" is not a weekday: use 0-7'),
        ("* * * * FUN", '"fun" is not a weekday'),
        ("* * * * MON-", '"mon-" is not a weekday'),
        ("* * * * */0", "is not a weekday"),
        ("*/0 * * * *", "minute: Increment must be higher than 0"),
        ("5-1 * * * *", "minute: The minimum value in a range must not be higher than the maximum"),
        ("1,,2 * * * *", "minute: "),
        ("60 * * * * *", "second: "),
    ],
)
def test_mistakes_are_explained(expression: str, reason: str) -> None:
    with pytest.raises(Invalid, match=reason) as caught:
        Cron(expression, ZoneInfo("UTC"))
    assert caught.value.code == "invalid_schedule"
    assert f'"{expression}" is not a cron expression' in caught.value.message


@pytest.mark.parametrize("expression", ["0 0 30 2 *", "0 0 31 4,6 *"])
def test_a_day_that_never_comes_has_no_time(expression: str) -> None:
    assert Cron(expression, ZoneInfo("UTC")).after(START) is None
