from __future__ import annotations

from collections.abc import Iterator

import pytest
from heard import Heard

from m3m_builtins.datastore import migration
from m3m_builtins.datastore.service import DatastoreService
from m3m_core.db import CLIENT_OPTIONS
from m3m_core.kernel import Kernel
from m3m_core.testing import Client, as_user, kernel


@pytest.fixture(autouse=True)
def nobody_knows_an_old_model(monkeypatch: pytest.MonkeyPatch) -> None:
    """A change of a model waits for services and requests that have read it before; in most tests there are none."""
    monkeypatch.setattr(migration, "OUTLASTED", 0)


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> Heard:
    """Of kernels that are started after it."""
    listener = Heard()
    monkeypatch.setitem(CLIENT_OPTIONS, "event_listeners", [listener])
    return listener


@pytest.fixture
def running() -> Iterator[Kernel]:
    with kernel(["datastore"]) as started:
        database = started.db.get()
        for name in database.list_collection_names(filter={"name": {"$regex": "^data_"}}):
            database.drop_collection(name)
        yield started


@pytest.fixture
def datastore(running: Kernel) -> DatastoreService:
    service: DatastoreService = running.host.context("datastore").service
    return service


@pytest.fixture
def owner(running: Kernel) -> Client:
    """Owns the project `shop`."""
    client = as_user(running, "owner@example.com", create_projects=True)
    client.project_id = client.post("/api/projects", json={"name": "Shop", "slug": "shop"}).json["id"]  # type: ignore[attr-defined]
    return client
