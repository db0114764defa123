"""Killed in the middle: whoever finds a change half done finishes it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from pymongo.errors import OperationFailure
from worlds import MODELS, add, field, items, make

from m3m_builtins.datastore import migration
from m3m_builtins.datastore.documents import Import, Model
from m3m_builtins.datastore.migration import Migration
from m3m_builtins.datastore.service import DatastoreService
from m3m_core.kernel import Kernel
from m3m_core.testing import Client

THINGS = f"{MODELS}/things"


class Killed(BaseException):
    pass


def kill_at(monkeypatch: pytest.MonkeyPatch, owner_of: Any, name: str, call: int = 1) -> None:
    """The process ends at the n-th call of a step, before it is done."""
    step, calls = getattr(owner_of, name), []

    def dying(*args: Any, **kw: Any) -> Any:
        calls.append(1)
        if len(calls) == call:
            raise Killed
        return step(*args, **kw)

    monkeypatch.setattr(owner_of, name, dying)


def killed(monkeypatch: pytest.MonkeyPatch, name: str, call: int, action: Callable[[], Any]) -> None:
    with monkeypatch.context() as patch:
        kill_at(patch, migration if name == "synchronize" else Migration, name, call)
        with pytest.raises(Killed):
            action()


def by_restart(datastore: DatastoreService, owner: Client) -> None:
    datastore.make_ready()


def by_the_next_request(datastore: DatastoreService, owner: Client) -> None:
    Model.objects.update(set__pending__until=migration.now() - migration.LEASE)
    owner.get(THINGS)


FINISHED_BY = pytest.mark.parametrize("finish", [by_restart, by_the_next_request])


@FINISHED_BY
@pytest.mark.parametrize(
    ("step", "call"),
    [("_rename", 1), ("_all", 1), ("_all", 2), ("_send", 1), ("_send", 2), ("synchronize", 1), ("_done", 1)],
)
def test_a_change(
    owner: Client, datastore: DatastoreService, monkeypatch: pytest.MonkeyPatch, finish: Any, step: str, call: int
) -> None:
    monkeypatch.setattr(migration, "CHUNK", 2)
    make(owner, "stuff", field("a"), field("b"), field("up", "ref", model="stuff"))
    for n in range(5):
        add(owner, "stuff", a=str(n), b="gone")
    fields = field("a", "number", unique=True), field("c", default_value="new"), field("up", "ref", model="stuff")
    body = {"slug": "things", "fields": list(fields)}
    killed(monkeypatch, step, call, lambda: owner.put(f"{MODELS}/stuff?force=true", json=body))
    finish(datastore, owner)
    found = [(each["a"], each["c"], "b" in each) for each in items(owner, "things")]
    assert found == [(n, "new", False) for n in range(5)]
    assert owner.post(f"{THINGS}/data", json={"a": 1}).status == 422
    assert Model.objects.get().pending is None


@FINISHED_BY
def test_a_creation(owner: Client, datastore: DatastoreService, monkeypatch: pytest.MonkeyPatch, finish: Any) -> None:
    body = {"name": "Things", "slug": "things", "fields": [field("a", unique=True)]}
    killed(monkeypatch, "synchronize", 1, lambda: owner.post(MODELS, json=body))
    finish(datastore, owner)
    add(owner, "things", a="x")
    assert owner.post(f"{THINGS}/data", json={"a": "x"}).status == 422


@FINISHED_BY
def test_a_deletion(
    owner: Client,
    datastore: DatastoreService,
    running: Kernel,
    monkeypatch: pytest.MonkeyPatch,
    finish: Any,
) -> None:
    make(owner, "things")
    add(owner, "things")
    killed(monkeypatch, "_delete", 1, lambda: owner.delete(THINGS))
    finish(datastore, owner)
    assert Model.objects.count() == 0
    assert running.db.get().list_collection_names(filter={"name": {"$regex": "^data_"}}) == []


def test_one_that_cannot_be_finished_holds_up_nobody(
    owner: Client, datastore: DatastoreService, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    for slug in ("broken", "things"):
        make(owner, slug, field("a"))
        add(owner, slug, a="1")
        change = {"fields": [field("a", "number")]}
        killed(monkeypatch, "_send", 1, lambda slug=slug, change=change: owner.put(f"{MODELS}/{slug}", json=change))
    Import(collection="data_x", model_id="x", revision=1, ids=b"", boot="earlier", until=migration.now()).save()
    step = Migration._move

    def failing(self: Migration, collection: Any, raw: dict[str, Any], wanted: Any) -> None:
        if raw["slug"] == "broken":
            raise OperationFailure("Too many indexes", 67)
        step(self, collection, raw, wanted)

    monkeypatch.setattr(Migration, "_move", failing)
    datastore.make_ready()
    assert [each["a"] for each in items(owner, "things")] == [1]
    assert [each["a"] for each in items(owner, "broken")] == ["1"]
    assert Import.objects.count() == 0
    assert "broken" in caplog.text


def test_meanwhile_the_rest_goes_on(owner: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    make(owner, "things", field("a"))
    made = add(owner, "things", a="1")
    killed(monkeypatch, "_send", 1, lambda: owner.put(THINGS, json={"fields": [field("a", "number")]}))
    assert owner.get(f"{THINGS}/data/{made['id']}").json["a"] == "1"
    assert add(owner, "things", a=2)["a"] == 2
    answer = owner.put(THINGS, json={"name": "x"})
    assert (answer.status, answer.json["code"]) == (409, "model_changing")


def test_while_it_is_renamed_it_is_unavailable(owner: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    make(owner, "stuff")
    killed(monkeypatch, "_rename", 1, lambda: owner.put(f"{MODELS}/stuff", json={"slug": "things"}))
    answer = owner.get(f"{THINGS}/data")
    assert (answer.status, answer.json["code"], answer.headers["retry-after"]) == (503, "model_changing", "1")


def test_what_was_written_under_the_old_name_is_not_lost(
    owner: Client, datastore: DatastoreService, running: Kernel, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(owner, "stuff")
    add(owner, "stuff")
    killed(monkeypatch, "_move", 1, lambda: owner.put(f"{MODELS}/stuff", json={"slug": "things"}))
    database = running.db.get()
    (name,) = database.list_collection_names(filter={"name": {"$regex": "^data_.*_things$"}})
    late = dict(database[name].find_one({}) or {}, _id="0" * 24)
    del late["_id"]
    database[name.replace("things", "stuff")].insert_one(late)
    datastore.make_ready()
    assert len(items(owner, "things")) == 2
    assert database.list_collection_names(filter={"name": {"$regex": "^data_"}}) == [name]
