"""When a job runs: what a service may write, checked at once, as one kind of object that knows the next time."""

from __future__ import annotations

import difflib
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from m3m_core import Invalid, rfc3339

from .cron import WEEKDAYS, Cron, weekday

UNITS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0, "w": 604800.0}
DURATION = re.compile(r"(\d+(?:\.\d+)?)(ms|s|m|h|d|w)")
SHORTEST = 0.1
"""Seconds between two runs of `every`; setInterval is for what is faster."""

LONGEST = 10 * 366 * 86400.0
"""Seconds; nobody means more than ten years."""

CLOCK = re.compile(r"^([01]?\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?$")


@dataclass(frozen=True)
class Plan:
    """`text` is the plan as a person would write it; `after` gives the first time later than a moment, or None."""

    kind: str
    text: str
    timezone: str
    after: Callable[[datetime], datetime | None]
    repeats: bool = True


def wrong(message: str) -> Invalid:
    return Invalid(message, code="invalid_schedule")


def make(kind: str, when: Any, options: Mapping[str, Any], now: datetime) -> Plan:
    """The plan of `schedule.<kind>(when, ..., options)`. Raises Invalid."""
    zone = time_zone(options.get("timezone", "UTC"))
    match kind:
        case "cron":
            return cron_plan(kind, expression(when), f"cron {when}", zone)
        case "every":
            return every(when, duration("every", when, SHORTEST), now)
        case "delay":
            return once(kind, now + timedelta(seconds=duration("delay", when, 0)))
        case "once":
            return once(kind, moment(when, zone))
        case _:
            return calendar(kind, when, options, zone)


def calendar(kind: str, when: Any, options: Mapping[str, Any], zone: ZoneInfo) -> Plan:
    """daily, hourly, minutely, weekly, monthly and at: short words for cron expressions."""
    if kind == "minutely":
        return cron_plan(kind, "0 * * * * *", "every minute", zone)
    if kind == "hourly":
        minute = whole("minute", options.get("minute", 0), 0, 59)
        return cron_plan(kind, f"0 {minute} * * * *", f"every hour at minute {minute}", zone)
    clock, time = clock_fields(when if kind == "at" else options.get("at", "00:00"))
    if kind == "weekly":
        number, name = day_of_week(options.get("day", "monday"))
        return cron_plan(kind, f"{clock} * * {number}", f"every {name} at {time}", zone)
    if kind == "monthly":
        day = whole("day", options.get("day", 1), 1, 31)
        return cron_plan(kind, f"{clock} {day} * *", f"every month on day {day} at {time}", zone)
    return cron_plan(kind, f"{clock} * * *", f"every day at {time}", zone)


def cron_plan(kind: str, cron: str, text: str, zone: ZoneInfo) -> Plan:
    return Plan(kind, text, zone.key, Cron(cron, zone).after)


def every(written: str | float, seconds: float, now: datetime) -> Plan:
    """Steps from the moment of registration: a late run does not shift the next one."""

    def after(moment: datetime) -> datetime:
        steps = math.floor((moment - now).total_seconds() / seconds) + 1
        return now + timedelta(seconds=max(steps, 1) * seconds)

    text = written.strip() if isinstance(written, str) else f"{written:g} ms"
    return Plan("every", f"every {text}", "UTC", after)


def once(kind: str, when: datetime) -> Plan:
    return Plan(kind, f"once at {rfc3339(when)}", "UTC", lambda moment: when if when > moment else None, repeats=False)


# ---- what a service writes -------------------------------------------------------------------------------------------


def time_zone(name: Any) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, TypeError, OSError):
        near = difflib.get_close_matches(str(name).title(), available_timezones(), n=1, cutoff=0.6)
        hint = f" Did you mean {near[0]}?" if near else ""
        raise wrong(f'"{name}" is not a time zone; use an IANA name such as Europe/Berlin.{hint}') from None


def expression(value: Any) -> str:
    if not isinstance(value, str) or len(value) > 200:
        raise wrong('schedule.cron wants an expression first: schedule.cron("0 9 * * MON-FRI", fn)')
    return value


def duration(function: str, value: Any, least: float) -> float:
    """Seconds of `5m`, `1h30m` or a number of milliseconds."""
    seconds = None
    if isinstance(value, int | float) and not isinstance(value, bool):
        seconds = value / 1000
    elif isinstance(value, str) and re.fullmatch(rf"(?:{DURATION.pattern})+", value.strip()):
        seconds = sum(float(number) * UNITS[unit] for number, unit in DURATION.findall(value))
    if seconds is None:
        raise wrong(f'schedule.{function} wants a duration such as "30s", "5m", "1h30m" or a number of milliseconds')
    if not least <= seconds <= LONGEST:
        raise wrong(f"schedule.{function}: a duration is {least * 1000:g} ms to 10 years, not {value}")
    return seconds


def moment(value: Any, zone: ZoneInfo) -> datetime:
    """A time from milliseconds since 1970 or an ISO text; a text without an offset is in `zone`."""
    try:
        if isinstance(value, int | float):
            return datetime.fromtimestamp(value / 1000, UTC)
        found = datetime.fromisoformat(value)
        return found if found.tzinfo else found.replace(tzinfo=zone)
    except (TypeError, ValueError, OverflowError, OSError):
        raise wrong('schedule.once wants a time: a Date, or a text such as "2030-01-31T09:00:00Z"') from None


def clock_fields(value: Any) -> tuple[str, str]:
    """`second minute hour` for cron and the time as it is shown."""
    match = CLOCK.match(value) if isinstance(value, str) else None
    if match is None:
        raise wrong(f'"{value}" is not a time of day; write it as "HH:MM", for example "09:30"')
    hour, minute, second = int(match[1]), int(match[2]), int(match[3] or 0)
    shown = f"{hour:02}:{minute:02}" + (f":{second:02}" if second else "")
    return f"{second} {minute} {hour}", shown


def whole(name: str, value: Any, least: int, most: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise wrong(f'option "{name}" is a whole number from {least} to {most}, not {value}')
    return value


def day_of_week(value: Any) -> tuple[int, str]:
    try:
        number = weekday(str(value).lower()) % 7
    except ValueError as error:
        raise wrong(f'option "day": {error}') from None
    return number, WEEKDAYS[number].title()
