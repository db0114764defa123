"""A single server has no transactions: everything works, but for the all-or-nothing of a batch."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pymongo
import pytest
from pymongo.errors import PyMongoError
from worlds import MODELS, add, field, items, make

from m3m_core import mongod
from m3m_core.testing import DATABASE, Client, as_user, kernel, settings


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    socket = tmp_path / "m.sock"
    command = [
        mongod.binary(settings(tmp_path)),
        "--dbpath",
        tmp_path,
        "--bind_ip",
        socket,
        "--wiredTigerCacheSizeGB",
        "0.25",
    ]
    server = subprocess.Popen([*map(str, command), "--unixSocketPrefix", str(tmp_path)], stdout=subprocess.DEVNULL)
    found = f"mongodb://{str(socket).replace('/', '%2F')}"
    try:
        _wait(found)
        yield found
    finally:
        server.terminate()
        server.wait()


def _wait(address: str) -> None:
    deadline = time.monotonic() + 20
    with pymongo.MongoClient(address, serverSelectionTimeoutMS=200) as client:
        while time.monotonic() < deadline:
            try:
                client.admin.command("ping")
                return
            except PyMongoError:
                time.sleep(0.05)
    raise AssertionError("the server did not come up")


@pytest.fixture
def owner(address: str) -> Iterator[Client]:
    with kernel(["datastore"], mongodb={"uri": address, "database": DATABASE}) as running:
        client = as_user(running, "owner@example.com", create_projects=True)
        client.post("/api/projects", json={"name": "Shop", "slug": "shop"})
        yield client


def test_what_needs_a_transaction_elsewhere(owner: Client) -> None:
    make(owner, "things", field("n", unique=True), field("up", "ref", model="things", on_delete="cascade"))
    top = add(owner, "things")["id"]
    add(owner, "things", up=top, n="a")
    operations = [{"op": "create", "data": {"n": "b"}}, {"op": "update", "id": top, "data": {"n": "c"}}]
    assert owner.post(f"{MODELS}/things/data/batch", json={"operations": operations}).status == 200
    assert owner.delete(f"{MODELS}/things/data/{top}").status == 204
    assert [each["n"] for each in items(owner, "things")] == ["b"]
    done = owner.put(f"{MODELS}/things", json={"slug": "stuff", "fields": [field("n", "text")]})
    assert done.status == 200, done.json
    assert len(items(owner, "stuff")) == 1
