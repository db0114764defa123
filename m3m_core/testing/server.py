"""One real mongod for a whole test run, started by the first test that needs it."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from functools import lru_cache
from pathlib import Path
from typing import Any

import pymongo

from .. import mongod as embedded
from .. import replica
from ..settings import Data, Settings

DATABASE = "m3m_testing_database"
START_SECONDS = 30


@lru_cache(maxsize=1)
def mongod() -> str:
    """The address of the run's own server, whose database DATABASE is empty when the run begins."""
    folder = Path(tempfile.mkdtemp(prefix="m3m-tests-"))
    settings = Settings(data=Data(folder))
    server = embedded.Mongod(settings)
    server.start()

    def stop() -> None:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)

    atexit.register(stop)
    replica.ensure_primary(settings, START_SECONDS)
    address = embedded.uri(settings)
    empty(address)
    return address


def empty(address: str) -> None:
    """Remove every document. Collections and indexes stay, which is much quicker than to drop them."""
    with pymongo.MongoClient[dict[str, Any]](address) as client:
        database = client[DATABASE]
        for name in database.list_collection_names(filter={"type": "collection"}):
            database[name].delete_many({})
