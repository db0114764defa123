"""What each type accepts, how that is stored and returned, and what it refuses with which code: the tables."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from bson import ObjectId

from m3m_builtins.datastore.dates import day
from m3m_core import rfc3339

ID = "65a1b2c3d4e5f60718293a4b"
MOMENT = datetime(2026, 11, 22, 10, 15, 30, 123000, UTC)
DAY = datetime(2026, 11, 22, tzinfo=UTC)
DEEP: Any = []
for _ in range(50):
    DEEP = [DEEP]

SAME: Any = object()
"""Stored and returned as it was given."""

HALF = MOMENT.replace(microsecond=500000)
DATES: list[tuple[Any, datetime]] = [
    ("2026-11-22T10:15:30.123Z", MOMENT),  # toISOString()
    ("2026-11-22T10:15:30.123456789Z", MOMENT),
    ("2026-11-22T10:15:30.1239Z", MOMENT),
    ("2026-11-22T10:15:30.5Z", HALF),
    ("2026-11-22T10:15:30Z", MOMENT.replace(microsecond=0)),
    ("2026-11-22T10:15Z", MOMENT.replace(second=0, microsecond=0)),
    ("2026-11-22t10:15:30.123z", MOMENT),
    ("2026-11-22t13:15:30.123+03:00", MOMENT),
    ("2026-11-22 05:15:30.123-0500", MOMENT),
    ("2026-11-22T10:15:30.123+00:00", MOMENT),
    ("2026-11-23T00:15:30.123+14:00", MOMENT),
    ("2026-11-22T10:15:30.123", MOMENT),
    ("2026-11-22 10:15:30.123", MOMENT),
    ("2026-11-22T10:15", MOMENT.replace(second=0, microsecond=0)),
    ("2026-11-22", DAY),
    ("2026-11-23T01:00:00+03:00", DAY.replace(hour=22)),
    ("2024-02-29", datetime(2024, 2, 29, tzinfo=UTC)),
    (1795342530123, MOMENT),
    (0, datetime(1970, 1, 1, tzinfo=UTC)),
    (-1, datetime(1969, 12, 31, 23, 59, 59, 999000, UTC)),
    ("0001-01-01T00:00:00Z", datetime(1, 1, 1, tzinfo=UTC)),
    ("9999-12-31T23:59:59.999Z", datetime(9999, 12, 31, 23, 59, 59, 999000, UTC)),
]
"""Every form, and the moment that it means. A date is the day of that in UTC."""

# type, options, given, stored, returned
ACCEPTED: list[tuple[str, dict[str, Any], Any, Any, Any]] = [
    ("string", {}, "", SAME, SAME),
    ("string", {}, "Привет 👋\nline", SAME, SAME),
    ("string", {}, "$where", SAME, SAME),
    ("string", {"min_length": 2, "max_length": 2}, "👋👋", SAME, SAME),
    ("string", {"pattern": "^[A-Z]{2}$"}, "AB", SAME, SAME),
    ("string", {"pattern": "b"}, "abc", SAME, SAME),
    ("string", {"pattern": r"^\u00e9\p{Script=Greek}$"}, "éα", SAME, SAME),  # as JavaScript writes it
    ("string", {}, "x" * 10_000, SAME, SAME),
    ("text", {}, "x" * 1_000_000, SAME, SAME),
    ("number", {}, 0, SAME, SAME),
    ("number", {}, -(2**53), SAME, SAME),
    ("number", {}, 5.0, 5, 5),
    ("number", {"min": 1, "max": 1}, 1, SAME, SAME),
    ("float", {}, 1, 1.0, 1.0),
    ("float", {}, -1.5e300, SAME, SAME),
    ("float", {"min": 0.5}, 0.5, SAME, SAME),
    ("float", {"max": 0.5}, 0.5, SAME, SAME),
    ("float", {}, 2**53 + 1, float(2**53), float(2**53)),
    ("bool", {}, False, SAME, SAME),
    ("bool", {}, True, SAME, SAME),
    ("document", {}, {}, SAME, SAME),
    ("document", {}, {"a": [1, 2.5, None, True, "x", {"b.c": {}}]}, SAME, SAME),
    ("document", {}, [], SAME, SAME),
    ("document", {"max_size": 7}, {"a": 1}, SAME, SAME),
    ("document", {}, {"a": "$where", "b": ["$gt"]}, SAME, SAME),
    ("document", {}, DEEP[0], SAME, SAME),
    ("document", {}, {"a": [1e17, -1e300]}, SAME, SAME),
    ("file", {}, "photos/cat.png", SAME, SAME),
    ("file", {}, "кот .jpg", SAME, SAME),
    ("file", {"mime": ["image/*"]}, "cat.PNG", SAME, SAME),
    ("file", {"mime": ["image/*"]}, "cat.webp", SAME, SAME),  # not in the standard library's table of every machine
    ("file", {"mime": ["text/markdown"]}, "a.md", SAME, SAME),
    ("file", {"mime": ["application/pdf"]}, "a.pdf", SAME, SAME),
    ("file", {"multiple": True}, ["a", "b"], SAME, SAME),
    ("file", {"multiple": True, "min": 1, "max": 1}, ["a"], SAME, SAME),
    ("ref", {}, ID, ObjectId(ID), ID),
    ("ref", {"multiple": True, "min": 1, "max": 1}, [ID], [ObjectId(ID)], [ID]),
    ("ref", {"multiple": True}, [ID], [ObjectId(ID)], [ID]),
    ("ref", {"multiple": True}, [], SAME, SAME),
    ("datetime", {"min": "2026-11-22", "max": "2026-11-23"}, "2026-11-22T00:00:00.000Z", DAY, SAME),
    *[("datetime", {}, given, moment, rfc3339(moment)) for given, moment in DATES],
    *[("date", {}, given, day(moment), day(moment).date().isoformat()) for given, moment in DATES],
    ("datetime", {"max": "2026-11-22"}, "2026-11-22", DAY, "2026-11-22T00:00:00.000Z"),
    ("date", {"min": "2026-11-22", "max": "2026-11-22"}, "2026-11-22T23:59Z", DAY, "2026-11-22"),
    ("select", {"values": ["a", "b"]}, "b", SAME, SAME),
    ("multiselect", {"values": ["a", "b"]}, ["b", "a"], SAME, SAME),
    ("multiselect", {"values": ["a", "b"]}, [], SAME, SAME),
    ("multiselect", {"values": ["a", "b"], "min": 2, "max": 2}, ["b", "a"], SAME, SAME),
    ("email", {}, "Ann.O'Hara+x@Example.co.uk", SAME, SAME),
    ("email", {"min_length": 6, "max_length": 6, "pattern": "@b"}, "a@b.cd", SAME, SAME),
    ("text", {"min_length": 2, "max_length": 2, "pattern": "^a"}, "ab", SAME, SAME),
    ("url", {"min_length": 10, "max_length": 10, "pattern": "^http:"}, "http://a.b", SAME, SAME),
    ("url", {}, "https://example.com:8080/a?b=c#d", SAME, SAME),
    ("url", {}, "http://пример.рф/путь", SAME, SAME),
    ("url", {}, "http://[::1]/", SAME, SAME),
]

# type, options, given, code
REFUSED: list[tuple[str, dict[str, Any], Any, str]] = [
    *[
        (kind, {}, value, "wrong_type")
        for kind in ("string", "text", "email", "url", "file")
        for value in (1, True, [], {})
    ],
    ("string", {}, "a\0b", "invalid_characters"),
    ("string", {}, "\ud800", "invalid_characters"),
    *[
        (kind, options, value, code)
        for kind, value in (("string", "abcdef"), ("text", "abcdef"), ("email", "a@b.cd"), ("url", "http://a.b"))
        for options, code in (
            ({"min_length": 20}, "too_short"),
            ({"max_length": 5}, "too_long"),
            ({"pattern": "^x$"}, "wrong_format"),
        )
    ],
    ("string", {}, "x" * 10_001, "too_long"),
    ("text", {}, "x" * 1_000_001, "too_long"),
    ("string", {"pattern": "^a$"}, "b", "wrong_format"),
    ("string", {"pattern": "^(a+)+$"}, "a" * 5_000 + "!", "wrong_format"),
    *[("number", {}, value, "wrong_type") for value in ("12", "", True, 1.5, [], {}, float("nan"), float("inf"))],
    ("number", {}, 2**53 + 1, "too_large"),
    ("number", {}, -(2**63) - 1, "too_large"),
    ("number", {}, 1e300, "too_large"),
    ("number", {"min": 1}, 0, "too_small"),
    ("number", {"max": 1}, 2, "too_large"),
    *[("float", {}, value, "wrong_type") for value in ("1.5", True, [], {})],
    ("float", {}, float("nan"), "too_large"),
    ("float", {}, float("-inf"), "too_large"),
    ("float", {}, 10**400, "too_large"),
    ("float", {"min": 0.5}, 0.4, "too_small"),
    ("float", {"max": 0.5}, 0.6, "too_large"),
    ("float", {"max": 0.5}, 1, "too_large"),
    *[("bool", {}, value, "wrong_type") for value in ("true", 0, 1, "", [])],
    *[("document", {}, value, "wrong_type") for value in ("{}", 1, True, {"a": MOMENT}, {"a": {1}})],
    ("document", {}, {"$where": "1"}, "invalid_key"),
    ("document", {}, {"a": [{"b": {"$gt": ""}}]}, "invalid_key"),
    ("document", {}, {"a\0": 1}, "invalid_key"),
    ("document", {}, {1: 1}, "invalid_key"),
    ("document", {}, {"a": "\0"}, "invalid_characters"),
    ("document", {}, {"\udfff": 1}, "invalid_characters"),
    *[("document", {}, [value], "too_large") for value in (2**53 + 1, -(2**53) - 1, 2**60 + 1, 10**400)],
    ("document", {}, [float("nan")], "too_large"),
    ("document", {"max_size": 6}, {"a": 1}, "too_large"),
    ("document", {}, ["x" * 1024 * 1024], "too_large"),
    ("document", {}, DEEP, "too_deep"),
    *[
        ("file", {}, path, "invalid_path")
        for path in ("", "/a", "a//b", "../a", "a/../b", "a/.", "a/", "a\\b", "x" * 1025, " ", "a/ /b", "...")
    ],
    ("file", {"mime": ["image/*"]}, "a.pdf", "mime_not_allowed"),
    ("file", {"mime": ["image/png"]}, "a", "mime_not_allowed"),
    ("file", {"multiple": True}, "a", "wrong_type"),
    ("file", {"multiple": True}, ["a", "a"], "duplicate_item"),
    ("file", {"multiple": True, "max": 1}, ["a", "b"], "too_long"),
    ("file", {"multiple": True, "min": 1}, [], "too_short"),
    ("file", {"multiple": True}, ["a", "../a"], "invalid_path"),
    *[("ref", {}, value, "invalid_id") for value in (1, "", "x", ID.upper(), f"{ID}0", {"$ne": None}, [ID])],
    ("ref", {"multiple": True}, ID, "wrong_type"),
    ("ref", {"multiple": True}, [{"$ne": 1}], "invalid_id"),
    ("ref", {"multiple": True, "min": 1}, [], "too_short"),
    ("ref", {"multiple": True, "max": 1}, [ID, ID[::-1]], "too_long"),
    ("ref", {"multiple": True}, [ID, ID], "duplicate_item"),
    *[
        (kind, {}, value, "invalid_date")
        for kind in ("date", "datetime")
        for value in (
            *("", "x", "2026", "2026-13-01", "2026-02-30", "2025-02-29", "22.11.2026", "20261122", "2026-W47-1"),
            *("2026-11-22T24:00:00Z", "2026-11-22T10:60Z", "2026-11-22T10:15:60Z", "2026-11-22T10:15:30+25:00"),
            *("0001-01-01T00:00:00+01:00", "9999-12-31T23:59:59-01:00", "+012026-01-01T00:00:00.000Z"),
            *(" 2026-11-22", "2026-11-22\n", "٢٠٢٦-11-22", 1.5, True, 10**18, [], {}),
        )
    ],
    ("datetime", {"min": "2026-11-22"}, "2026-11-21T23:59:59.999Z", "too_small"),
    ("datetime", {"max": "2026-11-22"}, "2026-11-22T00:00:00.001Z", "too_large"),
    ("date", {"min": "2026-11-22"}, "2026-11-21T23:59:59.999Z", "too_small"),
    ("date", {"max": "2026-11-22"}, "2026-11-23", "too_large"),
    ("select", {"values": ["a"]}, "A", "not_allowed"),
    ("select", {"values": ["a"]}, "", "not_allowed"),
    ("select", {"values": ["a"]}, ["a"], "wrong_type"),
    ("multiselect", {"values": ["a"]}, "a", "wrong_type"),
    ("multiselect", {"values": ["a"]}, ["b"], "not_allowed"),
    ("multiselect", {"values": ["a"]}, ["a", "a"], "duplicate_item"),
    ("multiselect", {"values": ["a", "b"], "min": 2}, ["a"], "too_short"),
    ("multiselect", {"values": ["a"]}, [1], "wrong_type"),
    ("multiselect", {"values": ["a", "b"], "max": 1}, ["a", "b"], "too_long"),
    *[
        ("email", {}, value, "invalid_email")
        for value in ("", "a", "a@b", "a@b@c.d", " a@b.cd", "a@b.cd\n", "a@-b.cd", "a@b..cd", "a b@c.de")
    ],
    ("email", {}, "a" * 250 + "@b.cd", "too_long"),
    *[
        ("url", {}, value, "invalid_url")
        for value in (
            *("", "example.com", "//example.com", "ftp://a.b", "javascript:alert(1)", "https://", "http://a b"),
            *("http://a.b:99999/", "http://[::1", "https://a.b/\n", "http://a.b/\\c", "data:text/html,x"),
        )
    ],
    ("url", {}, "https://a.b/" + "x" * 2048, "too_long"),
]
