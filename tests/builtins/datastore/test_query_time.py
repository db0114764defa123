"""No read of records may hold up the database: each has a limit of time."""

from __future__ import annotations

from typing import Any

import pytest
from heard import Heard
from worlds import MODELS, add, field, items, load, make

from m3m_builtins.datastore import service, walk
from m3m_builtins.datastore.batch import Batch
from m3m_builtins.datastore.journal import BEFORE
from m3m_core import Conflict
from m3m_core.testing import Client

THINGS = f"{MODELS}/things"


def test_requests(heard: Heard, owner: Client) -> None:
    make(owner, "things", field("title"), field("r", "ref", model="things"))
    one = add(owner, "things", title="a")
    heard.commands.clear()
    for path in ("", "?filter=title='a'&sort=title&expand=r&search=a", f"/{one['id']}", "/export"):
        assert owner.get(f"{THINGS}/data{path}").status == 200
    assert owner.put(f"{THINGS}/data/{one['id']}", json={"title": "b", "r": one["id"]}).status == 200
    assert load(owner, [{"title": "c"}]).status == 200
    assert owner.delete(f"{THINGS}/data/{one['id']}").status in (204, 409)
    assert_limited(heard, "data_", "models", "projects", "users", "sessions")


def test_changes_of_a_model(heard: Heard, owner: Client) -> None:
    make(owner, "things", field("a"), field("b"))
    for _ in range(3):
        add(owner, "things", a="1", b="x")
    heard.commands.clear()
    fields = [field("a", "number"), field("c", old_key="b", unique=True), field("d", default_value="d")]
    for query in ("dry_run=true", "force=true"):
        owner.put(f"{THINGS}?{query}", json={"fields": fields})
    assert owner.put(f"{THINGS}?force=true", json={"fields": fields[:1], "slug": "others"}).status == 200
    assert_limited(heard, "data_")


def test_undoing_an_import(heard: Heard, owner: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    make(owner, "things", field("a"))
    made = [add(owner, "things", a=str(number)) for number in range(6)]
    run, calls = Batch.run, []

    def failing(self: Batch, steps: Any) -> Any:
        calls.append(steps)
        if len(calls) == 3:
            raise Conflict("No.", code="no")
        return run(self, steps)

    monkeypatch.setattr(Batch, "run", failing)
    monkeypatch.setattr(service, "PART", 2)
    monkeypatch.setattr(walk, "CHUNK", 3)
    heard.commands.clear()
    assert load(owner, [{"id": each["id"], "a": "new"} for each in made], "mode=upsert").status == 409
    assert items(owner, "things") == made
    assert len(list(heard.reads(BEFORE))) == 2  # four records, three at a time
    assert_limited(heard, "data_", BEFORE)


def assert_limited(heard: Heard, *collections: str) -> None:
    reads = list(heard.reads(*collections))
    assert reads
    assert [each for each in reads if "maxTimeMS" not in each] == []
