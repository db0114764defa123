"""What a batch looks for is asked in parts: a query of the database has 16 MB at most."""

from __future__ import annotations

from typing import Any

import pytest
from heard import Heard
from worlds import MODELS, add, codes, field, items, make

from m3m_builtins.datastore import walk
from m3m_core.testing import Client

BATCH = f"{MODELS}/things/data/batch"


@pytest.fixture(autouse=True)
def three_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walk, "LARGEST_QUERY", 3 * walk.BESIDE)


def create(owner: Client, rows: list[dict[str, Any]]) -> Any:
    return owner.post(BATCH, json={"operations": [{"op": "create", "data": row} for row in rows]})


def test_refs(heard: Heard, owner: Client) -> None:
    make(owner, "people")
    make(owner, "things", field("friends", "ref", model="people", multiple=True))
    people = [add(owner, "people")["id"] for _ in range(8)]
    heard.commands.clear()
    assert create(owner, [{"friends": people[:5]}, {"friends": people[3:]}]).status == 200
    gone = ["0" * 24, "f" * 24]
    refused = create(owner, [{"friends": people}, {"friends": [*people[:4], *gone]}])
    assert codes(refused) == {"operations.1.data.friends": "unknown_ref"}
    assert all(each in refused.json["fields"]["operations.1.data.friends"]["message"] for each in gone)
    assert len(items(owner, "things")) == 2
    assert_small(heard)


def test_unique_values(heard: Heard, owner: Client) -> None:
    make(owner, "things", field("name", unique=True))
    assert create(owner, [{"name": str(number)} for number in range(9)]).status == 200
    heard.commands.clear()
    refused = create(owner, [{"name": str(number)} for number in (8, 20, 21, 22, 0, 20)])
    assert set(codes(refused).items()) == {(f"operations.{at}.data.name", "duplicate") for at in (0, 4, 5)}
    assert_small(heard)


def test_the_largest_text_still_fits(owner: Client) -> None:
    make(owner, "things", field("name", unique=True))
    assert create(owner, [{"name": letter * 1_000} for letter in "abc"]).status == 200
    assert codes(create(owner, [{"name": letter * 1_000} for letter in "xyc"])) == {
        "operations.2.data.name": "duplicate"
    }


def assert_small(heard: Heard) -> None:
    asked = [*heard.asked("filter"), *heard.asked("q")]
    sizes = [len(test["$in"]) for query in asked for test in query.values() if isinstance(test, dict) and "$in" in test]
    assert len(sizes) > 1
    assert max(sizes) <= 3
