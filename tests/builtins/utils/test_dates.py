"""Dates as texts, and texts as dates."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from m3m_core import ScriptError
from m3m_core.testing import JSRun, run_js

MOMENT = "new Date('2026-03-09T14:05:06.078Z')"


@pytest.fixture(scope="module")
def js() -> Iterator[JSRun]:
    with run_js(["utils"]) as run:
        yield run


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (MOMENT, "2026-03-09 14:05:06"),
        (f"{MOMENT}, 'YY-M-D H:m:s.SSS'", "26-3-9 14:5:6.078"),
        (f"{MOMENT}, 'dddd, D MMMM YYYY'", "Monday, 9 March 2026"),
        (f"{MOMENT}, 'ddd MMM DD hh:mm A'", "Mon Mar 09 02:05 PM"),
        (f"{MOMENT}, 'h a'", "2 pm"),
        (f"{MOMENT}, 'YYYY-MM-DDTHH:mm:ssZ'", "2026-03-09T14:05:06+00:00"),
        (f"{MOMENT}, 'HH:mm Z ZZ', 'Asia/Kolkata'", "19:35 +05:30 +0530"),
        (f"{MOMENT}, 'HH:mm Z', 'America/New_York'", "10:05 -04:00"),
        (f"{MOMENT}, 'HH:mm', 'UTC'", "14:05"),
        (f"{MOMENT}, '[Day] D [of] MMMM'", "Day 9 of March"),
        ("new Date('2026-01-01T00:30:00Z'), 'hh:mm A'", "12:30 AM"),
        ("0, 'YYYY'", "1970"),
        ("'2026-03-09', 'DD.MM.YYYY'", "09.03.2026"),
    ],
)
def test_format_date(js: JSRun, arguments: str, text: str) -> None:
    assert js.value(f"utils.formatDate({arguments})") == text


@pytest.mark.parametrize(
    ("arguments", "iso"),
    [
        ("'2026-03-09T14:05:06Z'", "2026-03-09T14:05:06.000Z"),
        ("'09.03.2026', 'DD.MM.YYYY'", "2026-03-09T00:00:00.000Z"),
        ("'9/3/26 7:05', 'D/M/YY H:mm'", "2026-03-09T07:05:00.000Z"),
        ("'Mar 9, 2026 02:05 pm', 'MMM D, YYYY hh:mm a'", "2026-03-09T14:05:00.000Z"),
        ("'12:30 AM', 'hh:mm A'", "1970-01-01T00:30:00.000Z"),
        ("'Monday, 9 March 2026', 'dddd, D MMMM YYYY'", "2026-03-09T00:00:00.000Z"),
        ("'2026-03-09 14:05:06.078 +0300', 'YYYY-MM-DD HH:mm:ss.SSS ZZ'", "2026-03-09T11:05:06.078Z"),
        ("'2026-03-09T14:05Z', 'YYYY-MM-DDTHH:mmZ'", "2026-03-09T14:05:00.000Z"),
        ("'31.12.2026 23:59', 'DD.MM.YYYY HH:mm', 'Europe/Berlin'", "2026-12-31T22:59:00.000Z"),
        ("'01.07.2026 12:00', 'DD.MM.YYYY HH:mm', 'Europe/Berlin'", "2026-07-01T10:00:00.000Z"),
        ("'(9) of 3', '(D) [of] M'", "1970-03-09T00:00:00.000Z"),
        ("'0099-01-01', 'YYYY-MM-DD'", "0099-01-01T00:00:00.000Z"),
    ],
)
def test_parse_date(js: JSRun, arguments: str, iso: str) -> None:
    assert js.value(f"utils.parseDate({arguments}).toISOString()") == iso


@pytest.mark.parametrize(
    ("call", "message"),
    [
        ("parseDate('30.02.2026', 'DD.MM.YYYY')", "there is no such day or time"),
        ("parseDate('25:00', 'HH:mm')", "there is no such day or time"),
        ("parseDate('1.2.26', 'DD.MM.YYYY')", '"1.2.26" is not a date of the form DD.MM.YYYY'),
        ("parseDate('9 Foo 2026', 'D MMM YYYY')", "there is no such day"),
        ("parseDate('soon')", "not a date: soon"),
        ("formatDate('soon')", "not a date: soon"),
        ("formatDate(new Date(NaN), 'YYYY')", "not a date: Invalid Date"),
        ("formatDate(0, 'HH', 'Mars/Base')", '"Mars/Base" is not a time zone'),
        ("parseDate('12', 'HH', 'Mars/Base')", '"Mars/Base" is not a time zone'),
        ("formatDate(8.64e15, 'HH', 'Europe/Berlin')", "for the years 1 to 9999 only"),
    ],
)
def test_mistakes(js: JSRun, call: str, message: str) -> None:
    with pytest.raises(ScriptError, match=message):
        js.value(f"utils.{call}")


def test_timestamp_is_now_in_milliseconds(js: JSRun) -> None:
    assert js.value("Math.abs(utils.timestamp() - Date.now()) < 1000")


def test_random_moments_are_written_and_read_as_python_does(js: JSRun) -> None:
    chance = random.Random(20261129)
    first = datetime(1000, 1, 1, tzinfo=UTC)
    moments = [first + timedelta(milliseconds=chance.randrange(8999 * 365 * 86_400_000)) for _ in range(500)]
    form = "%Y-%m-%d %H:%M:%S.{:03} %I %p %A %d %B"
    expected = [moment.strftime(form.format(moment.microsecond // 1000)) for moment in moments]
    js.run("globalThis.form = 'YYYY-MM-DD HH:mm:ss.SSS hh A dddd DD MMMM'")
    given = [round((moment - datetime(1970, 1, 1, tzinfo=UTC)) / timedelta(milliseconds=1)) for moment in moments]
    assert js.value(f"{given}.map((time) => utils.formatDate(time, form))") == expected
    read = "YYYY-MM-DD HH:mm:ss.SSS"
    texts = [text[: len(read)] for text in expected]
    assert js.value(f"{texts}.map((text) => +utils.parseDate(text, '{read}'))") == given
