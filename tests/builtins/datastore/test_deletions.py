"""What a deletion takes with it, and what forbids it."""

from __future__ import annotations

import pytest
from bson import ObjectId
from worlds import MODELS, add, field, items, make, outcome

from m3m_builtins.datastore import references, transactions
from m3m_core.kernel import Kernel
from m3m_core.testing import Client

DATA = f"{MODELS}/things/data"


def test_set_null(owner: Client) -> None:
    make(owner, "people")
    refs = (
        field("who", "ref", model="people", on_delete="set_null"),
        field("all", "ref", model="people", multiple=True, on_delete="set_null"),
    )
    make(owner, "things", *refs)
    ann, bob = (add(owner, "people")["id"] for _ in range(2))
    made = add(owner, "things", who=ann, all=[bob, ann])
    assert owner.delete(f"{MODELS}/people/data/{ann}").status == 204
    left = owner.get(f"{DATA}/{made['id']}").json
    assert (left["who"], left["all"]) == (None, [bob])
    assert left["revision"] == 3


def test_cascade_goes_on_and_stops_at_restrict(owner: Client) -> None:
    make(owner, "a", field("up", "ref", model="a", on_delete="cascade"))
    make(owner, "b", field("up", "ref", model="a", on_delete="cascade"))
    make(owner, "c", field("up", "ref", model="b"))
    top = add(owner, "a")["id"]
    below = add(owner, "a", up=top)["id"]
    leaf = add(owner, "b", up=below)["id"]
    stay = add(owner, "b")["id"]
    guard = add(owner, "c", up=leaf)["id"]
    assert outcome(owner.delete(f"{MODELS}/a/data/{top}")) == (409, "referenced")
    assert len(items(owner, "a")) == 2
    owner.delete(f"{MODELS}/c/data/{guard}")
    assert owner.delete(f"{MODELS}/a/data/{top}").status == 204
    assert (items(owner, "a"), [each["id"] for each in items(owner, "b")]) == ([], [stay])


def test_a_circle_of_cascades_ends(owner: Client) -> None:
    make(owner, "things", field("next", "ref", model="things", on_delete="cascade"))
    one = add(owner, "things")["id"]
    two = add(owner, "things", next=one)["id"]
    owner.put(f"{DATA}/{one}", json={"next": two})
    assert owner.delete(f"{DATA}/{one}").status == 204
    assert items(owner, "things") == []


def test_a_cascade_has_a_limit(owner: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(references, "MOST_CASCADED", 2)
    make(owner, "things", field("up", "ref", model="things", on_delete="cascade"))
    top = add(owner, "things")["id"]
    for _ in range(3):
        add(owner, "things", up=top)
    assert outcome(owner.delete(f"{DATA}/{top}")) == (409, "cascade_too_large")
    assert len(items(owner, "things")) == 4


def test_so_has_taking_refs_away(owner: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(references, "MOST_CASCADED", 2)
    make(owner, "things")
    make(owner, "notes", *(field(key, "ref", model="things", on_delete="set_null") for key in "ab"))
    alone = add(owner, "things")["id"]
    for key in "aab":
        add(owner, "notes", **{key: alone})
    assert outcome(owner.delete(f"{DATA}/{alone}")) == (409, "cascade_too_large")
    assert owner.delete(f"{MODELS}/notes/data/{items(owner, 'notes')[0]['id']}").status == 204
    assert owner.delete(f"{DATA}/{alone}").status == 204
    assert [(each["a"], each["b"]) for each in items(owner, "notes")] == [(None, None)] * 2


def test_a_deletion_waits_for_others_only_so_long(
    owner: Client, running: Kernel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transactions, "LONGEST", 0.5)
    make(owner, "things", field("n", "number"))
    held = add(owner, "things")["id"]
    database = running.db.get()
    (name,) = database.list_collection_names(filter={"name": {"$regex": "^data_.*things$"}})
    with database.client.start_session() as session, session.start_transaction():
        database[name].update_one({"_id": ObjectId(held)}, {"$set": {"n": 1}}, session=session)
        assert outcome(owner.delete(f"{DATA}/{held}")) == (504, "query_timeout")
        session.abort_transaction()
    assert owner.delete(f"{DATA}/{held}").status == 204
