from __future__ import annotations

from datetime import UTC, datetime, timedelta

from m3m_core import new_id, now


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
