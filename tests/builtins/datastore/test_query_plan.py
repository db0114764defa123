"""The rest of a query: sort, search, fields, expand; and how it is asked of the database."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pymongo
import pytest
from filter_world import (
    GONE,
    MODELS,
    NOW,
    PEOPLE,
    PEOPLE_RECORDS,
    TEAM_RECORDS,
    TEAMS,
    THINGS,
    Known,
    Record,
    id_of,
    record,
    ref,
    schema,
)
from heard import Heard

from m3m_builtins.datastore.query import Query, plan
from m3m_builtins.datastore.query.budget import Budget
from m3m_builtins.datastore.query.execute import count, fetch, ids
from m3m_builtins.datastore.query.expand import attach
from m3m_builtins.datastore.schema import Field, Schema
from m3m_core import Malformed, Timeout
from m3m_core.testing import DATABASE

RECORDS = [
    record(101, {"title": "Cherry", "note": "red and sweet", "count": 2, "owner": id_of(11), "doc": {"a": 1, "b": 2}}),
    record(102, {"title": "apple", "note": "red, 50%", "count": 1, "owner": id_of(12), "friends": [id_of(12), GONE]}),
    record(103, {"title": "Banana", "note": "yellow $sweet", "count": 2, "owner": GONE}),
    record(104, {"title": None, "count": 2, "friends": [id_of(14), id_of(11)]}),
]


@pytest.fixture(scope="module")
def heard() -> Heard:
    return Heard()


@pytest.fixture(scope="module")
def database(mongod: str, heard: Heard) -> Iterator[Any]:
    with pymongo.MongoClient[Record](mongod, tz_aware=True, event_listeners=[heard]) as client:
        database = client[DATABASE]
        for kept, records in ((TEAMS, TEAM_RECORDS), (PEOPLE, PEOPLE_RECORDS), (THINGS, RECORDS)):
            database[kept.collection].delete_many({})
            database[kept.collection].insert_many(records)
        yield database
        for kept in (TEAMS, PEOPLE, THINGS):
            database.drop_collection(kept.collection)


def planned(**asked: Any) -> Query:
    return plan(THINGS, MODELS, now=NOW, **asked)


def numbers(found: list[Any]) -> list[int]:
    return [int(str(each["_id"] if isinstance(each, dict) else each), 16) - 100 for each in found]


# ---- sort -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", (("_id", 1),)),
        ("-count,title", (("count", -1), ("title", 1), ("_id", 1))),
        (" title , -created_at ", (("title", 1), ("created_at", -1), ("_id", -1))),
        ("+count,-id", (("count", 1), ("_id", -1))),
        ("count,-count", (("count", 1), ("_id", 1))),
        ("-revision", (("_rev", -1), ("_id", -1))),
        ("doc.a", (("doc.a", 1), ("_id", 1))),
    ],
)
def test_sorts_by(text: str, wanted: tuple[tuple[str, int], ...]) -> None:
    assert planned(sort=text).sort == wanted


def test_order_of_records(database: Any) -> None:
    records = database[THINGS.collection]
    assert numbers(fetch(records, planned(sort="-count"))) == [4, 3, 1, 2]
    assert numbers(fetch(records, planned(sort="-owner.age,-title"), limit=2)) == [2, 1]
    assert numbers(fetch(records, planned(sort="-count"), skip=1, limit=2)) == [3, 1]
    assert numbers(fetch(records, planned(sort="owner.name", filter="owner.age > 0"), skip=1, limit=5)) == [2]
    assert numbers(ids(records, planned(sort="-owner.age", fields="title"), limit=1)) == [2]


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"sort": "titel"}, "unknown_field"),
        ({"sort": "count,"}, "sort_syntax"),
        ({"sort": "$where"}, "sort_syntax"),
        ({"sort": ",".join(["count"] * 9)}, "too_complex"),
        ({"sort": "friends.name"}, "wrong_type"),
        ({"fields": "titel"}, "unknown_field"),
        ({"fields": "title.x"}, "unknown_field"),
        ({"fields": "$title"}, "fields_syntax"),
        ({"fields": "doc.$x"}, "fields_syntax"),
        ({"fields": "owner.name"}, "unknown_field"),
        ({"expand": "title"}, "wrong_type"),
        ({"expand": "own"}, "unknown_field"),
        ({"expand": "owner..team"}, "expand_syntax"),
        ({"expand": "owner" + ".boss" * 6}, "too_complex"),
        ({"expand": ",".join(["owner"] * 21)}, "too_complex"),
        ({"search": "x" * 201}, "too_long"),
        ({"search": "x " * 11}, "too_long"),
    ],
)
def test_refuses(asked: dict[str, str], code: str) -> None:
    with pytest.raises(Malformed) as refused:
        planned(**asked)
    assert refused.value.code == code


# ---- search ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("RED", [1, 2]),
        ("red  sweet", [1]),
        ("50%", [2]),
        ("$sweet", [3]),
        ("r.d", []),
        (" ", [1, 2, 3, 4]),
        ("cher", [1]),
    ],
)
def test_searches_every_word_in_all_texts(database: Any, text: str, wanted: list[int]) -> None:
    assert numbers(fetch(database[THINGS.collection], planned(search=text))) == wanted


def test_searches_where_the_model_says(database: Any) -> None:
    titled = Schema(THINGS.id, THINGS.project_id, "things", "Things", THINGS.fields, searchable=("title",))
    found = fetch(database[THINGS.collection], plan(titled, MODELS, search="red", now=NOW))
    assert found == []


def test_a_model_without_texts_has_nothing_to_search() -> None:
    counts = schema("counts", Field("n", "number"))
    assert plan(counts, MODELS, search="5", now=NOW).match == {"_id": {"$in": []}}


# ---- fields ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "wanted", "project"),
    [
        ("", (), None),
        ("*,title", (), None),
        ("title,id", ("title", "id"), {"_id": 1, "title": 1}),
        ("doc.a,doc,revision", ("doc.a", "doc", "revision"), {"_id": 1, "_rev": 1, "doc": 1}),
        ("doc.a,doc.b", ("doc.a", "doc.b"), {"_id": 1, "doc.a": 1, "doc.b": 1}),
    ],
)
def test_fields(database: Any, text: str, wanted: tuple[str, ...], project: dict[str, int] | None) -> None:
    query = planned(fields=text)
    assert (query.fields, query.project) == (wanted, project)
    assert len(fetch(database[THINGS.collection], query)) == 4


def test_a_join_leaves_nothing_behind(database: Any) -> None:
    (found,) = fetch(database[THINGS.collection], planned(filter="owner.name = 'Ann'", fields="doc.a"))
    assert found == {"_id": id_of(101), "doc": {"a": 1}}


# ---- expand ---------------------------------------------------------------------------------------------------------


def render(_schema: Schema, stored: Mapping[str, Any]) -> dict[str, Any]:
    return {"id": str(stored["_id"])[-2:], "name": stored.get("name", stored.get("title"))}


def test_expand_asks_once_for_each_ref(database: Any, heard: Heard) -> None:
    query = planned(expand="owner.team, owner,friends", fields="title", sort="id")
    stored = fetch(database[THINGS.collection], query)
    shown = [render(THINGS, each) for each in stored]
    heard.commands.clear()
    asked: list[str] = []

    def look_up(schema: Schema, wanted: list[Any]) -> list[Record]:
        asked.append(schema.slug)
        return list(database[schema.collection].find({"_id": {"$in": wanted}}))

    attach(stored, shown, query.expand, look_up, render, Budget())
    assert asked == ["people", "teams", "people"]
    ann, yana = {"id": "0b", "name": "Ann"}, {"id": "0c", "name": "Яна"}
    red, blue = {"id": "01", "name": "Red"}, {"id": "02", "name": "blue"}
    assert [each.get("expand") for each in shown] == [
        {"owner": ann | {"expand": {"team": red}}},
        {"owner": yana | {"expand": {"team": blue}}, "friends": [yana]},
        None,
        {"friends": [{"id": "0e", "name": None}, ann]},
    ]


def test_expand_is_bounded() -> None:
    rows = [{"_id": id_of(number), "owner": id_of(number)} for number in range(10_001)]
    query = planned(expand="owner")
    with pytest.raises(Malformed) as refused:
        attach(rows, [{} for _ in rows], query.expand, lambda _schema, _ids: [], render, Budget())
    assert refused.value.code == "too_complex"


def test_a_ref_to_a_model_that_is_gone() -> None:
    lonely = schema("lonely", ref("other", "nowhere"))
    for asked in ({"filter": "other.name = 1"}, {"expand": "other"}):
        with pytest.raises(Malformed) as refused:
            plan(lonely, Known(lonely), now=NOW, **asked)  # type: ignore[arg-type]
        assert refused.value.code == "unknown_field"
        assert refused.value.message == 'The model "nowhere", to which "other" of "lonely" leads, is gone.'


# ---- how it is asked ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("asked", [{"filter": "count = 2"}, {"filter": "owner.name = 'Ann'"}])
def test_every_question_has_a_time_limit(database: Any, heard: Heard, asked: dict[str, str]) -> None:
    records = database[THINGS.collection]
    query = planned(**asked)
    heard.commands.clear()
    fetch(records, query, limit=1, seconds=1.5)
    count(records, query, seconds=1.5)
    ids(records, query, seconds=1.5)
    asked_first = [command for command in heard.commands if "getMore" not in command]  # which has what is left of it
    assert [command["maxTimeMS"] for command in asked_first] == [1500] * 3


def test_a_query_that_takes_too_long(database: Any) -> None:
    work = {"$map": {"input": {"$range": [0, 500_000]}, "in": {"$multiply": ["$$this", 2]}}}  # for each record
    slow = Query({"$expr": {"$gte": [{"$size": work}, 0]}})
    with pytest.raises(Timeout) as refused:
        fetch(database[THINGS.collection], slow, seconds=0.05)
    assert refused.value.code == "query_timeout"
