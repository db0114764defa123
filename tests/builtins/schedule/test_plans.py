"""What may be written as a plan: the times that follow, and the sentence for what is wrong."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from m3m_builtins.schedule.plans import make
from m3m_core import Invalid

NOW = datetime(2026, 11, 22, 10, 15, 30, tzinfo=UTC)  # a Sunday


@pytest.mark.parametrize(
    ("kind", "when", "options", "text", "first"),
    [
        ("daily", None, {}, "every day at 00:00", "2026-11-23T00:00:00"),
        ("daily", None, {"at": "9:05"}, "every day at 09:05", "2026-11-23T09:05:00"),
        ("daily", None, {"at": "23:59:58"}, "every day at 23:59:58", "2026-11-22T23:59:58"),
        ("daily", None, {"at": "09:00", "timezone": "America/New_York"}, "every day at 09:00", "2026-11-22T14:00:00"),
        ("at", "10:16", {}, "every day at 10:16", "2026-11-22T10:16:00"),
        ("hourly", None, {}, "every hour at minute 0", "2026-11-22T11:00:00"),
        ("hourly", None, {"minute": 20}, "every hour at minute 20", "2026-11-22T10:20:00"),
        ("minutely", None, {}, "every minute", "2026-11-22T10:16:00"),
        ("weekly", None, {}, "every Monday at 00:00", "2026-11-23T00:00:00"),
        ("weekly", None, {"day": "Fri", "at": "17:30"}, "every Friday at 17:30", "2026-11-27T17:30:00"),
        ("weekly", None, {"day": 7}, "every Sunday at 00:00", "2026-11-29T00:00:00"),
        ("monthly", None, {}, "every month on day 1 at 00:00", "2026-12-01T00:00:00"),
        ("monthly", None, {"day": 31}, "every month on day 31 at 00:00", "2026-12-31T00:00:00"),
        ("cron", "0 12 * * *", {}, "cron 0 12 * * *", "2026-11-22T12:00:00"),
        ("every", "5m", {}, "every 5m", "2026-11-22T10:20:30"),
        ("every", "1h30m", {}, "every 1h30m", "2026-11-22T11:45:30"),
        ("every", "0.5s", {}, "every 0.5s", "2026-11-22T10:15:30.500000"),
        ("every", 1500, {}, "every 1500 ms", "2026-11-22T10:15:31.500000"),
        ("delay", "2d", {}, "once at 2026-11-24T10:15:30.000Z", "2026-11-24T10:15:30"),
        ("delay", 1, {}, "once at 2026-11-22T10:15:30.001Z", "2026-11-22T10:15:30.001000"),
        ("once", "2030-01-31T09:00:00Z", {}, "once at 2030-01-31T09:00:00.000Z", "2030-01-31T09:00:00"),
        ("once", "2030-01-31T09:00:00+03:00", {}, "once at 2030-01-31T06:00:00.000Z", "2030-01-31T06:00:00"),
        (
            "once",
            "2030-01-31 09:00",
            {"timezone": "Asia/Tokyo"},
            "once at 2030-01-31T00:00:00.000Z",
            "2030-01-31T00:00:00",
        ),
        ("once", 1893456000000, {}, "once at 2030-01-01T00:00:00.000Z", "2030-01-01T00:00:00"),
    ],
)
def test_the_first_time(kind: str, when: Any, options: dict[str, Any], text: str, first: str) -> None:
    plan = make(kind, when, options, NOW)
    assert plan.text == text
    assert plan.after(NOW) == datetime.fromisoformat(first).replace(tzinfo=UTC)
    assert plan.timezone == (options.get("timezone", "UTC") if plan.repeats else "UTC")


def test_every_keeps_its_step_after_a_late_run() -> None:
    plan = make("every", "10s", {}, NOW)
    assert plan.after(NOW + timedelta(seconds=10)) == NOW + timedelta(seconds=20)
    assert plan.after(NOW + timedelta(seconds=47)) == NOW + timedelta(seconds=50)


def test_one_time_comes_once() -> None:
    plan = make("delay", 1000, {}, NOW)
    assert plan.after(NOW + timedelta(seconds=1)) is None


@pytest.mark.parametrize(
    ("kind", "when", "options", "message"),
    [
        ("daily", None, {"at": "25:00"}, '"25:00" is not a time of day; write it as "HH:MM"'),
        ("daily", None, {"at": 9}, '"9" is not a time of day'),
        ("at", None, {}, '"None" is not a time of day'),
        ("daily", None, {"timezone": "Mars/Base"}, '"Mars/Base" is not a time zone; use an IANA name'),
        ("daily", None, {"timezone": "europe/berlin"}, r"Did you mean Europe/Berlin\?"),
        ("daily", None, {"timezone": "../etc/passwd"}, "is not a time zone"),
        ("daily", None, {"timezone": 3}, '"3" is not a time zone'),
        ("daily", None, {"timezone": ["UTC"]}, "is not a time zone"),
        ("hourly", None, {"minute": 60}, 'option "minute" is a whole number from 0 to 59, not 60'),
        ("hourly", None, {"minute": "5"}, 'option "minute" is a whole number'),
        ("hourly", None, {"minute": True}, 'option "minute" is a whole number'),
        ("weekly", None, {"day": "someday"}, 'option "day": "someday" is not a weekday'),
        ("weekly", None, {"day": 8}, 'option "day": "8" is not a weekday'),
        ("monthly", None, {"day": 32}, 'option "day" is a whole number from 1 to 31, not 32'),
        ("cron", None, {}, "schedule.cron wants an expression first"),
        ("cron", "x" * 300, {}, "schedule.cron wants an expression first"),
        ("every", "soon", {}, 'schedule.every wants a duration such as "30s"'),
        ("every", "", {}, "schedule.every wants a duration"),
        ("every", "5", {}, "schedule.every wants a duration"),
        ("every", None, {}, "schedule.every wants a duration"),
        ("every", True, {}, "schedule.every wants a duration"),
        ("every", 0, {}, "a duration is 100 ms to 10 years, not 0"),
        ("every", "50ms", {}, "a duration is 100 ms to 10 years, not 50ms"),
        ("every", -5, {}, "a duration is 100 ms"),
        ("delay", "9999w", {}, "a duration is 0 ms to 10 years"),
        ("delay", 1e300, {}, "a duration is 0 ms to 10 years"),
        ("once", "tomorrow", {}, "schedule.once wants a time"),
        ("once", None, {}, "schedule.once wants a time"),
        ("once", {}, {}, "schedule.once wants a time"),
        ("once", 1e300, {}, "schedule.once wants a time"),
    ],
)
def test_mistakes_are_explained(kind: str, when: Any, options: dict[str, Any], message: str) -> None:
    with pytest.raises(Invalid, match=message) as caught:
        make(kind, when, options, NOW)
    assert caught.value.code == "invalid_schedule"
