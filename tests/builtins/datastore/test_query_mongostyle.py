"""Filters as objects: what they find, and that nothing but the listed operators ever reaches the database."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pymongo
import pytest
from filter_world import GONE, MODELS, NOW, THINGS, Record, id_of, record
from hypothesis import given, settings
from hypothesis import strategies as st

from m3m_builtins.datastore.query import plan
from m3m_builtins.datastore.query.execute import count, fetch
from m3m_builtins.datastore.query.mongostyle import GROUPS, condition
from m3m_builtins.datastore.query.operators import KNOWN
from m3m_core import Malformed
from m3m_core.testing import DATABASE

INSIDE = "A filter has at most 200 conditions of what is inside documents; $in counts as one."
RECORDS = [
    record(101, {"title": "Apple", "count": 1, "active": True, "tags": ["x", "y"], "due": NOW}),
    record(
        102, {"title": "apple pie", "count": 3, "tags": ["x"], "owner": id_of(11), "price": None, "doc": ["a", "bc"]}
    ),
    record(103, {"title": "$where", "tags": [], "friends": [id_of(11), GONE], "price": 2.5}),
    record(104, {"count": 5, "doc": {"a": {"b": 1}, "list": [{"n": 1, "m": 2}, {"n": 3}], "$": 1}}),
]
FOUND: list[tuple[dict[str, Any], list[int]]] = [
    ({}, [1, 2, 3, 4]),
    ({"$or": [{"count": number} for number in range(4, 1_000)]}, [4]),
    ({"$or": [{"doc.a.b": {"$in": list(range(300))}}]}, [4]),
    ({"title": "Apple"}, [1]),
    ({"title": "$where"}, [3]),
    ({"title": None}, [4]),
    ({"title": {"$ne": "Apple"}, "count": {"$gte": 3}}, [2, 4]),
    ({"count": {"$gt": 1, "$lt": 5}}, [2]),
    ({"count": {"$in": [1, "5", None]}}, [1, 3, 4]),
    ({"count": {"$nin": [1, 5]}}, [2, 3]),
    ({"price": {"$exists": True}}, [2, 3]),
    ({"count": {"$not": {"$gt": 1}}}, [1, 3]),
    ({"$or": [{"count": 1}, {"$and": [{"tags": "x"}, {"count": 3}]}]}, [1, 2]),
    ({"$nor": [{"count": 1}, {"count": 3}]}, [3, 4]),
    ({"title": {"$regex": "^app", "$options": "i"}}, [1, 2]),
    ({"title": {"$regex": "^app"}}, [2]),
    ({"tags": "x"}, [1, 2]),
    ({"tags": ["x"]}, [2]),
    ({"tags": {"$eq": ["x"]}}, [2]),
    ({"tags": {"$eq": ["y", "x"]}}, []),
    ({"tags": {"$ne": ["x"]}}, [1, 3, 4]),
    ({"tags": {"$in": [["x"], []]}}, [2, 3]),
    ({"tags": {"$in": [["x"], "y", None]}}, [1, 2, 4]),
    ({"tags": {"$nin": [["x"], "y"]}}, [3, 4]),
    ({"tags": {"$not": {"$eq": ["x", "y"]}}}, [2, 3, 4]),
    ({"friends": {"$eq": [str(id_of(11)), str(GONE)]}}, [3]),
    ({"tags": {"$all": ["x", "y"]}}, [1]),
    ({"tags": {"$all": [["x", "y"]]}}, [1]),
    ({"tags": {"$size": 0}}, [3]),
    ({"tags": {"$elemMatch": {"$gt": "x"}}}, [1]),
    ({"id": str(id_of(101))}, [1]),
    ({"_id": {"$in": [str(id_of(101)), str(id_of(104)), "nonsense"]}}, [1, 4]),
    ({"id": "nonsense"}, []),
    ({"owner": str(id_of(11))}, [2]),
    ({"friends": str(GONE)}, [3]),
    ({"friends": {"$in": [str(id_of(11))]}}, [3]),
    ({"due": "2026-02-10T12:30:00.000Z"}, [1]),
    ({"due": {"$lte": "2026-02-11"}}, [1]),
    ({"created_at": {"$gt": "2000-01-01"}}, [1, 2, 3, 4]),
    ({"revision": 1, "active": True}, [1]),
    ({"doc.a": {"b": 1}}, [4]),
    ({"doc.a.b": {"$gte": 1}}, [4]),
    ({"doc.list.n": 3}, [4]),
    ({"doc.list": {"$elemMatch": {"n": 1, "m": {"$gt": 1}}}}, [4]),
    ({"doc.list": {"$elemMatch": {"n": 3, "m": {"$gt": 1}}}}, []),
    ({"doc": {"$exists": False}, "count": 1}, [1]),
    ({"doc": {"$elemMatch": {"$regex": "^b"}}}, [2]),
]


@pytest.fixture(scope="module")
def records(mongod: str) -> Iterator[Any]:
    with pymongo.MongoClient[Record](mongod, tz_aware=True) as client:
        records = client[DATABASE][THINGS.collection]
        records.delete_many({})
        records.insert_many(RECORDS)
        yield records
        records.drop()


@pytest.mark.parametrize(("given_filter", "wanted"), FOUND, ids=lambda value: str(value))
def test_finds(records: Any, given_filter: dict[str, Any], wanted: list[int]) -> None:
    found = fetch(records, plan(THINGS, MODELS, mongo_filter=given_filter, now=NOW))
    assert [int(str(each["_id"]), 16) - 100 for each in found] == wanted


REFUSED: list[tuple[Any, str, str]] = [
    ({"titel": 1}, "unknown_field", 'Did you mean "title"?'),
    ({"$where": "1"}, "unknown_operator", '"$where" is no operator here; there are $and, $or, $nor, $eq'),
    ({"title": {"$were": 1}}, "unknown_operator", '"$were" is no operator here'),
    ({"title": {"$eq": "a", "b": 1}}, "unknown_operator", '"b" is no operator here'),
    ({"title": 5}, "wrong_type", '"title" is a text: compare it with a text in quotes.'),
    ({"title": {"a": 1}}, "wrong_type", '"title" is a text'),
    ({"title": ["a"]}, "wrong_type", '"title" is a text'),
    ({"title": {"$eq": ["a"]}}, "wrong_type", '"title" is a text'),
    ({"title": {"$in": [["a"]]}}, "wrong_type", '"title" is a text'),
    ({"tags": {"$gt": ["a"]}}, "wrong_type", '"tags" is a text'),
    ({"tags": {"$eq": [["a"]]}}, "wrong_type", '"tags" is a text'),
    ({"tags": {"$in": ["a", [5]]}}, "wrong_type", '"tags" is a text'),
    ({"tags": {"$elemMatch": {"$eq": ["a"]}}}, "wrong_type", '"tags" is a text'),
    ({"friends": {"$eq": [{"$gt": ""}]}}, "wrong_type", '"friends" is an id'),
    ({"due": "soon"}, "wrong_type", '"due" is a date'),
    ({"count": {"$gt": {"$gt": 1}}}, "wrong_type", '"count" is a number'),
    ({"owner.name": "x"}, "unknown_field", "use a text filter"),
    ({"title.x": "x"}, "unknown_field", '"title" is a string: nothing is inside it.'),
    ({"$or": []}, "filter_syntax", "$or wants a list of filters."),
    ({"$or": {"a": 1}}, "filter_syntax", "$or wants a list"),
    ({"$and": [5]}, "filter_syntax", "A filter is an object"),
    ({"count": {"$in": 5}}, "filter_syntax", "$in wants a list of values."),
    ({"count": {"$not": 5}}, "filter_syntax", "$not wants an object of operators"),
    ({"count": {"$exists": 1}}, "filter_syntax", "$exists wants true or false."),
    ({"tags": {"$size": -1}}, "filter_syntax", "$size wants a whole number"),
    ({"tags": {"$elemMatch": {"n": 1}}}, "filter_syntax", "$elemMatch wants an object of conditions."),
    ({"title": {"$regex": "a" * 501}}, "filter_syntax", "$regex wants a pattern of at most 500"),
    ({"title": {"$regex": "a", "$options": "s"}}, "filter_syntax", '$options of $regex is "i" or nothing.'),
    ({"title": {"$options": "i"}}, "filter_syntax", "$options belongs to $regex."),
    ({"count": {"$regex": "1"}}, "wrong_type", "$regex searches texts"),
    ({"count": {"$in": [0] * 10_001}}, "too_complex", "A filter has at most 10000 values."),
    ({"$nor": [{"doc.a": number} for number in range(201)]}, "too_complex", INSIDE),
    ({"$or": [{"doc": {"$elemMatch": {"n": {"$gt": 1}}}}] * 101}, "too_complex", INSIDE),
    ({"doc.a": {"$all": list(range(201))}}, "too_complex", INSIDE),
]


@pytest.mark.parametrize(("given_filter", "code", "message"), REFUSED, ids=lambda value: str(value)[:60])
def test_refuses(given_filter: Any, code: str, message: str) -> None:
    with pytest.raises(Malformed) as refused:
        condition(THINGS, given_filter)
    assert refused.value.code == code
    assert message in refused.value.message


def test_refuses_what_is_too_deep() -> None:
    nested: dict[str, Any] = {"count": 1}
    for _ in range(1000):
        nested = {"$and": [nested]}
    with pytest.raises(Malformed, match="at most 20 levels"):
        condition(THINGS, nested)


def test_a_pattern_that_is_none(records: Any) -> None:
    with pytest.raises(Malformed) as refused:
        fetch(records, plan(THINGS, MODELS, mongo_filter={"title": {"$regex": "("}}, now=NOW))
    assert refused.value.code == "wrong_pattern"


def test_a_query_that_is_larger_than_the_database_takes(records: Any) -> None:
    for large in ({"title": "x" * 17_000_000}, {"title": {"$in": [str(n) + "x" * 2_000 for n in range(9_000)]}}):
        query = plan(THINGS, MODELS, mongo_filter=large, now=NOW)
        for ask in (fetch, count):
            with pytest.raises(Malformed, match="at most 16 MB") as refused:
                ask(records, query)
            assert refused.value.code == "too_complex"


# ---- nothing becomes an operator ------------------------------------------------------------------------------------

KEYS = ["$where", "$expr", "$function", "$text", "$jsonSchema", "$comment", "$", "$$ROOT", "", "\0", "a\0", "a.$where"]
KEYS += ["doc.$where", "doc..a", "doc.", ".doc", "doc.a.$gt", "$gt", "_id.$oid", "__proto__", "constructor", "$date"]
VALUES: list[Any] = ["$title", "$$ROOT", {"$where": "1"}, {"$expr": {"$eq": [1, 1]}}, {"$gt": ""}, [{"$gt": ""}]]
VALUES += [{"$function": {"body": "f", "args": [], "lang": "js"}}, {"$oid": "0" * 24}, {"a": {"$gt": ""}}, {"$date": 0}]
FIELDS = ["title", "count", "active", "due", "tags", "owner", "friends", "doc", "doc.a", "id"]
PLACES = [
    lambda attack: {"title": attack},
    lambda attack: {"title": {"$in": [attack]}},
    lambda attack: {"tags": attack},
    lambda attack: {"tags": {"$all": [attack]}},
    lambda attack: {"tags": {"$ne": [attack]}},
    lambda attack: {"tags": {"$in": [[attack]]}},
    lambda attack: {"tags": {"$elemMatch": {"$eq": attack}}},
    lambda attack: {"doc": attack},
    lambda attack: {"doc": {"$eq": attack}},
    lambda attack: {"doc.a": {"b": [attack]}},
    lambda attack: {"doc.a": {"$elemMatch": {"b": {"c": attack}}}},
    lambda attack: {"doc.a": {"$not": {"$eq": {"b": attack}}}},
    lambda attack: {"$or": [{"owner": {"$eq": attack}}]},
    lambda attack: {"_id": attack},
    lambda attack: {"count": {"$size": attack}},
    lambda attack: {"title": {"$regex": attack}},
]


def keys_in(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, below in value.items():
            yield key
            yield from keys_in(below)
    elif isinstance(value, list):
        for below in value:
            yield from keys_in(below)


def check(given_filter: Any, records: Any) -> None:
    """Refused, or made of listed operators alone, and the database agrees that it is a filter."""
    try:
        made = condition(THINGS, given_filter)
    except Malformed:
        return
    assert {key for key in keys_in(made) if "$" in key} <= {*KNOWN, *GROUPS, "$options"}, made
    assert not any("\0" in key for key in keys_in(made))
    list(records.find(made, max_time_ms=2000).limit(1))


@pytest.mark.parametrize("place", range(len(PLACES)))
def test_attacks_as_values(records: Any, place: int) -> None:
    for attack in [
        *VALUES,
        *({key: 1} for key in KEYS),
        *({key: {"$gt": ""}} for key in KEYS),
        {"x": {"y": {"$where": 1}}},
    ]:
        check(PLACES[place](attack), records)


@pytest.mark.parametrize("key", KEYS)
def test_attacks_as_keys(records: Any, key: str) -> None:
    for attack in VALUES:
        check({key: attack}, records)
        check({"$and": [{key: attack}]}, records)
        check({"doc": {"$elemMatch": {key: attack}}}, records)
    with pytest.raises(Malformed):
        condition(THINGS, {key: "x"})


JSON = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.sampled_from(["", "a", "$a", "\0"])
    ),
    lambda below: st.one_of(
        st.lists(below, max_size=3),
        st.dictionaries(st.sampled_from([*KEYS, *KNOWN, *GROUPS, *FIELDS, "$options", "a"]), below, max_size=3),
    ),
    max_leaves=12,
)


@settings(max_examples=400, derandomize=True, deadline=None, database=None)
@given(st.dictionaries(st.sampled_from([*FIELDS, *GROUPS, *KEYS]), JSON, max_size=3))
def test_whatever_is_sent_is_refused_or_harmless(records: Any, given_filter: dict[str, Any]) -> None:
    check(given_filter, records)


@pytest.mark.parametrize(
    "attack", ["$note", "$$ROOT", "{$where: 1}", "\\", "'", '"', "\0x", ".*", "$where", "a' || '1' = '1"]
)
def test_attacks_in_text_filters(records: Any, attack: str) -> None:
    written = attack.replace("\\", "\\\\").replace("'", "\\'")
    for text in (
        f"title = '{written}'",
        f"title ~ '{written}'",
        f"'{written}' ~ title",
        f"owner.name = '{written}' && friends.name ?= '{written}'",
        f"friends.name ?~ '{written}'",
        f"doc.a.b != '{written}'",
    ):
        query = plan(THINGS, MODELS, filter=text, now=NOW)
        fetch(records, query)
        assert attack not in keys_in([query.match, *query.stages])
        assert bare_texts([query.match, *query.stages], attack) == []


def bare_texts(value: Any, attack: str) -> list[Any]:
    """Where the attack stands as an expression, outside of `$literal`."""
    found: list[Any] = []
    if isinstance(value, dict):
        for key, below in value.items():
            if key == "$expr":
                found += loose(below, attack)
            else:
                found += bare_texts(below, attack)
    elif isinstance(value, list):
        for below in value:
            found += bare_texts(below, attack)
    return found


def loose(value: Any, attack: str) -> list[Any]:
    if isinstance(value, dict):
        return [each for key, below in value.items() if key != "$literal" for each in loose(below, attack)]
    if isinstance(value, list):
        return [each for below in value for each in loose(below, attack)]
    return [value] if value == attack else []
