from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from m3m_core import new_id, now, rfc3339


def test_ids_are_24_hex_digits_and_differ() -> None:
    ids = [new_id() for _ in range(1000)]
    assert len(set(ids)) == 1000
    assert all(len(one) == 24 and int(one, 16) >= 0 for one in ids)
    assert ids == sorted(ids)


def test_now_is_utc_in_whole_milliseconds() -> None:
    moment = now()
    assert moment.tzinfo is UTC
    assert moment.microsecond % 1000 == 0
    assert datetime.now(UTC) - moment < timedelta(seconds=5)


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        (datetime(2026, 11, 22, 10, 15, 30, 123999, UTC), "2026-11-22T10:15:30.123Z"),
        (datetime(2026, 11, 22, 10, 15, 30), "2026-11-22T10:15:30.000Z"),
        (datetime(2026, 11, 22, 1, 0, tzinfo=timezone(timedelta(hours=3))), "2026-11-21T22:00:00.000Z"),
        (datetime(2026, 11, 22, 1, 0, tzinfo=timezone(timedelta(hours=-3, seconds=-30))), "2026-11-22T04:00:30.000Z"),
        (datetime(1, 1, 1, tzinfo=UTC), "0001-01-01T00:00:00.000Z"),
    ],
)
def test_a_time_as_text(moment: datetime, text: str) -> None:
    assert rfc3339(moment) == text
