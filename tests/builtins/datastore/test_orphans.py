"""Models and records of projects that are no more, and records of models that are no more."""

from __future__ import annotations

import pytest
from test_interrupted import killed
from worlds import MODELS, add, make

from m3m_builtins.datastore.documents import Model
from m3m_builtins.datastore.migration import Migration
from m3m_builtins.datastore.models import Models
from m3m_core.kernel import Kernel
from m3m_core.testing import Client


def collections(running: Kernel) -> set[str]:
    return set(running.db.get().list_collection_names(filter={"name": {"$regex": "^data_"}}))


def test_what_a_deletion_missed_goes_with_the_next_start(
    running: Kernel, owner: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop = owner.get("/api/projects/shop").json["id"]
    gone = owner.post("/api/projects", json={"name": "Gone", "slug": "gone"}).json["id"]
    make(owner, "things")
    add(owner, "things")
    assert owner.post("/api/projects/gone/models", json={"name": "x", "slug": "things", "fields": []}).status == 201
    with monkeypatch.context() as off:
        off.setattr(Models, "forget_project", lambda self, project_id: None)
        assert owner.delete("/api/projects/gone").status == 204
    # of a model that was deleted in this moment; of a project that comes with the rest of a backup; of somebody else
    late, foreign, other = f"data_{shop}_late", f"data_{'f' * 24}_things", "data_x"
    for name in (late, foreign, other):
        running.db.get()[name].insert_one({})
    assert collections(running) >= {late, f"data_{gone}_things"}
    running.host.each("m3m_ready")
    assert collections(running) == {f"data_{shop}_things", foreign, other}
    assert [model.project_id for model in Model.objects] == [shop]


def test_records_that_are_being_renamed_stay(running: Kernel, owner: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    make(owner, "stuff")
    add(owner, "stuff")
    killed(monkeypatch, "_rename", 1, lambda: owner.put(f"{MODELS}/stuff", json={"slug": "things"}))
    with monkeypatch.context() as broken:
        broken.setattr(Migration, "finish", lambda self, model_id: None)
        running.host.each("m3m_ready")
    assert len(collections(running)) == 1
    running.host.each("m3m_ready")
    assert len(owner.get(f"{MODELS}/things/data").json["items"]) == 1
