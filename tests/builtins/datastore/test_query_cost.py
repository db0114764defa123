"""No aggregation holds up the database or fills its memory, whatever it multiplies; and ordinary ones still work."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pymongo
import pytest
from filter_world import THINGS, Record, record

from m3m_builtins.datastore.query.aggregate import pipeline
from m3m_builtins.datastore.query.execute import calculated
from m3m_core import Malformed
from m3m_core.testing import DATABASE

TAGS = [str(number) for number in range(600)]
LINES = [{"name": f"item {number}", "price": number, "parts": [number, 1]} for number in range(1_000)]
LARGE = record(1, {"title": "t" * 10_000, "note": "a" * 1_000_000, "count": 3, "tags": TAGS, "marks": ["x", "y"]})
LARGE["doc"] = {"lines": LINES, "many": [0] * 300_000, "rate": 2}


@pytest.fixture(scope="module")
def things(mongod: str) -> Iterator[Any]:
    with pymongo.MongoClient[Record](mongod, tz_aware=True) as client:
        collection = client[DATABASE][THINGS.collection]
        collection.drop()
        collection.insert_one(LARGE)
        yield collection
        collection.drop()


def calculate(things: Any, stages: list[Any]) -> list[Any]:
    with calculated():
        return list(things.aggregate(pipeline(THINGS, stages).stages, maxTimeMS=5_000))


def value(things: Any, expression: Any, *before: Any) -> Any:
    return calculate(things, [*before, {"$project": {"x": expression}}])[0]["x"]


def each(listed: Any, inner: Any, name: str = "this") -> dict[str, Any]:
    return {"$map": {"input": listed, "as": name, "in": inner}}


def nested(levels: int) -> Any:
    return each("$tags", nested(levels - 1) if levels > 1 else {"$concat": ["$$this", "x"]})


REPLACED: Any = "$note"
for _ in range(6):
    REPLACED = {"$replaceAll": {"input": REPLACED, "find": "a", "replacement": "a" * 100}}
CONSTANT: Any = "a"
for _ in range(8):
    CONSTANT = {"$replaceAll": {"input": CONSTANT, "find": "a", "replacement": "a" * 100}}
DOUBLED = {"$project": {"x": {"$concatArrays": ["$x", "$x"]}}}
FIRST = {"$project": {"x": ["$note"], "l": "$doc.many", "t": "$note", "n": "$doc.rate"}}

HOSTILE: list[tuple[str, list[Any]]] = [
    ("lists joined in stage after stage", [{"$project": {"x": "$tags"}}, *[DOUBLED] * 29]),
    ("a list many times", [{"$project": {"x": {"$concatArrays": ["$doc.many"] * 60}}}]),
    ("values shared in stage after stage", [FIRST, *[{"$project": {"x": ["$x", "$x"], "y": "$x"}}] * 29]),
    ("fields made of each other", [FIRST, *[{"$project": {"x": {"a": "$x"}, "t": {"a": "$x", "b": "$t"}}}] * 29]),
    ("a long text for each item", [{"$project": {"x": each("$tags", {"$concat": ["$note", "$$this"]})}}]),
    ("a long text for each item that is kept", [{"$project": {"x": {"$filter": {"input": "$tags", "cond": "$note"}}}}]),
    ("a long text for each item of what was made", [FIRST, {"$project": {"x": each("$l", {"$toUpper": "$t"})}}]),
    ("a long text many times", [{"$project": {"x": {"$concat": ["$note"] * 1_000}}}]),
    ("a text made longer and longer", [{"$project": {"x": REPLACED}}]),
    ("a constant made longer and longer", [{"$project": {"x": CONSTANT}}]),
    ("three loops", [{"$project": {"x": nested(3)}}]),
    ("five loops", [{"$project": {"x": nested(5)}}]),
    ("a loop through all items for each", [{"$project": {"x": each("$doc.many", {"$size": "$doc.many"})}}]),
    ("a list followed for each item", [{"$project": {"x": each("$doc.many", "$doc.many.a")}}]),
    ("the whole record for each item", [{"$project": {"x": each("$doc.many", "$$ROOT")}}]),
    ("a loop of each group", [{"$group": {"_id": each("$doc.many", {"$in": ["$$this", "$doc.many"]})}}]),
    ("a field in every item", [{"$project": {"doc.many.x": {"$concat": ["$note", "x"]}}}]),
    ("a field in every item, as an object", [{"$project": {"doc": {"many": {"x": {"$toUpper": "$note"}}}}}]),
    ("long texts gathered", [{"$unwind": "$tags"}, {"$group": {"_id": None, "x": {"$push": "$note"}}}]),
    ("a long text trimmed", [{"$project": {"x": [{"$trim": {"input": "$note", "chars": "x" * 99 + "a"}}] * 20}}]),
    ("pieces of pieces", [{"$project": {"x": each({"$split": ["$note", "a"]}, {"$split": ["$note", "a"]})}}]),
]


@pytest.mark.parametrize("stages", [stages for _, stages in HOSTILE], ids=[name for name, _ in HOSTILE])
def test_what_multiplies_is_refused_at_once(things: Any, stages: list[Any]) -> None:
    before, started = memory(things), time.monotonic()
    with pytest.raises(Malformed) as refused:
        calculate(things, stages)
    assert refused.value.code == "too_complex"
    assert time.monotonic() - started < 5
    assert memory(things) - before < 200


@pytest.mark.parametrize("gather", ["$push", "$addToSet"])
def test_many_records_gathered_are_refused_before_they_fill_the_memory(things: Any, gather: str) -> None:
    many = things.database[f"{things.name}.many"]
    many.insert_many([record(number, {"note": f"{number} {'x' * 1_000}"}) for number in range(40_000)])
    before = memory(things)
    try:
        with pytest.raises(Malformed) as refused:
            calculate(
                many, [{"$group": {"_id": None, "all": {gather: "$$ROOT"}}}, {"$project": {"n": {"$size": "$all"}}}]
            )
    finally:
        many.drop()
    assert refused.value.code == "too_complex"
    assert memory(things) - before < 100


def memory(things: Any) -> int:
    """Megabytes of the database, with what it keeps for itself of those that it has freed."""
    return int(things.database.client.admin.command("serverStatus")["mem"]["resident"])


SUM = {"$sum": each("$doc.lines", {"$multiply": ["$$this.price", "$doc.rate", "$count"]})}
CHEAP = {"$filter": {"input": "$doc.lines", "as": "line", "cond": {"$lt": ["$$line.price", 2]}}}
GROUPED = {"$group": {"_id": "$count", "lines": {"$push": "$doc"}, "mean": {"$avg": "$doc.rate"}}}
ABOVE = {"$filter": {"input": "$lines", "cond": {"$gte": ["$$this.rate", "$mean"]}}}
BANDS = {"$switch": {"branches": [{"case": {"$lt": ["$count", most]}, "then": most} for most in range(50)]}}

ORDINARY: list[tuple[Any, list[Any], Any]] = [
    (SUM, [], 6 * sum(range(1_000))),
    (each(CHEAP, "$$this.name"), [], ["item 0", "item 1"]),
    (each(CHEAP, each("$$this.parts", {"$add": ["$$inner", "$$this.price"]}, "inner")), [], [[0, 1], [2, 2]]),
    ({"$size": each("$tags", {"$in": ["$$this", "$marks"]})}, [], 600),
    ({"$size": each("$tags", {"$concat": ["$$this", " of ", {"$substrCP": ["$title", 0, 5]}]})}, [], 600),
    ({"$size": each("$tags", {"$size": {"$filter": {"input": "$marks", "cond": {"$ne": ["$$this", "a"]}}}})}, [], 600),
    ({"$size": each("$doc.many", {"$add": ["$$this", 1]})}, [], 300_000),
    ({"$size": ABOVE}, [GROUPED], 1),
    (BANDS, [], 4),
    (BANDS, [{"$project": {"count": 1}}], 4),
    ({"$strLenCP": {"$replaceAll": {"input": "$note", "find": "a", "replacement": "ä"}}}, [], 1_000_000),
    ({"$size": {"$split": ["$title", "t"]}}, [], 10_001),
    ({"$dateToString": {"date": "$created_at", "format": "%Y-%m"}}, [], "2026-02"),
    ({"$filter": {"input": ["a", "b"], "cond": True, "limit": 1}}, [], ["a"]),
    (each("$doc.nothing", 1), [], None),
    ({"a": {"b": "$count"}}, [], {"a": {"b": 3}}),
]


@pytest.mark.parametrize(("expression", "before", "wanted"), ORDINARY, ids=lambda each: str(each)[:60])
def test_ordinary_expressions(things: Any, expression: Any, before: list[Any], wanted: Any) -> None:
    assert value(things, expression, *before) == wanted


def test_a_loop_over_what_is_no_list_is_told_so(things: Any) -> None:
    with pytest.raises(Malformed) as refused:
        value(things, each("$count", "$$this"))
    assert refused.value.code == "wrong_calculation"


def test_as_deep_as_it_may_be(things: Any) -> None:
    deep: Any = 1
    for _ in range(6):
        deep = each(["a"], deep)
    assert value(things, deep) == [[[[[[1]]]]]]


WRITTEN = [
    {"$split": ["$note", "$title"]},
    {"$split": ["$note", {"$concat": ["a"]}]},
    {"$split": ["$note", "a" * 101]},
    {"$indexOfCP": ["$note", "$title"]},
    {"$trim": {"input": "$note", "chars": "$title"}},
    {"$replaceOne": {"input": "$note", "find": "$title", "replacement": ""}},
    {"$replaceAll": {"input": "$note", "find": "a", "replacement": "$title"}},
    {"$dateToString": {"date": "$due", "format": "$note"}},
    {"$map": {"input": "$tags"}},
    {"$map": {"input": "$tags", "as": "×times", "in": 1}},
    {"$map": {"input": "$tags", "as": "$x", "in": 1}},
    {"$map": "$tags"},
    {"$filter": {"input": "$tags", "cond": True, "in": 1}},
]


@pytest.mark.parametrize("expression", WRITTEN, ids=str)
def test_form(expression: Any) -> None:
    with pytest.raises(Malformed) as refused:
        pipeline(THINGS, [{"$project": {"x": expression}}])
    assert refused.value.code == "filter_syntax"
