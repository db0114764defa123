"""Every type: what it accepts, how that is stored and returned, and what it refuses with which code."""

from __future__ import annotations

import json
from typing import Any

import pytest
from field_values import ACCEPTED, ID, REFUSED, SAME
from worlds import MODELS, add, codes, field, make, store

from m3m_builtins.datastore.schema import TYPES, Field
from m3m_builtins.datastore.values import returned, stored
from m3m_builtins.datastore.wrong import WrongValueError
from m3m_core.kernel import Kernel
from m3m_core.testing import Client, run_js

SIGNED = {"webp": b"RIFF\0\0\0\0WEBPVP8 ", ".png": b"\x89PNG\r\n\x1a\n", ".pdf": b"%PDF-1.7"}
"""How files of these endings begin."""


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


LARGE = [2.0**53, -(2.0**53) - 2, 2.0**60, 1e17, -1e20, 123456789012345680000.0, 1e21, 1.7976931348623157e308]


@pytest.mark.parametrize("number", LARGE)
def test_a_document_keeps_large_numbers_however_they_are_written(number: float) -> None:
    with run_js([]) as js:
        of_javascript = js.value(f"JSON.stringify([{number!r}])")
    for text in (of_javascript, repr([number]), f"[{int(number)}]"):
        (kept,) = stored(spec("document", {}), json.loads(text))
        assert kept == number
        assert isinstance(kept, float) or abs(number) <= 2**53  # smaller ones are whole to the database too


def test_every_type_has_rows() -> None:
    assert {row[0] for row in ACCEPTED} == {row[0] for row in REFUSED} == set(TYPES)


OPTIONS: dict[str, dict[str, Any]] = {
    "select": {"values": ["a"]},
    "multiselect": {"values": ["a"]},
    "ref": {"model": "things"},
}
"""Without which there is no such field."""

EMPTY: dict[str, Any] = dict.fromkeys(("string", "text", "email", "url", "select", "file"), "") | {"multiselect": []}


@pytest.mark.parametrize("type_", TYPES)
def test_null_and_empty(type_: str) -> None:
    options = OPTIONS.get(type_, {})
    assert stored(spec(type_, options), None) is None
    assert refusal(spec(type_, options, nullable=False), None) == "null_not_allowed"
    if type_ in EMPTY:
        assert refusal(spec(type_, options, required=True), EMPTY[type_]) == "required"
    if type_ in ("file", "ref"):
        assert refusal(spec(type_, options | {"multiple": True}, required=True), []) == "required"


@pytest.mark.parametrize("type_", TYPES)
def test_null_and_empty_through_the_api(owner: Client, type_: str) -> None:
    options = OPTIONS.get(type_, {})
    make(owner, "things", field("free", type_, **options), field("must", type_, required=True, **options))
    data = f"{MODELS}/things/data"
    assert codes(owner.post(data, json={})) == {"must": "required"}
    assert codes(owner.post(data, json={"free": None, "must": None})) == {"must": "null_not_allowed"}
    if type_ in EMPTY:
        assert codes(owner.post(data, json={"must": EMPTY[type_]})) == {"must": "required"}


def refusal(field_: Field, given: Any) -> str:
    with pytest.raises(WrongValueError) as caught:
        stored(field_, given)
    return caught.value.error["code"]


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
    copied = add(owner, "things", **{key: made[key] for key in expected})
    assert {key: copied[key] for key in expected} == expected
    empty = add(owner, "things")
    assert {key: empty[key] for key in expected} == dict.fromkeys(expected)
    assert owner.put(f"{MODELS}/things/data/{empty['id']}", json=empty).status == 200


def test_a_default_may_hold_large_numbers(owner: Client) -> None:
    """As JavaScript writes 1e21 and 1e20; the database has no whole numbers of that size."""
    default = {"a": [1e21, 10**20]}
    made = make(owner, "things", field("f", "document", default_value=default))
    assert made["fields"][0]["default_value"] == add(owner, "things")["f"] == default


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
