"""Records leave the embedded database room on the disk, whoever writes them."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from worlds import MODELS, add, field, items, load, make

from m3m_builtins.datastore import room
from m3m_builtins.datastore.limits import KEEP_FREE
from m3m_builtins.datastore.room import Room
from m3m_builtins.datastore.service import DatastoreService
from m3m_core import ScriptError
from m3m_core.kernel import Kernel
from m3m_core.testing import Client, run_js, settings

THINGS = f"{MODELS}/things"


class Disk:
    """A block has one byte. `asked` is how often somebody wanted to know."""

    def __init__(self) -> None:
        self.free, self.asked, self.folders = KEEP_FREE, 0, set[Path]()

    def __call__(self, folder: Any) -> Any:
        self.asked += 1
        self.folders.add(Path(folder))
        return SimpleNamespace(f_bavail=self.free, f_frsize=1)


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Disk:
    made = Disk()
    monkeypatch.setattr(os, "statvfs", made)
    monkeypatch.setattr(room, "ASKED_EVERY", 0)
    return made


@pytest.fixture
def shop(owner: Client, datastore: DatastoreService, disk: Disk, tmp_path: Path) -> Client:
    make(owner, "things", field("title"), field("n", "number"), field("r", "ref", model="things"))
    datastore.records.room = datastore.models.room = Room(settings(tmp_path, mongodb={"uri": "embedded"}))
    return owner


def batch(operation: dict[str, Any]) -> Callable[[Client, str], Any]:
    return lambda client, _: client.post(f"{THINGS}/data/batch", json={"operations": [operation]})


WRITES: dict[str, Callable[[Client, str], Any]] = {
    "create": lambda client, _: client.post(f"{THINGS}/data", json={"title": "b"}),
    "update": lambda client, known: client.put(f"{THINGS}/data/{known}", json={"title": "b"}),
    "import": lambda client, _: load(client, [{"title": "b"}]),
    "batch": batch({"op": "create", "data": {"title": "b"}}),
}


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES)
def test_requests(shop: Client, disk: Disk, tmp_path: Path, write: Callable[[Client, str], Any]) -> None:
    known = add(shop, "things", title="a")
    disk.free -= 1
    refused = write(shop, known["id"])
    assert (refused.status, refused.json["code"]) == (413, "disk_full")
    assert items(shop, "things") == [known]
    assert disk.folders == {tmp_path / "data" / "mongodb"}
    disk.free += 1
    assert write(shop, known["id"]).status in (200, 201)


@pytest.mark.parametrize(
    "written",
    [
        "insert({title: 'b'})",
        "insertMany([{title: 'b'}])",
        "update({title: 'a'}, {title: 'b'})",
        "updateMany({}, {title: 'b'})",
        "upsert({title: 'x'}, {title: 'b'})",
        "increment({title: 'a'}, 'n')",
        "findOneAndUpdate({title: 'a'}, {title: 'b'})",
    ],
)
def test_services(shop: Client, running: Kernel, disk: Disk, written: str) -> None:
    known = add(shop, "things", title="a")
    disk.free -= 1
    with run_js(within=running, project_id=shop.project_id, slug="shop") as js:  # type: ignore[attr-defined]
        with pytest.raises(ScriptError) as refused:
            js.value(f"database.things.{written}")
        assert refused.value.code == "disk_full"
        assert items(shop, "things") == [known]
        assert js.value("database.things.deleteMany({})") == 1


def test_models(shop: Client, disk: Disk) -> None:
    before = shop.get(THINGS).json
    disk.free -= 1
    wanted = {"fields": [field("title"), field("n", "string"), field("r", "ref", model="things")]}
    for refused in (shop.put(THINGS, json=wanted), shop.post(MODELS, json={"name": "More", "slug": "more"})):
        assert (refused.status, refused.json["code"]) == (413, "disk_full")
    assert shop.get(THINGS).json == before
    disk.free += 1
    assert shop.put(THINGS, json=wanted).status == 200


def test_deleting_makes_room(shop: Client, disk: Disk) -> None:
    known = [add(shop, "things", title="a")["id"] for _ in range(2)]
    disk.free = 0
    assert shop.delete(f"{THINGS}/data/{known[0]}").status == 204
    assert batch({"op": "delete", "id": known[1]})(shop, "").status == 200
    assert items(shop, "things") == []


def test_the_disk_is_asked_once_a_second(shop: Client, disk: Disk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "ASKED_EVERY", 1_000)
    for _ in range(3):
        add(shop, "things")
    assert disk.asked == 1


def test_the_disk_of_another_server_is_its_own_matter(disk: Disk, tmp_path: Path) -> None:
    disk.free = 0
    Room(settings(tmp_path)).check()
    assert disk.asked == 0
