"""A model is deleted, renamed or loses an index while its records are read or written: the caller is told that."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pymongo
import pytest
from filter_world import MODELS, NOW, THINGS, Record, record
from pymongo.collection import Collection
from pymongo.errors import BulkWriteError, OperationFailure

from m3m_builtins.datastore import faults
from m3m_builtins.datastore.query import plan
from m3m_builtins.datastore.query.execute import parts, translated
from m3m_core import Conflict, Unavailable
from m3m_core.testing import DATABASE

Records = Collection[Record]

CHANGES: dict[str, Callable[[Records], Any]] = {
    "deleted": lambda records: records.drop(),
    "renamed": lambda records: records.rename(f"{records.name}_renamed", dropTarget=True),
    "index": lambda records: records.drop_index("count_1"),
}


@pytest.fixture
def records(mongod: str) -> Iterator[Records]:
    """More than the database sends at once."""
    with pymongo.MongoClient[Record](mongod, tz_aware=True) as client:
        database = client[DATABASE]
        made = database[THINGS.collection]
        made.drop()
        made.insert_many(record(1000 + number, {"count": number}) for number in range(300))
        made.create_index("count")
        yield made
        for name in (made.name, f"{made.name}_renamed"):
            database.drop_collection(name)


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_under_a_query(records: Records, change: Callable[[Records], Any]) -> None:
    reading = parts(records, plan(THINGS, MODELS, filter="count >= 0", sort="count", now=NOW))
    next(reading)
    change(records)
    with pytest.raises(Unavailable) as told:
        list(reading)
    assert (told.value.code, told.value.retry_after) == ("model_changing", 1)


def test_under_a_query_that_follows_refs() -> None:
    with pytest.raises(Unavailable) as told, translated():
        raise OperationFailure("Unable to resolve", 26)
    assert told.value.code == "model_changing"


@pytest.mark.parametrize(
    "error",
    [
        OperationFailure("collection dropped", 175),
        BulkWriteError({"writeErrors": [{"index": 0, "code": 175, "errmsg": "collection renamed"}]}),
    ],
    ids=["one", "bulk"],
)
def test_under_a_write(error: OperationFailure) -> None:
    with pytest.raises(Conflict) as told, faults.translated(["operations.0"]):
        raise error
    assert told.value.code == "model_changing"
