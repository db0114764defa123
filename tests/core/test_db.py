"""The connection to the database: opened late, shared with mongoengine, honest about failure."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import mongoengine
import pytest
from mongoengine.connection import ConnectionFailure as NotConnected
from pymongo.collection import Collection
from pymongo.errors import DuplicateKeyError, ExecutionTimeout, PyMongoError
from pymongo.monitoring import CommandListener

from m3m_core import Settings, Unavailable, db, reads
from m3m_core.db import Database
from m3m_core.settings import Data
from m3m_core.testing import settings


class Thing(mongoengine.Document):
    name = mongoengine.StringField(unique=True)
    at = mongoengine.DateTimeField()
    meta = {"collection": "db_test_things"}  # noqa: RUF012  # mongoengine's form


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    made = Database(settings(tmp_path))
    made.get()["db_test_things"].delete_many({})
    yield made
    made.close()


@pytest.fixture
def away() -> Iterator[Settings]:
    """Settings of a database that nobody has started."""
    with tempfile.TemporaryDirectory(prefix="m3m-") as folder:
        yield Settings(data=Data(Path(folder)))


def test_nothing_is_opened_before_the_first_use(away: Settings) -> None:
    made = Database(away)
    assert made._client is None
    made.close()


def test_a_client_is_prepared_without_anything_open(away: Settings) -> None:
    made = Database(away)
    threads, files = set(threading.enumerate()), set(Path("/proc/self/fd").iterdir())
    made.prepare()
    assert set(threading.enumerate()) <= threads
    assert set(Path("/proc/self/fd").iterdir()) <= files
    made.close()


@pytest.mark.parametrize(
    ("uri", "reason"),
    [
        ("mongodb://", "mongodb.uri: Must provide at least one hostname"),
        ("mongodb://127.0.0.1:99999", "mongodb.uri: Port must be an integer"),
        ("mongodb://ann:pass/word@127.0.0.1", "mongodb.uri: Port contains non-digit characters"),
        ("mongodb://ann:pass@word@127.0.0.1", "mongodb.uri: Username and password must be escaped"),
        (
            "mongodb://127.0.0.1/?tls=true&tlsCAFile=/nowhere",
            "mongodb.uri: [Errno 2] The tlscafile file is not readable",
        ),
        ("mongodb://127.0.0.1:1", "127.0.0.1:1: [Errno 111] Connection refused."),
    ],
)
def test_why_an_address_is_of_no_use_is_said_by_the_wait(tmp_path: Path, uri: str, reason: str) -> None:
    made = Database(settings(tmp_path, mongodb={"uri": uri}))
    made.prepare()
    with pytest.raises(Unavailable) as refused:
        made.wait(0.2)
    assert reason in refused.value.message
    assert "word" not in refused.value.message.replace("password must be", "")
    made.close()


def test_servers_that_the_name_service_knows_are_looked_up_by_each_fork(tmp_path: Path) -> None:
    made = Database(settings(tmp_path, mongodb={"uri": "mongodb+srv://m3m.invalid"}))
    made.prepare()
    assert made._unopened is None
    made.close()


FORKS = """
import os, sys
from pathlib import Path
from m3m_core import Settings
from m3m_core.db import Database
from m3m_core.settings import MongoDB

database = Database(Settings(mongodb=MongoDB(uri=sys.argv[1], database=sys.argv[2])))
database.prepare()
for name in ("ann", "bob"):
    if os.fork() == 0:
        prepared = database._unopened
        things = database.get()["db_test_things"]
        for number in range(20):
            things.insert_one({"name": f"{name} {number}"})
        os._exit(0 if things.database.client is prepared else 1)
print([os.waitstatus_to_exitcode(os.wait()[1]) for _ in range(2)])
"""


def test_forks_take_over_a_prepared_client_and_each_has_its_own_connection(database: Database) -> None:
    mongodb = database._settings.mongodb
    command = [sys.executable, "-W", "error", "-c", FORKS, mongodb.uri, mongodb.database]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert (done.stdout, done.stderr) == ("[0, 0]\n", "")
    found = database.get()["db_test_things"].find()
    assert sorted(each["name"] for each in found) == sorted(f"{who} {n}" for who in ("ann", "bob") for n in range(20))


def test_documents_and_collections_share_one_client(database: Database) -> None:
    Thing(name="lamp").save()
    assert database.get()["db_test_things"].find_one({}, {"_id": 0, "name": 1}) == {"name": "lamp"}
    assert Thing._get_collection().database.client is database.get().client


def test_it_can_be_used_again_after_close(database: Database) -> None:
    Thing(name="lamp").save()
    database.close()
    assert Thing.objects.count() == 1
    assert database.ping()


def test_the_newest_database_is_the_one_that_documents_use(database: Database, tmp_path: Path) -> None:
    Thing(name="lamp").save()
    other = Database(settings(tmp_path, mongodb={"database": "m3m_testing_database_2"}))
    assert Thing.objects.count() == 0
    database.close()
    assert Thing._get_collection().database.name == "m3m_testing_database_2"
    other.close()


def test_times_and_uuids_come_back_as_they_went(database: Database) -> None:
    sent = {"at": datetime(2026, 11, 22, 10, 15, 30, 123000, tzinfo=UTC), "uuid": uuid4()}
    collection = database.get()["db_test_things"]
    key = collection.insert_one(dict(sent)).inserted_id
    assert collection.find_one({"_id": key}, {"_id": 0}) == sent
    collection.delete_many({})


def test_writes_are_acknowledged_by_the_journal(database: Database) -> None:
    assert database.get().write_concern.document == {"w": "majority", "j": True, "wtimeout": 10_000}


def test_transactions_work(database: Database) -> None:
    collection = database.get()["db_test_things"]
    with database.get().client.start_session() as session:
        with session.start_transaction():
            collection.insert_one({"name": "kept"}, session=session)
        with session.start_transaction():
            collection.insert_one({"name": "undone"}, session=session)
            session.abort_transaction()
    assert [found["name"] for found in collection.find()] == ["kept"]


def test_unique_indexes_hold(database: Database) -> None:
    Thing(name="lamp").save()
    with pytest.raises(mongoengine.NotUniqueError):
        Thing(name="lamp").save()
    with pytest.raises(DuplicateKeyError):
        database.get()["db_test_things"].insert_one({"name": "lamp"})


def test_a_database_that_is_away_is_said_to_be(away: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(db, "SELECTION_SECONDS", 0.2)
    made = Database(away)
    started = time.monotonic()
    assert not made.ping(0.2)
    with pytest.raises(Unavailable, match="does not answer: the embedded database is not up"):
        made.wait(0.2)
    assert time.monotonic() - started < 2
    with pytest.raises(PyMongoError):
        made.get()
    with pytest.raises(NotConnected):
        Thing.objects.count()
    made.close()


# ---- how long a read may take ----------------------------------------------------------------------------------------

MANY = {"$range": [0, {"$ifNull": ["$no_such_field", 3_000_000]}]}  # known only when a document is there
SLOW = {"$expr": {"$size": {"$map": {"input": MANY, "in": {"$add": ["$$this", 1]}}}}}
READS: dict[str, Callable[[Collection[Any]], Any]] = {
    "find": lambda things: list(things.find(SLOW)),
    "find_one": lambda things: things.find_one(SLOW),
    "count": lambda things: things.count_documents({"name": "lamp", **SLOW}),
    "distinct": lambda things: things.distinct("name", SLOW),
    "aggregate": lambda things: list(things.aggregate([{"$match": SLOW}])),
    "objects": lambda _things: Thing.objects(__raw__=SLOW).first(),
    "objects with a cursor of their own": lambda _things: list(
        Thing.objects(__raw__=SLOW).hint([("_id", 1)]).only("name")
    ),
    "count of objects": lambda _things: Thing.objects(__raw__=SLOW).count(),
    "distinct of objects": lambda _things: Thing.objects(__raw__=SLOW).distinct("name"),
}


@pytest.mark.parametrize("read", READS.values(), ids=READS.keys())
def test_no_read_holds_up_the_database(
    database: Database, monkeypatch: pytest.MonkeyPatch, read: Callable[[Collection[Any]], Any]
) -> None:
    monkeypatch.setattr(reads, "READ_MS", 50)
    Thing(name="lamp").save()
    with pytest.raises(ExecutionTimeout):
        read(database.get()["db_test_things"])


class Limits(CommandListener):
    """The limit of each command, by its name."""

    def __init__(self) -> None:
        self.heard: dict[str, Any] = {}

    def started(self, event: Any) -> None:
        command: Mapping[str, Any] = event.command
        self.heard[event.command_name] = command.get("maxTimeMS")

    def succeeded(self, event: Any) -> None: ...

    def failed(self, event: Any) -> None: ...


def test_reads_have_a_limit_and_writes_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    limits = Limits()
    monkeypatch.setitem(db.CLIENT_OPTIONS, "event_listeners", [limits])
    database = Database(settings(tmp_path))
    things = database.get()["db_test_things"]
    things.delete_many({})
    things.insert_one({"name": "lamp"})
    things.update_one({}, {"$set": {"name": "chair"}})
    things.find_one_and_update({}, {"$set": {"name": "table"}})
    things.estimated_document_count()
    things.distinct("name")
    things.find_one({}, max_time_ms=5)
    for name in ("delete", "insert", "update", "findAndModify"):
        assert limits.heard[name] is None
    assert limits.heard["count"] == limits.heard["distinct"] == reads.READ_MS
    assert limits.heard["find"] == 5  # whoever says less, or more
    database.close()
