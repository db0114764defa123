"""Random filters on random records: the database finds what the plain-Python reading of the filter finds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import filter_oracle
import object_oracle
import pymongo
import pytest
from filter_oracle import Many, Test
from filter_strategies import FILTER, THING
from filter_world import MODELS, NOW, PEOPLE, PEOPLE_RECORDS, TEAM_RECORDS, TEAMS, THINGS, Record, record
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from object_strategies import OBJECT_FILTER, RECORD

from m3m_builtins.datastore.query import Query, plan
from m3m_builtins.datastore.query.execute import count, fetch
from m3m_core.testing import DATABASE

QUICK = settings(
    max_examples=45,
    derandomize=True,
    deadline=None,
    database=None,
    phases=[Phase.generate],  # a failure names its one filter and record; to shrink further takes minutes
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.large_base_example, HealthCheck.data_too_large],
)
LONG = settings(QUICK, max_examples=2_000, derandomize=False)
"""Others each time."""

TEXTS = given(things=st.lists(THING, min_size=1, max_size=8), filters=st.lists(FILTER, min_size=4, max_size=8))
OBJECTS = given(
    things=st.lists(RECORD, min_size=1, max_size=8), filters=st.lists(OBJECT_FILTER, min_size=4, max_size=8)
)


@pytest.fixture(scope="module")
def database(mongod: str) -> Iterator[Any]:
    with pymongo.MongoClient[Record](mongod, tz_aware=True, w=1, journal=False) as client:
        database = client[DATABASE]
        for schema, records in ((TEAMS, TEAM_RECORDS), (PEOPLE, PEOPLE_RECORDS)):
            database[schema.collection].delete_many({})
            database[schema.collection].insert_many(records)
        yield database
        for schema in (TEAMS, PEOPLE, THINGS):
            database.drop_collection(schema.collection)


def compare(
    database: Any,
    things: list[Record],
    filters: list[Any],
    holds: Callable[[Any, Record], bool],
    planned: Callable[[Any], Query],
) -> None:
    records = [record(100 + number, thing) for number, thing in enumerate(things)]
    collection = database[THINGS.collection]
    collection.delete_many({})
    collection.insert_many(records)
    for each in filters:
        wanted = [known["_id"] for known in records if holds(each, known)]
        query = planned(each)
        found = [stored["_id"] for stored in fetch(collection, query)]
        assert found == wanted, (each, query)
        assert count(collection, query) == len(wanted)


def compare_texts(database: Any, things: list[Record], filters: list[Test | Many]) -> None:
    def planned(each: Test | Many) -> Query:
        return plan(THINGS, MODELS, filter=each.text, now=NOW)

    compare(database, things, filters, filter_oracle.holds, planned)


def compare_objects(database: Any, things: list[Record], filters: list[Record]) -> None:
    def planned(each: Record) -> Query:
        return plan(THINGS, MODELS, mongo_filter=each, now=NOW)

    compare(database, things, filters, object_oracle.holds, planned)


@QUICK
@TEXTS
def test_the_database_reads_a_filter_as_the_oracle_does(
    database: Any, things: list[Record], filters: list[Test | Many]
) -> None:
    compare_texts(database, things, filters)


@QUICK
@OBJECTS
def test_the_database_reads_a_filter_object_as_the_oracle_does(
    database: Any, things: list[Record], filters: list[Record]
) -> None:
    compare_objects(database, things, filters)


@pytest.mark.slow
@pytest.mark.timeout(1_800)
@LONG
@TEXTS
def test_thousands_of_filters(database: Any, things: list[Record], filters: list[Test | Many]) -> None:
    compare_texts(database, things, filters)


@pytest.mark.slow
@pytest.mark.timeout(1_800)
@LONG
@OBJECTS
def test_thousands_of_filter_objects(database: Any, things: list[Record], filters: list[Record]) -> None:
    compare_objects(database, things, filters)
