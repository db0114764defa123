"""Imports that fail, are killed or take too long: what is undone, and what is not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from worlds import MODELS, add, field, items, load, make, outcome

from m3m_builtins.datastore import service
from m3m_builtins.datastore.batch import Batch
from m3m_builtins.datastore.documents import Import, Model
from m3m_builtins.datastore.service import DatastoreService
from m3m_core import Conflict, now
from m3m_core.kernel import Kernel
from m3m_core.testing import Answer, Client, run_js

DATA = f"{MODELS}/things/data"


class Killed(BaseException):
    pass


def parts(monkeypatch: pytest.MonkeyPatch, fail: BaseException) -> None:
    """Parts of two records, of which the second fails."""
    monkeypatch.setattr(service, "PART", 2)
    run, calls = Batch.run, []

    def failing(self: Batch, steps: Any) -> Any:
        calls.append(steps)
        if len(calls) == 2:
            raise fail
        return run(self, steps)

    monkeypatch.setattr(Batch, "run", failing)


def test_an_import_in_parts_that_fails_leaves_nothing(owner: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    make(owner, "things", field("s"))
    add(owner, "things", s="before")
    parts(monkeypatch, Conflict("No."))
    assert load(owner, [{"s": str(n)} for n in range(5)]).status == 409
    assert [each["s"] for each in items(owner, "things")] == ["before"]


def test_an_import_that_is_killed_is_undone_at_the_next_start(
    owner: Client, datastore: DatastoreService, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(owner, "things", field("s"))
    add(owner, "things", s="before")
    with monkeypatch.context() as patch:
        parts(patch, Killed())
        with pytest.raises(Killed):
            load(owner, [{"s": str(n)} for n in range(5)])
    datastore.make_ready()
    assert len(items(owner, "things")) == 3
    Import.objects.update(set__boot="earlier")
    datastore.make_ready()
    assert [each["s"] for each in items(owner, "things")] == ["before"]
    assert Import.objects.count() == 0


def test_records_that_a_failed_import_changed_are_as_they_were(
    owner: Client, running: Kernel, datastore: DatastoreService, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Unique values go from one record to another, and one record is changed in two parts."""
    make(owner, "things", field("u", "number", unique=True))
    made = [add(owner, "things", u=n) for n in range(4)]
    swapped = [made[0] | {"u": 9}, made[1] | {"u": 0}, made[0] | {"u": 1}, {"u": 7}]
    for fail in (Conflict("No."), Killed()):
        with monkeypatch.context() as patch:
            parts(patch, fail)
            if isinstance(fail, Killed):
                with pytest.raises(Killed):
                    load(owner, swapped, "mode=upsert")
                assert items(owner, "things") != made
                Import.objects.update(set__boot="before")
            else:
                assert load(owner, swapped, "mode=upsert").status == 409
        datastore.make_ready()
        assert items(owner, "things") == made
        assert running.db.get()["record_imports_before"].count_documents({}) == 0
    answer = load(owner, swapped, "mode=upsert")
    assert (answer.json["created"], answer.json["updated"]) == (1, 3)
    assert [each["u"] for each in items(owner, "things")] == [1, 0, 2, 3, 7]
    assert running.db.get()["record_imports_before"].count_documents({}) == 0


EDITS: dict[str, Callable[[Client, list[str]], Answer]] = {
    "put": lambda owner, ids: owner.put(f"{DATA}/{ids[0]}", json={"s": "edited"}),
    "batch": lambda owner, ids: owner.post(f"{DATA}/batch", json=operations("update", ids[0], s="edited")),
    "import": lambda owner, ids: load(owner, [{"id": ids[0], "s": "edited"}], "mode=upsert"),
    "ref": lambda owner, ids: owner.post(DATA, json={"s": "edited", "r": ids[0]}),
    "set null": lambda owner, ids: owner.delete(f"{DATA}/{ids[-1]}"),
}
"""Of the first of some records, while an import that made or changed them is left half done."""


def operations(op: str, record_id: str, **values: Any) -> dict[str, Any]:
    return {"operations": [{"op": op, "id": record_id, "data": values}]}


def half_done(owner: Client, monkeypatch: pytest.MonkeyPatch, rows: list[dict[str, Any]]) -> None:
    with monkeypatch.context() as patch:
        parts(patch, Killed())
        with pytest.raises(Killed):
            load(owner, rows, "mode=upsert")


def by_start(owner: Client, datastore: DatastoreService) -> None:
    Import.objects.update(set__boot="earlier")
    datastore.make_ready()


def by_request(owner: Client, datastore: DatastoreService) -> None:
    earlier = now() - timedelta(seconds=1)
    Import.objects.update(set__until=earlier)
    Model.objects.update(set__importing_until=earlier)
    owner.get(DATA)


@pytest.mark.parametrize("undo", [by_start, by_request])
@pytest.mark.parametrize("edit", EDITS)
@pytest.mark.parametrize("made_by_it", [True, False])
def test_undoing_an_import_leaves_what_was_acknowledged_since(
    owner: Client,
    datastore: DatastoreService,
    monkeypatch: pytest.MonkeyPatch,
    undo: Callable[[Client, DatastoreService], None],
    edit: str,
    made_by_it: bool,
) -> None:
    make(owner, "things", field("s"), field("r", "ref", model="things", on_delete="set_null"))
    gone = add(owner, "things", s="gone")["id"]
    ids = [f"{n:024x}" for n in range(3)] if made_by_it else [add(owner, "things", s="before")["id"] for _ in range(3)]
    half_done(owner, monkeypatch, [{"id": each, "s": "imported", "r": gone} for each in ids])
    assert EDITS[edit](owner, [*ids, gone]).status < 300
    before = {each["id"]: each for each in items(owner, "things")}
    undo(owner, datastore)
    after = {each["id"]: each for each in items(owner, "things")}
    touched = ids[:2] if edit == "set null" else ids[:1]
    assert [after[each] for each in touched] == [before[each] for each in touched]
    rest = [after.get(each, {}).get("s") for each in ids if each not in touched]
    assert set(rest) == {None if made_by_it else "before"}
    assert Import.objects.count() == 0


def test_a_unique_value_that_somebody_has_taken_since_is_theirs(
    owner: Client, datastore: DatastoreService, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(owner, "things", field("u", unique=True), field("s"))
    made = [add(owner, "things", u=name, s=name) for name in "abc"]
    half_done(owner, monkeypatch, [made[0] | {"u": "x"}, made[1] | {"u": "y"}, made[2]])
    add(owner, "things", u="a")
    by_start(owner, datastore)
    assert [(each["u"], each["s"]) for each in items(owner, "things")] == [
        (None, "a"),
        ("b", "b"),
        ("c", "c"),
        ("a", None),
    ]
    assert Import.objects.count() == 0


def test_an_import_that_was_undone_meanwhile_goes_no_further(
    owner: Client, datastore: DatastoreService, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(owner, "things", field("s"))
    monkeypatch.setattr(service, "PART", 2)
    run, calls = Batch.run, []

    def late(self: Batch, steps: Any) -> Any:
        if calls:
            by_request(owner, datastore)
        calls.append(steps)
        return run(self, steps)

    monkeypatch.setattr(Batch, "run", late)
    assert outcome(load(owner, [{"s": str(n)} for n in range(5)])) == (409, "import_undone")
    assert items(owner, "things") == []


@pytest.mark.parametrize("call", ["update({s: 'imported'}, {n: 5})", "updateMany({}, {n: 5})", "increment({}, 'n', 5)"])
def test_nor_what_a_service_was_told(
    owner: Client, running: Kernel, datastore: DatastoreService, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    make(owner, "things", field("s"), field("n", "number"))
    made = [add(owner, "things")["id"] for _ in range(3)]
    half_done(owner, monkeypatch, [{"id": each, "s": "imported", "n": 0} for each in made])
    with run_js(within=running, project_id=owner.project_id) as js:  # type: ignore[attr-defined]
        js.value(f"database.things.{call} && 0")
    by_start(owner, datastore)
    assert (items(owner, "things")[0]["s"], items(owner, "things")[0]["n"]) == ("imported", 5)
