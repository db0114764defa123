"""Aggregations: what is let through, in which form, and that nothing else is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from filter_world import NOW, THINGS, id_of
from hypothesis import given, settings
from hypothesis import strategies as st

from m3m_builtins.datastore.query.aggregate import pipeline
from m3m_builtins.datastore.query.cost import TOO_COMPLEX
from m3m_builtins.datastore.query.expressionlist import ACCUMULATORS, EXPRESSIONS
from m3m_builtins.datastore.query.mongostyle import GROUPS
from m3m_builtins.datastore.query.operators import KNOWN
from m3m_core import Malformed

STAGES = {"$match", "$sort", "$limit", "$skip", "$project", "$group", "$count", "$unwind"}
MADE: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({"$match": {"owner": str(id_of(11))}}, {"$match": {"owner": {"$eq": id_of(11)}}}),
    ({"$match": {"created_at": {"$gte": "2026-02-10T12:30:00Z"}}}, {"$match": {"created_at": {"$gte": NOW}}}),
    ({"$match": {"revision": 1}}, {"$match": {"_rev": {"$eq": 1}}}),
    ({"$sort": {"id": -1, "doc.a": 1}}, {"$sort": {"_id": -1, "doc.a": 1}}),
    ({"$limit": 5}, {"$limit": 5}),
    ({"$skip": 0}, {"$skip": 0}),
    ({"$project": {"title": 1, "id": False}}, {"$project": {"title": 1, "_id": 0}}),
    ({"$project": {"n": {"$size": "$tags"}}}, {"$project": {"n": {"$size": "$tags"}}}),
    ({"$project": {"x": "$id", "y": "$doc.a"}}, {"$project": {"x": "$_id", "y": "$doc.a"}}),
    ({"$group": {"_id": None, "n": {"$sum": "$count"}}},) * 2,
    ({"$group": {"_id": {"k": "$kind", "y": {"$year": "$created_at"}}}},) * 2,
    ({"$count": "n"},) * 2,
    ({"$unwind": "$tags"}, {"$unwind": {"path": "$tags", "preserveNullAndEmptyArrays": False}}),
]  # type: ignore[list-item]  # pairs, some made by doubling


@pytest.mark.parametrize(("stage", "wanted"), MADE, ids=str)
def test_lets_through(stage: dict[str, Any], wanted: dict[str, Any]) -> None:
    assert pipeline(THINGS, [stage]).stages == [wanted]


def test_after_a_group_the_model_says_nothing() -> None:
    made = pipeline(
        THINGS, [{"$group": {"_id": "$kind", "n": {"$sum": 1}}}, {"$match": {"n": {"$gt": 1}}}, {"$sort": {"n": 1}}]
    )
    assert made.stages[1:] == [{"$match": {"n": {"$gt": 1}}}, {"$sort": {"n": 1}}]
    assert not made.gives_records
    assert pipeline(THINGS, [{"$match": {}}, {"$sort": {"count": 1}}]).gives_records


REFUSED = [
    ([{"$limit": 0}], "filter_syntax"),
    ([{"$limit": True}], "filter_syntax"),
    ([{"$skip": -1}], "filter_syntax"),
    ([{"$sort": {}}], "filter_syntax"),
    ([{"$sort": {"count": "textScore"}}], "filter_syntax"),
    ([{"$sort": {"counts": 1}}], "unknown_field"),
    ([{"$project": {}}], "filter_syntax"),
    ([{"$project": {"titel": 1}}], "unknown_field"),
    ([{"$project": {"x": "$titel"}}], "unknown_field"),
    ([{"$project": {"x": "$"}}], "unknown_field"),
    ([{"$project": {"x": "$$SEARCH_META"}}], "unknown_operator"),
    ([{"$project": {"x": {"$literal": {"$a": 1}}}}], "filter_syntax"),
    ([{"$project": {"x": {"$add": [1], "$sum": [1]}}}], "unknown_operator"),
    ([{"$group": {"n": {"$sum": 1}}}], "filter_syntax"),
    ([{"$group": {"_id": None, "n": 1}}], "filter_syntax"),
    ([{"$group": {"_id": None, "a.b": {"$sum": 1}}}], "filter_syntax"),
    ([{"$count": "$n"}], "unknown_field"),
    ([{"$unwind": "tags"}], "filter_syntax"),
    ([{"$unwind": {"path": "$tags", "includeArrayIndex": "i", "x": 1}}], "filter_syntax"),
    ([{"$match": {}}] * 31, "filter_syntax"),
    *(
        ([{stage: {}}], "unknown_operator")
        for stage in ("$out", "$merge", "$lookup", "$graphLookup", "$unionWith", "$facet")
    ),
    *(
        ([{stage: {}}], "unknown_operator")
        for stage in ("$where", "$function", "$set", "$documents", "$currentOp", "$")
    ),
    *(
        ([{"$project": {"x": {each: 1}}}], "unknown_operator")
        for each in ("$function", "$accumulator", "$getField", "$rand", "$reduce", "$let", "$bsonSize")
    ),
]


@pytest.mark.parametrize(("stages", "code"), REFUSED, ids=lambda value: str(value)[:60])
def test_refuses(stages: Any, code: str) -> None:
    with pytest.raises(Malformed) as refused:
        pipeline(THINGS, stages)
    assert refused.value.code == code


KEYS = [
    "$out",
    "$lookup",
    "$function",
    "$where",
    "$expr",
    "$accumulator",
    "$",
    "",
    "\0",
    "a",
    "_id",
    "title",
    "from",
    "x.$y",
]
JSON = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(-3, 3), st.sampled_from(["$title", "$$ROOT", "$out", "a", "$$x.$y", "\0"])
    ),
    lambda below: st.one_of(
        st.lists(below, max_size=3),
        st.dictionaries(
            st.sampled_from([*KEYS, *sorted(EXPRESSIONS), *sorted(ACCUMULATORS), *KNOWN, *GROUPS]), below, max_size=2
        ),
    ),
    max_leaves=10,
)


@settings(max_examples=300, derandomize=True, deadline=None, database=None)
@given(st.lists(st.dictionaries(st.sampled_from([*sorted(STAGES), *KEYS]), JSON, min_size=1, max_size=2), max_size=4))
def test_only_what_is_listed_comes_out(stages: Any) -> None:
    try:
        made = [stage for stage in pipeline(THINGS, stages).stages if TOO_COMPLEX not in str(stage.get("$match"))]
    except Malformed:
        return
    allowed = {*STAGES, *EXPRESSIONS, *ACCUMULATORS, *KNOWN, *GROUPS, "$options", "$let", "$bsonSize"}
    assert {key for key in keys_in(made) if "$" in key} <= allowed
    assert not any("\0" in key for key in keys_in(made))


def keys_in(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, below in value.items():
            yield key
            yield from keys_in(below)
    elif isinstance(value, list):
        for below in value:
            yield from keys_in(below)
