from __future__ import annotations

import time
from typing import Any

import pytest
from worlds import MODELS, add, codes, field, items, make, outcome

from m3m_builtins.datastore.limits import MOST_OPERATIONS
from m3m_builtins.datastore.service import DatastoreService
from m3m_core.testing import Answer, Client

DATA = f"{MODELS}/things/data"
NOBODY = "0" * 24


def batch(owner: Client, *operations: dict[str, Any], model: str = "things") -> Answer:
    return owner.post(f"{MODELS}/{model}/data/batch", json={"operations": list(operations)})


@pytest.fixture
def things(owner: Client) -> dict[str, str]:
    """Ids of the records a, b and c by name; the name is unique."""
    make(owner, "things", field("name", unique=True), field("n", "number", min=0))
    return {name: add(owner, "things", name=name)["id"] for name in "abc"}


@pytest.fixture(params=["transactions", "single server"])
def _server(request: pytest.FixtureRequest, datastore: DatastoreService) -> None:
    datastore.transactions._supported = request.param == "transactions"


@pytest.mark.usefixtures("_server")
def test_every_operation_in_one(owner: Client, things: dict[str, str]) -> None:
    new = "1" * 24
    answer = batch(
        owner,
        {"op": "create", "data": {"name": "d"}},
        {"op": "update", "id": things["a"], "data": {"n": 1}},
        {"op": "upsert", "id": things["b"], "data": {"n": 2}},
        {"op": "upsert", "id": new, "data": {"name": "e"}},
        {"op": "update", "id": new, "data": {"n": 3, "revision": 1}},
        {"op": "upsert", "data": {"name": "f"}},
        {"op": "delete", "id": things["c"]},
        {"op": "create", "id": things["c"], "data": {"name": "c"}},
    )
    assert answer.status == 200, answer.json
    kinds = ["created", "updated", "updated", "created", "updated", "created", "deleted", "created"]
    assert [result["op"] for result in answer.json["results"]] == kinds
    counted = {key: answer.json[key] for key in ("created", "updated", "deleted", "cascaded")}
    assert counted == {"created": 4, "updated": 3, "deleted": 1, "cascaded": 0}
    found = {each["name"]: (each["n"], each["revision"]) for each in items(owner, "things")}
    assert found == {"a": (1, 2), "b": (2, 2), "c": (None, 1), "d": (None, 1), "e": (3, 2), "f": (None, 1)}


def test_everything_wrong_at_once_and_nothing_done(owner: Client, things: dict[str, str]) -> None:
    answer = batch(
        owner,
        {"op": "create", "data": {"name": "x", "n": -1, "y": 1}},
        {"op": "update", "id": NOBODY, "data": {"n": "1"}},
        {"op": "update", "data": {}},
        {"op": "delete", "id": "$ne"},
        {"op": "create", "id": things["a"], "data": {}},
        {"op": "update", "id": things["b"], "data": {"revision": 5, "id": NOBODY}},
        {"op": "create", "data": {"id": "x"}},
        {"op": "create", "data": {"name": "fine"}},
    )
    assert codes(answer) == {
        "operations.0.data.n": "too_small",
        "operations.0.data.y": "unknown_field",
        "operations.1.data.n": "wrong_type",
        "operations.1.id": "not_found",
        "operations.2.id": "required",
        "operations.3.id": "invalid_id",
        "operations.4.id": "duplicate",
        "operations.5.id": "read_only",
        "operations.5.data.revision": "stale_revision",
        "operations.6.id": "invalid_id",
    }
    assert [each["name"] for each in items(owner, "things")] == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("body", "wrong"),
    [
        ({}, {"operations": "required"}),
        ({"operations": []}, {"operations": "too_short"}),
        (
            {"operations": [{"op": "drop"}, {"op": "create", "data": []}]},
            {"operations.0.op": "not_allowed", "operations.1.data": "wrong_type"},
        ),
        ({"operations": [{"op": "create"}] * (MOST_OPERATIONS + 1)}, {"operations": "too_long"}),
        ({"operations": [{"op": "create", "x": 1}]}, {"operations.0.x": "unknown_field"}),
    ],
)
def test_a_body_that_cannot_be(owner: Client, things: dict[str, str], body: Any, wrong: dict[str, str]) -> None:
    assert codes(owner.post(f"{DATA}/batch", json=body)) == wrong


def test_every_duplicate_of_new_records_at_once(owner: Client, things: dict[str, str]) -> None:
    new = [{"op": "create", "data": {"name": name}} for name in ("a", "x", "x", "b", None, None)]
    assert codes(batch(owner, *new)) == {f"operations.{n}.data.name": "duplicate" for n in (0, 2, 3)}


def test_a_duplicate_in_the_middle_undoes_what_came_before(owner: Client, things: dict[str, str]) -> None:
    operations = (
        {"op": "update", "id": things["a"], "data": {"name": "z"}},
        {"op": "create", "data": {"name": "a"}},
        {"op": "create", "data": {"name": "b"}},
        {"op": "create", "data": {"name": "y"}},
    )
    assert codes(batch(owner, *operations)) == {"operations.2.data.name": "duplicate"}
    assert [each["name"] for each in items(owner, "things")] == ["a", "b", "c"]


def test_without_transactions_it_tells_how_far_it_came(
    owner: Client, things: dict[str, str], datastore: DatastoreService
) -> None:
    datastore.transactions._supported = False
    operations = (
        {"op": "update", "id": things["c"], "data": {"name": "z"}},
        {"op": "delete", "id": things["a"]},
        {"op": "create", "data": {"name": "b"}},
    )
    answer = batch(owner, *operations)
    assert (answer.status, answer.json["details"]) == (422, {"done": 2})
    assert [each["name"] for each in items(owner, "things")] == ["b", "z"]


def test_refs_within_a_batch(owner: Client) -> None:
    make(owner, "things", field("up", "ref", model="things", on_delete="cascade"))
    one, two = "1" * 24, "2" * 24
    answer = batch(owner, {"op": "create", "data": {"id": two, "up": one}}, {"op": "create", "id": one, "data": {}})
    assert answer.status == 200, answer.json
    wrong = {"op": "create", "data": {"up": NOBODY}}
    assert codes(batch(owner, wrong)) == {"operations.0.data.up": "unknown_ref"}
    answer = batch(owner, {"op": "delete", "id": one})
    assert (answer.json["deleted"], answer.json["cascaded"]) == (1, 1)


def test_a_forbidden_deletion_undoes_everything(owner: Client, things: dict[str, str]) -> None:
    make(owner, "holders", field("it", "ref", model="things"))
    add(owner, "holders", it=things["b"])
    operations = [{"op": "delete", "id": things[name]} for name in "ab"]
    assert outcome(batch(owner, {"op": "create", "data": {"name": "x"}}, *operations)) == (409, "referenced")
    assert len(items(owner, "things")) == 3


def test_ten_thousand_records(owner: Client) -> None:
    make(owner, "things", field("name", unique=True), field("n", "number", index=True), field("at", "datetime"))
    new = [
        {"op": "create", "data": {"name": f"record {n}", "n": n, "at": "2026-11-22T10:15:30.123Z"}}
        for n in range(MOST_OPERATIONS)
    ]
    begin = time.monotonic()
    answer = batch(owner, *new)
    assert (answer.status, answer.json["created"]) == (200, MOST_OPERATIONS)
    assert time.monotonic() - begin < 20
    assert owner.get(DATA).json["total_items"] == MOST_OPERATIONS


def test_more_than_the_database_changes_at_once(owner: Client) -> None:
    make(owner, "things", field("t", "text"))
    new = [{"op": "create", "data": {"t": "x" * 3_000}} for _ in range(MOST_OPERATIONS)]
    answer = batch(owner, *new)
    assert answer.status == 200 or outcome(answer) == (413, "too_much_at_once")
    assert owner.get(DATA).json["total_items"] == (MOST_OPERATIONS if answer.status == 200 else 0)
