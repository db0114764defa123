"""Random filter objects, and records with lists inside of documents for them."""

from __future__ import annotations

from typing import Any

from filter_strategies import DATES, NUMBERS, PEOPLE_IDS, SCALARS, TAGS, TEXTS, THING
from filter_world import id_of
from hypothesis import strategies as st

from m3m_core import rfc3339

# ---- records --------------------------------------------------------------------------------------------------------

PAIR = st.dictionaries(st.sampled_from(["n", "m"]), SCALARS, max_size=2)
PART = st.one_of(SCALARS, PAIR, st.lists(st.one_of(SCALARS, PAIR), max_size=2))
LIST = st.lists(PART, max_size=3)
DOCUMENT = st.fixed_dictionaries({}, optional={"a": PART, "b": st.dictionaries(st.just("c"), PART), "list": LIST})
RECORD = st.builds(lambda thing, doc: thing | doc, THING, st.fixed_dictionaries({}, optional={"doc": DOCUMENT}))

# ---- filters --------------------------------------------------------------------------------------------------------

KEYS = {
    "text": ["title", "note", "kind", "tags", "marks"],
    "number": ["count", "price", "revision"],
    "bool": ["active"],
    "date": ["due", "created_at"],
    "id": ["id", "_id", "owner", "friends"],
    "document": ["doc"],
    "any": ["doc.a", "doc.a.n", "doc.b", "doc.b.c", "doc.b.c.m", "doc.list", "doc.list.n", "doc.missing.a"],
}
IDS = st.sampled_from([str(each) for each in [*PEOPLE_IDS, id_of(100), id_of(101)]] + ["nonsense"])
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "text": st.sampled_from([*TEXTS, *TAGS]),
    "number": st.one_of(st.sampled_from(NUMBERS), st.sampled_from(NUMBERS).map(str)),
    "bool": st.booleans(),
    "date": st.sampled_from(DATES).map(rfc3339),
    "id": IDS,
    "document": SCALARS,
    "any": SCALARS,
}
OPEN = ("document", "any")
LISTED = {"text": ["tags", "marks"], "id": ["friends"]}
"""Fields that hold a list of their kind."""

PATTERNS = st.sampled_from(["a", "^a", "b$", "^$", "я", "^.n", "a.b", "[x-z]", "a|y"])
REGEX = st.fixed_dictionaries({"$regex": PATTERNS}, optional={"$options": st.sampled_from(["", "i"])})


def alone(operator: str, values: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return values.map(lambda value: {operator: value})


def simple(kind: str) -> st.SearchStrategy[dict[str, Any]]:
    """Operators without others in them."""
    scalars = st.one_of(VALUES[kind], st.none())
    whole = st.one_of(scalars, PART, LIST) if kind in OPEN else scalars
    lists = st.lists(whole, max_size=3)
    found = [alone(name, whole) for name in ("$eq", "$ne")]
    found += [alone(name, scalars) for name in ("$gt", "$gte", "$lt", "$lte")]
    found += [alone(name, lists) for name in ("$in", "$nin", "$all")]
    found += [alone("$exists", st.booleans()), alone("$size", st.integers(0, 3))]
    return st.one_of(*found, REGEX) if kind in ("text", "any") else st.one_of(found)


def joined(some: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[dict[str, Any]]:
    """Several in one object. A pattern's options stay with their pattern."""

    def merge(parts: list[dict[str, Any]]) -> dict[str, Any]:
        merged: dict[str, Any] = {}
        for part in parts:
            merged |= part if merged.keys().isdisjoint(part) else {}
        return merged

    return st.lists(some, min_size=1, max_size=2).map(merge)


def elements(kind: str, below: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[Any]:
    """For $elemMatch: operators, or in a document conditions of what an object has."""
    inner = st.one_of(below, REGEX) if kind in OPEN else below
    tests = st.one_of(inner, VALUES[kind])
    keyed = st.dictionaries(st.sampled_from(["n", "m"]), tests, min_size=1, max_size=2)
    return st.one_of(inner, keyed) if kind in OPEN else inner


def operators(kind: str) -> st.SearchStrategy[dict[str, Any]]:
    return st.recursive(
        joined(simple(kind)),
        lambda below: joined(st.one_of(alone("$not", below), alone("$elemMatch", elements(kind, below)), simple(kind))),
        max_leaves=4,
    )


def condition(kind: str) -> st.SearchStrategy[dict[str, Any]]:
    values = st.one_of(VALUES[kind], st.none(), operators(kind), PART if kind in OPEN else st.none())
    return st.dictionaries(st.sampled_from(KEYS[kind]), values, min_size=1, max_size=2)


def whole_lists(kind: str) -> st.SearchStrategy[dict[str, Any]]:
    """A list as a whole, alone or beside single values."""
    lists = st.lists(VALUES[kind], max_size=2)
    some = st.lists(st.one_of(lists, VALUES[kind], st.none()), max_size=3)
    tests = [lists, *(alone(name, lists) for name in ("$eq", "$ne"))]
    tests += [alone(name, some) for name in ("$in", "$nin", "$all")]
    tests.append(alone("$not", st.one_of(tests[1:])))
    return st.dictionaries(st.sampled_from(LISTED[kind]), st.one_of(tests), min_size=1, max_size=1)


CONDITION = st.one_of(*map(condition, sorted(KEYS)), *map(whole_lists, sorted(LISTED)))


def group(operator: str, items: list[dict[str, Any]]) -> dict[str, Any]:
    return {operator: items}


OBJECT_FILTER = st.recursive(
    CONDITION,
    lambda below: st.one_of(
        st.builds(
            lambda key, items: {key: items}, st.sampled_from(["$and", "$or", "$nor"]), st.lists(below, min_size=1)
        ),
        st.builds(lambda one, other: one | other, below, below),
    ),
    max_leaves=5,
)
