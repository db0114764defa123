"""What filters find, case by case, and what they refuse."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
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
    Record,
    id_of,
    record,
)

from m3m_builtins.datastore.query import plan
from m3m_builtins.datastore.query.execute import count, fetch
from m3m_builtins.datastore.query.macros import MACROS
from m3m_core import Malformed
from m3m_core.testing import DATABASE

RECORDS = [
    record(101, {"title": "Apple", "note": "50% off", "count": 1, "price": 2.5, "active": True, "tags": ["x", "y"]}),
    record(102, {"title": "apple pie", "note": None, "count": 3, "active": False, "tags": ["x"], "owner": id_of(11)}),
    record(103, {"title": "", "note": "a\nb", "tags": [], "marks": ["x", "y"], "friends": [id_of(11), id_of(12)]}),
    record(104, {"title": "Яблоко", "tags": None, "due": NOW, "owner": id_of(13), "friends": [id_of(13), GONE]}),
    record(105, {"count": 5, "price": 5.0, "doc": {"a": {"b": "Deep"}, "list": [1, 2], "n": 7}, "owner": GONE}),
]
FOUND: dict[str, list[int]] = {
    "": [1, 2, 3, 4, 5],
    "title = 'Apple'": [1],
    "title = ''": [3, 5],
    "title = null": [3, 5],
    "title != 'Apple'": [2, 3, 4, 5],
    "title != ''": [1, 2, 4],
    "title ~ 'APPLE'": [1, 2],
    "title ~ 'яблок'": [4],
    "title ~ 'apple%'": [1, 2],
    "title ~ '%pie'": [2],
    "title ~ 'a%e'": [1, 2],
    "title ~ 'pp.e'": [],
    "title !~ 'apple'": [3, 4, 5],
    "title ~ ''": [1, 2, 3, 4, 5],
    "note ~ '50\\% off'": [1],
    "note ~ 'a%b'": [3],
    "count > 1": [2, 5],
    "count >= '3'": [2, 5],
    "3 > count": [1],
    "count = null": [3, 4],
    "count != 1": [2, 3, 4, 5],
    "active = false": [2],
    "active != true": [2, 3, 4, 5],
    "price = count": [3, 4, 5],
    "price > count": [1],
    "due = @now": [4],
    "due >= @todayStart && due <= @todayEnd": [4],
    "due < '2026-02-11'": [4],
    "due > '2026-02-10 12:30'": [],
    "id = '000000000000000000000065'": [1],
    "_id != '000000000000000000000065'": [2, 3, 4, 5],
    "id > '000000000000000000000067'": [4, 5],
    "id = 'nonsense'": [],
    "revision = 1": [1, 2, 3, 4, 5],
    "tags = 'x'": [2],
    "tags ?= 'x'": [1, 2],
    "tags != 'x'": [3, 4, 5],
    "tags ?!= 'x'": [1, 3, 4, 5],
    "tags = ''": [3, 4, 5],
    "tags != ''": [1, 2],
    "tags ~ 'X'": [2],
    "tags ?~ 'X'": [1, 2],
    "tags !~ 'x'": [3, 4, 5],
    "tags ?!~ 'x'": [1, 3, 4, 5],
    "tags > 'w'": [1, 2],
    "tags > 'x'": [],
    "tags ?> 'x'": [1],
    "tags ?= marks && tags != ''": [],
    "'x' ?= tags": [1, 2],
    "'hot apple pie' ~ title": [1, 2, 3, 5],
    "owner = '00000000000000000000000b'": [2],
    "owner.id = '00000000000000000000000b'": [2],
    "owner.name = 'Ann'": [2],
    "owner.name != 'Ann'": [1, 3, 4, 5],
    "owner.name = ''": [1, 3, 4, 5],
    "owner.team.title ~ 'red'": [2],
    "owner.boss.team.title = 'blue'": [2],
    "owner.labels ?= 'x'": [2, 4],
    "owner.labels = 'x'": [4],
    "friends ?= '00000000000000000000000b'": [3],
    "friends.name ?= 'ann' || friends.name ?= 'Ann'": [3],
    "friends.name = 'Ann'": [],
    "friends.age >= 3": [3],
    "friends.team.title ?= 'blue'": [3],
    "friends.age > owner.age": [],
    "doc.a.b ~ 'deep'": [5],
    "doc.n >= 7 && doc.n != '7'": [5],
    "doc.list = 2": [5],
    "doc.list.0 = 1": [5],
    "doc = ''": [1, 2, 3, 4],
    "count = 1 || count = 3 && active = true": [1],
    "(count = 1 || count = 3) && active = false": [2],
    "owner.name = 'Ann' || count = 5": [2, 5],
    "1 = 1 && count = 1": [1],
    "1 > 2 || count = 1": [1],
    "@now > '2020-01-01' && count = 1": [1],
    "'abc' ~ 'B' && count = 1": [1],
    "null = '' && count = 1": [1],
}


@pytest.fixture(scope="module")
def records(mongod: str) -> Iterator[Any]:
    with pymongo.MongoClient[Record](mongod, tz_aware=True) as client:
        database = client[DATABASE]
        for schema, kept in ((TEAMS, TEAM_RECORDS), (PEOPLE, PEOPLE_RECORDS), (THINGS, RECORDS)):
            database[schema.collection].delete_many({})
            database[schema.collection].insert_many(kept)
        yield database[THINGS.collection]
        for schema in (TEAMS, PEOPLE, THINGS):
            database.drop_collection(schema.collection)


def numbers(found: list[Record]) -> list[int]:
    return [int(str(each["_id"]), 16) - 100 for each in found]


@pytest.mark.parametrize("text", FOUND)
def test_finds(records: Any, text: str) -> None:
    query = plan(THINGS, MODELS, filter=text, now=NOW)
    found = fetch(records, query)
    assert numbers(found) == FOUND[text]
    assert not any(key.startswith("@") for each in found for key in each)
    assert count(records, query) == len(found)


def test_only_what_crosses_refs_waits_for_the_joins() -> None:
    query = plan(THINGS, MODELS, filter="count > 1 && owner.team.title = 'Red' && owner.name != ''", now=NOW)
    assert query.match == {"count": {"$gt": 1}}
    joined = ["$lookup", "$set", "$match"]  # each looks at the size of what it has fetched
    assert [next(iter(stage)) for stage in query.stages] == [*joined, *joined, "$match"]
    assert plan(THINGS, MODELS, filter="owner.id = '00000000000000000000000b'", now=NOW).stages == ()


REFUSED = [
    ("titel = 'x'", "unknown_field", 0, 'The model "things" has no field "titel". Did you mean "title"?'),
    ("count = 1 && owner.nam = 'x'", "unknown_field", 13, 'The model "people" has no field "nam".'),
    ("title.x = 1", "unknown_field", 0, '"title" is a string: nothing is inside it.'),
    ("id.x = 1", "unknown_field", 0, 'Nothing is inside "id" of "things".'),
    ("count = 'many'", "wrong_type", 8, '"count" is a number: compare it with a number.'),
    ("count = true", "wrong_type", 8, '"count" is a number'),
    ("count > null", "wrong_type", 8, '"count" is a number'),
    ("count > ''", "wrong_type", 8, '"count" is a number'),
    ("title = 5", "wrong_type", 8, '"title" is a text: compare it with a text in quotes.'),
    ("5 = title", "wrong_type", 0, '"title" is a text'),
    ("active = 1", "wrong_type", 9, '"active" is true or false: compare it with true or false.'),
    ("due > 'soon'", "wrong_type", 6, '"due" is a date: compare it with a date such as'),
    ("due > '2026-02-30'", "wrong_type", 6, '"due" is a date'),
    ("title = @now", "wrong_type", 8, '"title" is a text'),
    ("id > 'nonsense'", "wrong_type", 5, '"id" is an id'),
    ("count ~ '1'", "wrong_type", 0, '~ searches texts, and "count" is a number.'),
    ("title ~ 5", "wrong_type", 8, "~ wants a text in quotes."),
    ("title = count", "wrong_type", 8, '"title" is a text and "count" a number: they cannot be compared.'),
    ("doc.a = title", "wrong_type", 0, '"doc.a" is inside a document: compare it with a value, not with a field.'),
    ("doc = 5", "wrong_type", 6, '"doc" is a document'),
    ("1 = 'x'", "wrong_type", 4, "These two are not alike"),
    ("1 ~ 'x'", "wrong_type", 4, "~ compares texts."),
    ("owner" + ".boss" * 6 + ".name = 'x'", "too_complex", 0, "A path follows at most 6 refs."),
]


@pytest.mark.parametrize(("text", "code", "position", "message"), REFUSED)
def test_refuses_with_a_position(text: str, code: str, position: int, message: str) -> None:
    with pytest.raises(Malformed) as refused:
        plan(THINGS, MODELS, filter=text, now=NOW)
    assert (refused.value.code, refused.value.details) == (code, {"position": position})
    assert refused.value.message.startswith(message)


def test_six_refs_are_followed() -> None:
    assert len(plan(THINGS, MODELS, filter="owner" + ".boss" * 5 + ".name = 'x'", now=NOW).stages) == 19


@pytest.mark.parametrize(
    ("name", "day", "wanted"),
    [
        ("todayStart", (2024, 2, 29), datetime(2024, 2, 29, tzinfo=UTC)),
        ("todayEnd", (2024, 2, 29), datetime(2024, 2, 29, 23, 59, 59, 999000, UTC)),
        ("monthStart", (2024, 2, 29), datetime(2024, 2, 1, tzinfo=UTC)),
        ("monthEnd", (2024, 2, 29), datetime(2024, 2, 29, 23, 59, 59, 999000, UTC)),
        ("monthEnd", (2025, 12, 31), datetime(2025, 12, 31, 23, 59, 59, 999000, UTC)),
        ("yearStart", (2025, 12, 31), datetime(2025, 1, 1, tzinfo=UTC)),
        ("yearEnd", (2024, 1, 1), datetime(2024, 12, 31, 23, 59, 59, 999000, UTC)),
        ("yearEnd", (2025, 12, 31), datetime(2025, 12, 31, 23, 59, 59, 999000, UTC)),
    ],
)
def test_macros(name: str, day: tuple[int, int, int], wanted: datetime) -> None:
    assert MACROS[name](datetime(*day, 15, 30, tzinfo=UTC)) == wanted


def test_a_pattern_with_many_wildcards_ends_soon(records: Any) -> None:
    text = "title ~ '" + "%a" * 100 + "%b'"
    records.insert_one({"_id": id_of(200), "title": "a" * 50_000})
    try:
        assert fetch(records, plan(THINGS, MODELS, filter=text, now=NOW), seconds=2) == []
    finally:
        records.delete_one({"_id": id_of(200)})
