"""A database that was killed tells wrong numbers; a list of records does not."""

from __future__ import annotations

import os
import signal
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pymongo
import pytest
from pymongo.collection import Collection
from pymongo.errors import OperationFailure

from m3m_builtins.datastore import counts
from m3m_builtins.datastore.counts import Counts
from m3m_core import Settings, mongod, replica
from m3m_core.kernel import Kernel
from m3m_core.settings import Data

FIRST, MORE = 300, 33
MODEL = ("0" * 24, 1)


class Killable:
    """A database of its own."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._server = mongod.Mongod(settings)
        self.start()
        self.client: pymongo.MongoClient[dict[str, Any]] = pymongo.MongoClient(mongod.uri(settings))
        self.records: Collection[dict[str, Any]] = self.client["m3m"]["data_x_rows"]

    def start(self) -> None:
        self._server.start()
        replica.ensure_primary(self._settings, 20)

    def stop(self) -> None:
        self.client.close()
        self._server.stop()

    def add(self, number: int) -> None:
        self.records.insert_many([{"n": n} for n in range(number)])

    def lose_count(self) -> None:
        """What is written after a checkpoint is there after a kill, but was not counted."""
        self.client.admin.command("fsync")
        self.add(MORE)
        assert self._server.pid is not None
        os.kill(self._server.pid, signal.SIGKILL)
        while self._server.alive():
            time.sleep(0.02)
        self.start()
        assert self.records.estimated_document_count() != self.records.count_documents({})


@pytest.fixture
def database() -> Iterator[Killable]:
    with tempfile.TemporaryDirectory(prefix="m3m-") as folder:  # short enough for a socket
        made = Killable(Settings(data=Data(Path(folder) / "data")))
        try:
            yield made
        finally:
            made.stop()


def test_a_wrong_count_is_found_after_each_start_of_the_database(database: Killable) -> None:
    known = Counts()
    assert known.of(database.records, *MODEL) == 0  # there is no such collection yet
    database.add(FIRST)
    assert known.of(database.records, *MODEL) == FIRST
    database.lose_count()
    assert known.of(database.records, *MODEL) == FIRST + MORE
    database.add(1)
    assert known.of(database.records, *MODEL) == FIRST + MORE + 1


def test_a_transaction_that_goes_on_is_neither_counted_nor_waited_for(
    running: Kernel, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As one is left by a process that was killed: the database ends it a minute later."""
    monkeypatch.setattr(counts, "AGAIN", 0.0)
    records, known = running.db.get()["data_x_rows"], Counts()
    records.insert_many([{"n": n} for n in range(FIRST)])
    with records.database.client.start_session() as session, session.start_transaction():
        records.insert_one({}, session=session)
        assert [known.of(records, *MODEL) for _ in range(2)] == [FIRST, FIRST]
        records.find_one()
    assert known.of(records, *MODEL) == FIRST + 1


def test_a_count_that_is_right_is_looked_at_once(running: Kernel, monkeypatch: pytest.MonkeyPatch) -> None:
    records, known, looked = running.db.get()["data_x_rows"], Counts(), []
    records.insert_many([{"n": n} for n in range(FIRST)])
    monkeypatch.setattr(counts, "_counted", lambda collection: looked.append(collection) or FIRST)
    assert [known.of(records, *MODEL) for _ in range(3)] == [FIRST] * 3
    assert len(looked) == 1
    known.of(records, MODEL[0], 2)  # a change of the model may have moved its records
    assert len(looked) == 2


def test_a_model_that_is_dropped_while_it_is_counted(running: Kernel, monkeypatch: pytest.MonkeyPatch) -> None:
    records, known = running.db.get()["data_x_rows"], Counts()
    records.insert_many([{"n": n} for n in range(FIRST)])

    def dropping(*_: Any, **__: Any) -> Any:
        records.drop()
        raise OperationFailure("collection dropped", 175)

    monkeypatch.setattr(records.database, "command", dropping)
    assert known.of(records, *MODEL) == 0


def test_what_is_written_while_it_is_counted_is_looked_at_again(
    running: Kernel, monkeypatch: pytest.MonkeyPatch
) -> None:
    records, known, looked = running.db.get()["data_x_rows"], Counts(), []

    def counted(collection: Collection[dict[str, Any]]) -> int:
        looked.append(collection)
        collection.insert_one({})
        return collection.count_documents({})

    monkeypatch.setattr(counts, "_counted", counted)
    assert [known.of(records, *MODEL) for _ in range(2)] == [1, 1]
    monkeypatch.setattr(counts, "AGAIN", 0.0)
    assert [known.of(records, MODEL[0], 2) for _ in range(2)] == [2, 3]
    assert len(looked) == 3
