"""Changing a model with records in it: what is told before, what is done, what is refused."""

from __future__ import annotations

from typing import Any

import pytest
from worlds import MODELS, add, codes, field, items, make, outcome, store

from m3m_builtins.datastore import limits, walk
from m3m_core.testing import Answer, Client

ID = "65a1b2c3d4e5f60718293a4b"
THINGS = f"{MODELS}/things"


def change(owner: Client, *fields: dict[str, Any], query: str = "") -> Answer:
    return owner.put(f"{THINGS}?{query}", json={"fields": list(fields)})


def effects(answer: Answer) -> dict[tuple[str, str], int]:
    """Numbers of records by kind and field, of a report or a refusal with one."""
    told = answer.json if "effects" in answer.json else answer.json["details"]
    return {(each["kind"], each["field"]): each["records"] for each in told["effects"]}


# old type and options, new type and options, value, what it becomes
KEPT: list[tuple[str, dict[str, Any], str, dict[str, Any], Any, Any]] = [
    ("string", {}, "text", {}, "x", "x"),
    ("text", {}, "string", {"max_length": 5}, "x", "x"),
    ("string", {}, "number", {}, "-12", -12),
    ("string", {}, "float", {}, "1.5", 1.5),
    ("string", {}, "bool", {}, "true", True),
    ("string", {}, "document", {}, '{"a": [1]}', {"a": [1]}),
    ("string", {}, "date", {}, "2026-11-22", "2026-11-22"),
    ("string", {}, "datetime", {}, "2026-11-22T10:15:30+03:00", "2026-11-22T07:15:30.000Z"),
    ("string", {}, "select", {"values": ["a"]}, "a", "a"),
    ("string", {}, "multiselect", {"values": ["a"]}, "a", ["a"]),
    ("string", {}, "ref", {"model": "things"}, ID, ID),
    ("number", {}, "float", {}, 3, 3.0),
    ("number", {}, "string", {}, 3, "3"),
    ("number", {}, "bool", {}, 1, True),
    ("float", {}, "number", {}, 3.0, 3),
    ("float", {}, "text", {}, 0.1, "0.1"),
    ("bool", {}, "string", {}, False, "false"),
    ("bool", {}, "number", {}, True, 1),
    ("date", {}, "datetime", {}, "2026-11-22", "2026-11-22T00:00:00.000Z"),
    ("datetime", {}, "date", {}, "2026-11-22T00:00:00Z", "2026-11-22"),
    ("date", {}, "string", {}, "2026-11-22", "2026-11-22"),
    ("datetime", {}, "string", {}, "2026-11-22", "2026-11-22T00:00:00.000Z"),
    ("document", {}, "text", {}, {"a": [1]}, '{"a":[1]}'),
    ("select", {"values": ["a"]}, "multiselect", {"values": ["a"]}, "a", ["a"]),
    ("multiselect", {"values": ["a", "b"]}, "select", {"values": ["a", "b"]}, ["b"], "b"),
    ("multiselect", {"values": ["a", "b"]}, "select", {"values": ["a", "b"]}, [], None),
    ("multiselect", {"values": ["a", "b"]}, "document", {}, ["b", "a"], ["b", "a"]),
    ("file", {}, "file", {"multiple": True}, "a/b", ["a/b"]),
    ("file", {"multiple": True}, "file", {}, ["a/b"], "a/b"),
    ("file", {}, "string", {}, "a/b", "a/b"),
    ("email", {}, "string", {}, "a@b.cd", "a@b.cd"),
]

LOST: list[tuple[str, dict[str, Any], str, dict[str, Any], Any]] = [
    ("string", {}, "number", {}, "012"),
    ("string", {}, "number", {}, "1.5"),
    ("string", {}, "number", {}, ""),
    ("string", {}, "number", {"max": 5}, "6"),
    ("string", {}, "float", {}, "1e5"),
    ("string", {}, "bool", {}, "yes"),
    ("string", {}, "date", {}, "22.11.2026"),
    ("string", {}, "document", {}, "x"),
    ("string", {}, "document", {}, '{"$where": 1}'),
    ("string", {}, "ref", {"model": "things"}, "x"),
    ("float", {}, "number", {}, 1.5),
    ("number", {}, "bool", {}, 2),
    ("number", {}, "date", {}, 1),
    ("datetime", {}, "date", {}, "2026-11-22T10:00:00Z"),
    ("multiselect", {"values": ["a", "b"]}, "select", {"values": ["a", "b"]}, ["a", "b"]),
    ("string", {}, "multiselect", {"values": ["a"]}, "b"),
    ("document", {}, "number", {}, {}),
]


@pytest.mark.parametrize(("old", "old_options", "new", "new_options", "value", "becomes"), KEPT)
def test_conversions_that_lose_nothing_are_done(
    owner: Client, old: str, old_options: Any, new: str, new_options: Any, value: Any, becomes: Any
) -> None:
    make(owner, "things", field("f", old, **old_options))
    store(owner, "a/b")
    add(owner, "things", f=value)
    add(owner, "things", f=None)
    told = change(owner, field("f", new, **new_options), query="dry_run=true")
    assert (told.status, told.json["loses_data"], told.json["possible"]) == (200, False, True)
    assert "lost" not in {kind for kind, _ in effects(told)}
    assert owner.get(THINGS).json["revision"] == 1
    done = change(owner, field("f", new, **new_options))
    assert (done.status, done.json["revision"]) == (200, 2)
    found = [each["f"] for each in items(owner, "things")]
    assert (found, type(found[0])) == ([becomes, None], type(becomes))


@pytest.mark.parametrize(("old", "old_options", "new", "new_options", "value"), LOST)
def test_conversions_that_lose_something_need_force(
    owner: Client, old: str, old_options: Any, new: str, new_options: Any, value: Any
) -> None:
    make(owner, "things", field("f", old, **old_options))
    kept = add(owner, "things", f=value)
    refused = change(owner, field("f", new, **new_options))
    assert outcome(refused) == (409, "change_loses_data")
    assert refused.json["details"]["effects"] == [
        {"kind": "lost", "field": "f", "records": 1, "examples": [{"id": kept["id"], "value": kept["f"]}]}
    ]
    assert items(owner, "things") == [kept]
    assert change(owner, field("f", new, **new_options), query="force=true").status == 200
    assert [each["f"] for each in items(owner, "things")] == [None]


def test_a_dropped_field_needs_force(owner: Client) -> None:
    make(owner, "things", field("a"), field("b"))
    add(owner, "things", a="1", b="1")
    add(owner, "things", b="2")
    told = change(owner, field("b"), query="dry_run=true")
    assert effects(told) == {("dropped", "a"): 1}
    assert outcome(change(owner, field("b"))) == (409, "change_loses_data")
    assert change(owner, field("b"), query="force=true").status == 200
    assert [("a" in each, each["b"]) for each in items(owner, "things")] == [(False, "1"), (False, "2")]
    assert change(owner, field("a"), field("b")).status == 200
    assert [each["a"] for each in items(owner, "things")] == [None, None]


def test_an_empty_field_is_dropped_without_force(owner: Client) -> None:
    make(owner, "things", field("a"))
    add(owner, "things")
    assert change(owner).status == 200


def test_a_field_is_renamed_with_its_values_and_converted(owner: Client) -> None:
    make(owner, "things", field("a", unique=True), field("b"))
    add(owner, "things", a="1", b="x")
    renamed = field("c", "number", old_key="a", unique=True), field("b")
    told = change(owner, *renamed, query="dry_run=true")
    assert effects(told) == {("renamed", "c"): 1, ("converted", "c"): 1}
    assert change(owner, *renamed).status == 200
    (record,) = items(owner, "things")
    assert ("a" in record, record["c"], record["b"]) == (False, 1, "x")
    assert codes(owner.post(f"{THINGS}/data", json={"c": 1})) == {"c": "duplicate"}


@pytest.mark.parametrize("key", ["b", "a"])
def test_a_key_in_use_is_no_new_name(owner: Client, key: str) -> None:
    make(owner, "things", field("a"), field("b"))
    answer = change(owner, field("b", old_key="a"), field("a", old_key="b"))
    assert codes(answer) == {f"fields.{n}.old_key": "not_possible" for n in (0, 1)}


def test_a_new_field_is_filled_with_its_default(owner: Client) -> None:
    make(owner, "things", field("a"))
    for _ in range(3):
        add(owner, "things")
    fields = field("a"), field("n", "number", required=True, default_value=7), field("on", "date", default_value="$now")
    told = change(owner, *fields, query="dry_run=true")
    assert effects(told) == {("back_filled", "n"): 3, ("back_filled", "on"): 3}
    assert change(owner, *fields).status == 200
    found = items(owner, "things")
    assert [each["n"] for each in found] == [7, 7, 7]
    assert all(each["on"] for each in found)


def test_a_new_required_field_needs_a_default_where_there_are_records(owner: Client) -> None:
    make(owner, "things", field("a"))
    assert change(owner, field("a"), field("b", required=True)).status == 200
    assert change(owner, field("a")).status == 200
    add(owner, "things")
    refused = change(owner, field("a"), field("b", required=True), query="force=true")
    assert outcome(refused) == (409, "change_not_possible")
    assert effects(refused) == {("missing", "b"): 1}


def test_a_field_that_must_have_a_value_from_now_on(owner: Client) -> None:
    make(owner, "things", field("a"))
    add(owner, "things", a="x")
    add(owner, "things")
    refused = change(owner, field("a", required=True))
    assert (outcome(refused), effects(refused)) == ((409, "change_not_possible"), {("missing", "a"): 1})
    filled = field("a", required=True, default_value="y")
    assert effects(change(owner, filled, query="dry_run=true")) == {("back_filled", "a"): 1}
    assert change(owner, filled).status == 200
    assert [each["a"] for each in items(owner, "things")] == ["x", "y"]


def test_unique_looks_for_duplicates_first(owner: Client) -> None:
    make(owner, "things", field("a"))
    for value in ("x", "x", "y", None, None):
        add(owner, "things", a=value)
    refused = change(owner, field("a", unique=True), query="force=true")
    assert outcome(refused) == (409, "change_not_possible")
    (effect,) = refused.json["details"]["effects"]
    assert effect == {"kind": "duplicates", "field": "a", "records": 2, "examples": [{"value": "x", "records": 2}]}
    owner.delete(f"{THINGS}/data/{items(owner, 'things')[0]['id']}")
    assert change(owner, field("a", unique=True)).status == 200
    assert codes(owner.post(f"{THINGS}/data", json={"a": "x"})) == {"a": "duplicate"}
    assert change(owner, field("a")).status == 200
    add(owner, "things", a="x")


def test_a_conversion_that_makes_duplicates_leaves_the_field_not_unique(owner: Client) -> None:
    make(owner, "things", field("a", unique=True))
    for value in ("1", "1.0"):
        add(owner, "things", a=value)
    assert outcome(change(owner, field("a", "float", unique=True))) == (409, "duplicates")
    assert owner.get(THINGS).json["fields"][0]["unique"] is False
    assert [each["a"] for each in items(owner, "things")] == [1.0, 1.0]


def test_stricter_options_leave_the_records(owner: Client) -> None:
    make(owner, "things", field("a"))
    long = add(owner, "things", a="long")
    told = change(owner, field("a", max_length=2), query="dry_run=true")
    assert effects(told) == {("no_longer_valid", "a"): 1}
    assert change(owner, field("a", max_length=2)).status == 200
    assert items(owner, "things") == [long]
    assert codes(owner.put(f"{THINGS}/data/{long['id']}", json=long)) == {"a": "too_long"}


def test_force_with_a_field_that_must_have_a_value(owner: Client) -> None:
    make(owner, "things", field("a", required=True))
    add(owner, "things", a="x")
    refused = change(owner, field("a", "number", required=True), query="force=true")
    assert effects(refused) == {("lost", "a"): 1, ("missing", "a"): 1}
    assert change(owner, field("a", "number", required=True, default_value=0), query="force=true").status == 200
    assert [each["a"] for each in items(owner, "things")] == [0]


def test_a_report_has_a_few_examples_and_reads_in_parts(owner: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walk, "CHUNK", 7)
    make(owner, "things", field("a"))
    new = [{"op": "create", "data": {"a": str(n)}} for n in range(25)]
    owner.post(f"{THINGS}/data/batch", json={"operations": new})
    told = change(owner, field("a", "number"), query="dry_run=true")
    (effect,) = told.json["effects"]
    assert (effect["records"], len(effect["examples"])) == (25, limits.EXAMPLES)
    assert effect["examples"][0] | {"id": ""} == {"id": "", "value": "0", "becomes": 0}
    assert change(owner, field("a", "number")).status == 200
    assert [each["a"] for each in items(owner, "things")] == list(range(25))
