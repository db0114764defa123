"""Whatever a service gives to `database` is done, or refused in words: nothing fails inside."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from typing import Any

import pytest
from hostile import KEYS, VALUES, keys_in
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from m3m_builtins.datastore.query.expressionlist import ACCUMULATORS, EXPRESSIONS
from m3m_builtins.datastore.query.mongostyle import GROUPS
from m3m_builtins.datastore.query.operators import KNOWN
from m3m_builtins.datastore.schema import collection_name
from m3m_core.kernel import Kernel
from m3m_core.testing import JSRun, kernel, run_js

PROJECT = "0123456789abcdef01234567"
TYPES = {"title": "string", "n": "number", "f": "float", "doc": "document", "due": "datetime", "r": "ref", "ok": "bool"}
OPTIONS = {"r": {"model": "things"}, "tags": {"values": ["a", "b"]}}
FIELDS = [
    {"key": key, "type": type_, "options": OPTIONS.get(key, {})}
    for key, type_ in (TYPES | {"tags": "multiselect"}).items()
]
RECORDS = [
    {"title": "x", "n": 1, "f": 0.5, "doc": {"a": [1, {"b": 2}], "c": "x"}, "due": 0, "ok": True, "tags": ["a", "b"]},
    {"title": "12", "doc": [1, "a", None], "tags": []},
    {},
]
CALL = """(() => {
  const [name, args] = JSON.parse(%s)
  try { database.things[name](...args); return "" } catch (error) { return `${error.code}: ${error.message}` }
})()"""
LONGEST_SECONDS = 5.5
"""A query has five at most. Most take a thousandth of that."""

QUICK = settings(
    max_examples=60,
    derandomize=True,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.large_base_example, HealthCheck.data_too_large],
)
LONG = settings(QUICK, max_examples=2_000, derandomize=False)

PATHS = [*(each["key"] for each in FIELDS), "id", "_id", "created_at", "doc.a", "doc.a.b", "doc.0", "x"]
LEAVES = st.one_of(
    st.sampled_from(
        [f"${path}" for path in PATHS] + ["$$ROOT", "$$NOW", "$$REMOVE", "$$this", "$$value", "$$nope", "$"]
    ),
    st.sampled_from(
        [*(value for value in VALUES if not isinstance(value, dict)), "day", "a", "%Y", "Europe/Berlin", 0, 2, -3, 0.25]
    ),
)
EXPRESSION = st.recursive(
    LEAVES,
    lambda below: st.one_of(
        st.lists(below, max_size=3),
        st.builds(lambda name, value: {name: value}, st.sampled_from(sorted(EXPRESSIONS)), below),
        st.builds(
            lambda name, value: {name: value},
            st.sampled_from(sorted(EXPRESSIONS)),
            st.dictionaries(
                st.sampled_from(
                    ["input", "in", "as", "cond", "date", "unit", "amount", "initialValue", "format", "if"]
                ),
                below,
                max_size=4,
            ),
        ),
        st.dictionaries(st.sampled_from(["a", "b", *KEYS]), below, max_size=2),
    ),
    max_leaves=6,
)
FILTER = st.recursive(
    LEAVES,
    lambda below: st.one_of(
        st.lists(below, max_size=3),
        st.dictionaries(st.sampled_from([*PATHS, *KNOWN, *GROUPS, *KEYS, "$options"]), below, max_size=3),
    ),
    max_leaves=8,
)
CONDITION = st.dictionaries(st.sampled_from([*PATHS, *GROUPS]), FILTER, max_size=2)
ASKED = st.one_of(st.just({}), CONDITION, FILTER)
NAMES = st.one_of(st.sampled_from(PATHS), st.sampled_from([*PATHS, *KEYS]))
GROUP = st.builds(
    lambda _id, more: {"_id": _id, **more},
    EXPRESSION,
    st.dictionaries(
        NAMES, st.dictionaries(st.sampled_from(sorted(ACCUMULATORS)), EXPRESSION, min_size=1, max_size=1), max_size=2
    ),
)
STAGE = st.one_of(
    st.builds(lambda value: {"$match": value}, FILTER),
    st.builds(lambda value: {"$project": value}, st.dictionaries(NAMES, EXPRESSION, min_size=1, max_size=3)),
    st.builds(lambda value: {"$group": value}, GROUP),
    st.builds(lambda value: {"$sort": value}, st.dictionaries(NAMES, st.sampled_from([1, -1]), min_size=1, max_size=3)),
    st.builds(lambda value: {"$unwind": value}, LEAVES),
    st.builds(lambda name, value: {name: value}, st.sampled_from(["$limit", "$skip", "$count", "$lookup"]), LEAVES),
)
RECORD = st.dictionaries(NAMES, FILTER, max_size=4)
CHOICES = st.none() | st.dictionaries(
    st.sampled_from(["sort", "limit", "page", "skip", "fields", "expand", "x"]), FILTER, max_size=2
)
CALLS = st.one_of(
    st.tuples(st.just("aggregate"), st.tuples(st.lists(STAGE, max_size=4))),
    st.tuples(st.sampled_from(["find", "findOne", "paginate", "get"]), st.tuples(ASKED, CHOICES)),
    st.tuples(st.sampled_from(["count", "delete", "insert", "insertMany"]), st.tuples(st.one_of(ASKED, RECORD))),
    st.tuples(st.just("distinct"), st.tuples(NAMES, ASKED)),
    st.tuples(st.just("increment"), st.tuples(ASKED, NAMES, LEAVES)),
    st.tuples(st.sampled_from(["update", "upsert", "updateMany", "findOneAndUpdate"]), st.tuples(ASKED, RECORD)),
)


@pytest.fixture(scope="module")
def stage() -> Iterator[Kernel]:
    with kernel(["datastore"]) as running:
        models = running.host.context("datastore").service.models
        models.create(PROJECT, {"name": "Things", "slug": "things", "fields": FIELDS})
        yield running


@pytest.fixture(scope="module")
def js(stage: Kernel) -> Iterator[JSRun]:
    with run_js(within=stage, project_id=PROJECT, slug="shop") as run:
        yield run


def check(stage: Kernel, js: JSRun, calls: list[tuple[str, Any]]) -> None:
    js.value(f"database.things.deleteMany({{}}) + database.things.insertMany({json.dumps(RECORDS)}).length")
    for call in calls:
        started = time.monotonic()
        told = js.value(CALL % json.dumps(json.dumps(call)))
        assert not told.startswith(("internal", "undefined")), (call, told)
        assert time.monotonic() - started < LONGEST_SECONDS, call
    kept = list(stage.db.get()[collection_name(PROJECT, "things")].find())
    assert [key for key in keys_in(kept) if key.startswith("$")] == [], calls


@QUICK
@given(st.lists(CALLS, min_size=3, max_size=8))
def test_noise(stage: Kernel, js: JSRun, calls: list[tuple[str, Any]]) -> None:
    check(stage, js, calls)


@pytest.mark.slow
@pytest.mark.timeout(1_800)
@LONG
@given(st.lists(CALLS, min_size=3, max_size=8))
def test_much_noise(stage: Kernel, js: JSRun, calls: list[tuple[str, Any]]) -> None:
    check(stage, js, calls)
