"""Filters on many values of one record: answered at once or refused: nothing interrupts the database there."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pymongo
import pytest
from filter_world import MODELS, NOW, PEOPLE, THINGS, Record, id_of, record

from m3m_builtins.datastore.query import plan
from m3m_builtins.datastore.query.execute import count, fetch
from m3m_core import Malformed
from m3m_core.testing import DATABASE

FRIENDS = [id_of(number) for number in range(1_000, 1_250)]
LABELS = [f"label {number}" for number in range(1_000)]
MANY = record(1, {"friends": FRIENDS, "tags": LABELS, "marks": ["none"], "note": "a" * 1_000_000, "title": "a" * 7_999})
MANY["title"] += "b"


@pytest.fixture(scope="module")
def database(mongod: str) -> Iterator[Any]:
    with pymongo.MongoClient[Record](mongod, tz_aware=True) as client:
        database = client[DATABASE]
        people = [{"_id": each, "name": f"p{at}", "age": at, "labels": LABELS} for at, each in enumerate(FRIENDS)]
        for schema, records in ((PEOPLE, people), (THINGS, [MANY])):
            database[schema.collection].drop()
            database[schema.collection].insert_many(records)
        yield database
        for schema in (PEOPLE, THINGS):
            database.drop_collection(schema.collection)


ANSWERED = [
    ("friends.labels = tags", False),
    ("friends.labels ?= tags", True),
    ("friends.labels != tags", False),
    ("friends.labels ?!= tags", True),
    ("friends.labels ?= marks", False),
    ("friends.labels != marks", True),
    ("friends.labels ?> tags", True),
    ("friends.labels >= tags", False),
    ("friends.labels < marks", True),
    ("friends.labels ?= friends.labels", True),
    ("friends.labels ?= 'label 999'", True),
    ("friends.labels ~ 'label'", True),
    (f"note ~ '{'a' * 499}b'", False),
    ("friends.age >= 0 && friends.age ?> 248", True),
    ("tags ~ marks", False),
    ("note ~ marks", False),
    (" || ".join(["friends.name = tags"] * 100), False),
    (" || ".join(["friends.age ?< friends.age"] * 100), True),
]


@pytest.mark.parametrize(("text", "found"), ANSWERED, ids=lambda each: str(each)[:40])
def test_answered(database: Any, text: str, found: bool) -> None:
    query = plan(THINGS, MODELS, filter=text, now=NOW)
    started = time.monotonic()
    assert count(database[THINGS.collection], query) == found
    assert time.monotonic() - started < 5


REFUSED = [
    "note ~ title",
    "tags ~ tags",
    "friends.name ~ '" + "a" * 501 + "'",
    "note ~ '" + "a" * 250 + "' || title ~ '" + "a" * 251 + "'",
    " || ".join(["friends.labels !~ 'label'"] * 50),
    " || ".join(["tags ?~ marks"] * 200),
    " || ".join(["friends.labels = friends.labels"] * 100),
    "friends.labels ~ friends.labels",
]


@pytest.mark.parametrize("text", REFUSED, ids=lambda each: str(each)[:40])
def test_refused(database: Any, text: str) -> None:
    started = time.monotonic()
    with pytest.raises(Malformed) as refused:
        fetch(database[THINGS.collection], plan(THINGS, MODELS, filter=text, now=NOW))
    assert refused.value.code == "too_complex"
    assert time.monotonic() - started < 5


def test_records_beside_one_are_bounded(database: Any) -> None:
    people = database[PEOPLE.collection]
    people.update_many({}, {"$set": {"born": "x" * 200_000}})  # 50 MB in all
    try:
        with pytest.raises(Malformed) as refused:
            fetch(database[THINGS.collection], plan(THINGS, MODELS, filter="friends.born ?= null", now=NOW))
        assert refused.value.code == "too_complex"
    finally:
        people.update_many({}, {"$unset": {"born": ""}})
