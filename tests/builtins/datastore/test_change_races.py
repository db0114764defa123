"""A model is changed while services and imports write that know it as it was: nothing acknowledged is lost."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from itertools import product
from threading import Event
from typing import Any

import pytest
from worlds import MODELS, add, field, make, outcome

from m3m_builtins.datastore import limits, migration, schema, service
from m3m_builtins.datastore.batch import Batch
from m3m_builtins.datastore.documents import Model
from m3m_builtins.datastore.service import DatastoreService
from m3m_core import M3MError
from m3m_core.testing import Answer, Client

STUFF = f"{MODELS}/stuff"

CHANGES: dict[str, tuple[dict[str, Any], str, str]] = {
    "a renamed model": ({"slug": "things"}, "things", "a"),
    "a renamed field": ({"fields": [field("b", old_key="a")]}, "stuff", "b"),
    "a converted field": ({"fields": [field("a", "number")]}, "stuff", "a"),
    "all at once": ({"slug": "things", "fields": [field("b", "number", old_key="a")]}, "things", "b"),
}
"""The change, and where the values are afterwards."""


@pytest.fixture(autouse=True)
def somebody_knows_the_old_model(nobody_knows_an_old_model: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migration, "OUTLASTED", limits.OUTLASTED)


@contextmanager
def writing(datastore: DatastoreService, project_id: str) -> Iterator[list[int]]:
    """A service that creates records as quickly as it can; gives the numbers of those that were acknowledged."""
    schemas, acknowledged, ended = datastore.models.schemas(limits.SCHEMA_AGE), [0], Event()

    def once(number: int) -> None:
        """By the model as it is known: maybe not at once."""
        for name, key, kind in product(("stuff", "things"), "ab", (str, int)):
            try:
                known = schemas.get(project_id, name)
                datastore.records.create(known, schemas, {key: kind(number)})
            except M3MError:
                continue
            acknowledged.append(number)
            return

    def work() -> None:
        number = 0
        while not ended.is_set():
            once(number := number + 1)

    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(work)
        try:
            yield acknowledged
        finally:
            ended.set()
        running.result()


@pytest.mark.parametrize("change", CHANGES)
def test_a_service_writes_through_it(owner: Client, datastore: DatastoreService, change: str) -> None:
    body, slug, key = CHANGES[change]
    make(owner, "stuff", field("a"))
    add(owner, "stuff", a="0")
    with writing(datastore, owner.project_id) as acknowledged:  # type: ignore[attr-defined]
        wait_for_more(acknowledged)
        assert owner.put(STUFF, json=body).status == 200
        wait_for_more(acknowledged)
    assert set(acknowledged) <= set(values(owner, slug, key))


@pytest.mark.parametrize("change", CHANGES)
def test_an_import_by_the_old_model_is_undone(owner: Client, monkeypatch: pytest.MonkeyPatch, change: str) -> None:
    body, slug, key = CHANGES[change]
    made = make(owner, "stuff", field("a"))
    before = [add(owner, "stuff", a=str(n)) for n in range(3)]
    monkeypatch.setattr(service, "PART", 2)
    monkeypatch.setattr(schema, "CONFIRM_AFTER", 0)
    run, changed = Batch.run, list[Future[Answer]]()

    def slow(self: Batch, steps: Any) -> Any:
        outcome = run(self, steps)
        if not changed:
            changed.append(pool.submit(owner.put, STUFF, json=body))
            until_changed(made["id"])
        return outcome

    monkeypatch.setattr(Batch, "run", slow)
    rows = [before[0] | {"a": "7"}, *({"a": str(n)} for n in range(10, 13))]
    with ThreadPoolExecutor(1) as pool:
        answer = owner.post(f"{STUFF}/data/import?mode=upsert", json=rows)
        assert outcome(answer) == (409, "model_changing")
        assert changed[0].result().status == 200
    assert values(owner, slug, key) == [0, 1, 2]


def test_an_import_goes_on_when_only_a_label_is_changed(owner: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    make(owner, "stuff", field("a"))
    monkeypatch.setattr(service, "PART", 1)
    monkeypatch.setattr(schema, "CONFIRM_AFTER", 0)
    run = Batch.run

    def changing(self: Batch, steps: Any) -> Any:
        assert owner.put(STUFF, json={"name": "x", "fields": [field("a", label="A"), field("b")]}).status == 200
        return run(self, steps)

    monkeypatch.setattr(Batch, "run", changing)
    assert owner.post(f"{STUFF}/data/import", json=[{"a": "1"}, {"a": "2"}]).status == 200
    assert values(owner, "stuff", "a") == [1, 2]


def test_no_other_model_takes_a_slug_that_is_being_left(owner: Client) -> None:
    make(owner, "stuff")
    make(owner, "other")
    with ThreadPoolExecutor(1) as pool:
        renaming = pool.submit(owner.put, STUFF, json={"slug": "things"})
        while Model.objects.get(slug__ne="other").slug == "stuff":
            time.sleep(0.01)
        assert outcome(owner.post(MODELS, json={"name": "x", "slug": "stuff"})) == (409, "model_changing")
        assert outcome(owner.put(f"{MODELS}/other", json={"slug": "stuff"})) == (409, "model_changing")
        assert outcome(owner.delete(f"{MODELS}/things")) == (409, "model_changing")
        assert add(owner, "things")["revision"] == 1
        assert renaming.result().status == 200
    make(owner, "stuff")
    assert len(owner.get(f"{MODELS}/things/data").json["items"]) == 1


def test_what_a_service_writes_into_a_deleted_model_is_in_none(owner: Client, datastore: DatastoreService) -> None:
    make(owner, "stuff", field("a"))
    schemas = datastore.models.schemas(limits.SCHEMA_AGE)
    known = schemas.get(owner.project_id, "stuff")  # type: ignore[attr-defined]
    with ThreadPoolExecutor(1) as pool:
        deleting = pool.submit(owner.delete, STUFF)
        while owner.get(STUFF).status == 200:
            time.sleep(0.01)
        datastore.records.create(known, schemas, {"a": "late"})
        assert deleting.result().status == 204
    make(owner, "stuff", field("a"))
    assert owner.get(f"{STUFF}/data").json["items"] == []


def wait_for_more(acknowledged: list[int]) -> None:
    wanted = len(acknowledged) + 20
    while len(acknowledged) < wanted:
        time.sleep(0.01)


def until_changed(model_id: str) -> None:
    while Model.objects.get(id=model_id).revision == 1:
        time.sleep(0.01)


def values(owner: Client, slug: str, key: str) -> list[int]:
    return [int(each[key]) for each in owner.get(f"{MODELS}/{slug}/data/export").json]
