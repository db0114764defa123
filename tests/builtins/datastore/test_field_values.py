"""Every type: what it accepts, how that is stored and returned, and what it refuses with which code."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from bson import ObjectId
from worlds import MODELS, add, codes, field, make, store

from m3m_builtins.datastore.schema import TYPES, Field
from m3m_builtins.datastore.values import returned, stored
from m3m_builtins.datastore.wrong import WrongValueError
from m3m_core.kernel import Kernel
from m3m_core.testing import Client

ID = "65a1b2c3d4e5f60718293a4b"
MOMENT = datetime(2026, 11, 22, 10, 15, 30, 123000, UTC)
DAY = datetime(2026, 11, 22, tzinfo=UTC)
DEEP: Any = []
for _ in range(50):
    DEEP = [DEEP]

SAME: Any = object()
"""Stored and returned as it was given."""

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
    ("bool", {}, False, SAME, SAME),
    ("bool", {}, True, SAME, SAME),
    ("document", {}, {}, SAME, SAME),
    ("document", {}, {"a": [1, 2.5, None, True, "x", {"b.c": {}}]}, SAME, SAME),
    ("document", {}, [], SAME, SAME),
    ("document", {"max_size": 7}, {"a": 1}, SAME, SAME),
    ("document", {}, {"a": "$where", "b": ["$gt"]}, SAME, SAME),
    ("document", {}, DEEP[0], SAME, SAME),
    ("file", {}, "photos/cat.png", SAME, SAME),
    ("file", {}, "кот .jpg", SAME, SAME),
    ("file", {"mime": ["image/*"]}, "cat.PNG", SAME, SAME),
    ("file", {"mime": ["image/*"]}, "cat.webp", SAME, SAME),  # not in the standard library's table of every machine
    ("file", {"mime": ["text/markdown"]}, "a.md", SAME, SAME),
    ("file", {"mime": ["application/pdf"]}, "a.pdf", SAME, SAME),
    ("file", {"multiple": True}, ["a", "b"], SAME, SAME),
    ("ref", {}, ID, ObjectId(ID), ID),
    ("ref", {"multiple": True}, [ID], [ObjectId(ID)], [ID]),
    ("ref", {"multiple": True}, [], SAME, SAME),
    ("datetime", {}, "2026-11-22T10:15:30.123Z", MOMENT, "2026-11-22T10:15:30.123Z"),
    ("datetime", {}, "2026-11-22T10:15:30.123456789Z", MOMENT, "2026-11-22T10:15:30.123Z"),
    ("datetime", {}, "2026-11-22t13:15:30.123+03:00", MOMENT, "2026-11-22T10:15:30.123Z"),
    ("datetime", {}, "2026-11-22 05:15:30.123-0500", MOMENT, "2026-11-22T10:15:30.123Z"),
    ("datetime", {}, "2026-11-22T10:15:30.123", MOMENT, "2026-11-22T10:15:30.123Z"),
    ("datetime", {}, "2026-11-22T10:15", MOMENT.replace(second=0, microsecond=0), "2026-11-22T10:15:00.000Z"),
    ("datetime", {}, "2026-11-22", DAY, "2026-11-22T00:00:00.000Z"),
    ("datetime", {}, 1795342530123, MOMENT, "2026-11-22T10:15:30.123Z"),
    ("datetime", {}, -1, datetime(1969, 12, 31, 23, 59, 59, 999000, UTC), "1969-12-31T23:59:59.999Z"),
    ("datetime", {}, "0001-01-01T00:00:00Z", datetime(1, 1, 1, tzinfo=UTC), "0001-01-01T00:00:00.000Z"),
    ("datetime", {}, "9999-12-31T23:59:59.999Z", datetime(9999, 12, 31, 23, 59, 59, 999000, UTC), SAME),
    ("datetime", {"min": "2026-11-22", "max": "2026-11-23"}, "2026-11-22T00:00:00.000Z", DAY, SAME),
    ("date", {}, "2026-11-22", DAY, "2026-11-22"),
    ("date", {}, "2026-11-22T10:15:30.123Z", DAY, "2026-11-22"),
    ("date", {}, "2026-11-23T01:00:00+03:00", DAY, "2026-11-22"),
    ("date", {}, "2024-02-29", datetime(2024, 2, 29, tzinfo=UTC), SAME),
    ("select", {"values": ["a", "b"]}, "b", SAME, SAME),
    ("multiselect", {"values": ["a", "b"]}, ["b", "a"], SAME, SAME),
    ("multiselect", {"values": ["a", "b"]}, [], SAME, SAME),
    ("email", {}, "Ann.O'Hara+x@Example.co.uk", SAME, SAME),
    ("url", {}, "https://example.com:8080/a?b=c#d", SAME, SAME),
    ("url", {}, "http://пример.рф/путь", SAME, SAME),
    ("url", {}, "http://[::1]/", SAME, SAME),
]

SIGNED = {"webp": b"RIFF\0\0\0\0WEBPVP8 ", ".png": b"\x89PNG\r\n\x1a\n", ".pdf": b"%PDF-1.7"}
"""How files of these endings begin."""

# type, options, given, code
REFUSED: list[tuple[str, dict[str, Any], Any, str]] = [
    *[
        (kind, {}, value, "wrong_type")
        for kind in ("string", "text", "email", "url", "file")
        for value in (1, True, [], {})
    ],
    ("string", {}, "a\0b", "invalid_characters"),
    ("string", {}, "\ud800", "invalid_characters"),
    ("string", {"min_length": 2}, "a", "too_short"),
    ("string", {"max_length": 2}, "abc", "too_long"),
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
    *[("bool", {}, value, "wrong_type") for value in ("true", 0, 1, "", [])],
    *[("document", {}, value, "wrong_type") for value in ("{}", 1, True, {"a": MOMENT}, {"a": {1}})],
    ("document", {}, {"$where": "1"}, "invalid_key"),
    ("document", {}, {"a": [{"b": {"$gt": ""}}]}, "invalid_key"),
    ("document", {}, {"a\0": 1}, "invalid_key"),
    ("document", {}, {1: 1}, "invalid_key"),
    ("document", {}, {"a": "\0"}, "invalid_characters"),
    ("document", {}, {"\udfff": 1}, "invalid_characters"),
    ("document", {}, [2**53 + 1], "too_large"),
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
    *[("ref", {}, value, "invalid_id") for value in (1, "", "x", ID.upper(), f"{ID}0", {"$ne": None}, [ID])],
    ("ref", {"multiple": True}, ID, "wrong_type"),
    ("ref", {"multiple": True}, [{"$ne": 1}], "invalid_id"),
    ("ref", {"multiple": True, "min": 1}, [], "too_short"),
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
    ("date", {"max": "2026-11-22"}, "2026-11-23", "too_large"),
    ("select", {"values": ["a"]}, "A", "not_allowed"),
    ("select", {"values": ["a"]}, "", "not_allowed"),
    ("select", {"values": ["a"]}, ["a"], "wrong_type"),
    ("multiselect", {"values": ["a"]}, "a", "wrong_type"),
    ("multiselect", {"values": ["a"]}, ["b"], "not_allowed"),
    ("multiselect", {"values": ["a"]}, ["a", "a"], "duplicate_item"),
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


def spec(type_: str, options: dict[str, Any], **more: Any) -> Field:
    return Field("f", type_, options=options, **more)


@pytest.mark.parametrize(("type_", "options", "given", "kept", "told"), ACCEPTED)
def test_accepted(type_: str, options: dict[str, Any], given: Any, kept: Any, told: Any) -> None:
    kept, told = (given if each is SAME else each for each in (kept, told))
    field_ = spec(type_, options)
    value = stored(field_, given)
    assert (value, type(value)) == (kept, type(kept))
    shown = returned(field_, value)
    assert (shown, type(shown)) == (told, type(told))
    assert stored(field_, shown) == value


@pytest.mark.parametrize(("type_", "options", "given", "code"), REFUSED)
def test_refused(type_: str, options: dict[str, Any], given: Any, code: str) -> None:
    with pytest.raises(WrongValueError) as caught:
        stored(spec(type_, options), given)
    assert caught.value.error["code"] == code
    assert caught.value.error["message"].endswith((".", "$"))


def test_every_type_has_rows() -> None:
    assert {row[0] for row in ACCEPTED} == {row[0] for row in REFUSED} == set(TYPES)


@pytest.mark.parametrize(
    ("more", "given", "code"),
    [
        ({}, None, None),
        ({"nullable": False}, None, "null_not_allowed"),
        ({"required": True, "nullable": True}, None, None),
        ({"required": True}, "", "required"),
        ({"required": True}, "x", None),
    ],
)
def test_null_and_empty(more: dict[str, Any], given: Any, code: str | None) -> None:
    if code is None:
        assert stored(spec("string", {}, **more), given) == given
    else:
        with pytest.raises(WrongValueError) as caught:
            stored(spec("string", {}, **more), given)
        assert caught.value.error["code"] == code


def test_through_the_api_and_back(running: Kernel, owner: Client) -> None:
    """A record with a field of every row: what the API returns is accepted back unchanged."""
    for path in ("photos/cat.png", "кот .jpg", "cat.PNG", "cat.webp", "a.md", "a.pdf", "a", "b"):
        store(owner, path, SIGNED.get(path[-4:].lower(), b"x"))
    make(owner, "others")
    other = add(owner, "others")["id"]
    fields, values, expected = [], {}, {}
    for number, (type_, options, given, _kept, told) in enumerate(ACCEPTED):
        if len(str(given)) > 100_000:
            continue
        target = {"model": "others"} if type_ == "ref" else {}
        fields.append(field(f"f{number}", type_, **options, **target))
        values[f"f{number}"] = _with_id(given, other)
        expected[f"f{number}"] = _with_id(given if told is SAME else told, other)
    make(owner, "things", *fields)
    made = add(owner, "things", **values)
    assert {key: made[key] for key in expected} == expected
    path = f"{MODELS}/things/data/{made['id']}"
    assert owner.get(path).json == made
    again = owner.put(path, json=made)
    assert again.status == 200, again.json
    assert again.json == made | {"revision": 2, "updated_at": again.json["updated_at"]}


def test_every_wrong_field_at_once(owner: Client) -> None:
    make(owner, "things", field("a", "number"), field("b", "email"), field("c", required=True), field("d", "bool"))
    answer = owner.post(f"{MODELS}/things/data", json={"a": "1", "b": "x", "d": True, "e": 1, "id": "x"})
    assert codes(answer) == {
        "a": "wrong_type",
        "b": "invalid_email",
        "c": "required",
        "e": "unknown_field",
        "id": "invalid_id",
    }


def _with_id(value: Any, other: str) -> Any:
    if isinstance(value, list):
        return [_with_id(item, other) for item in value]
    return other if value == ID else value
