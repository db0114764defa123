"""How many records a model has: as the database keeps count of them anyway, however many they are.

A mongod that was killed keeps a wrong count from then on: of 999,500 records it told 771,500. So each process counts
the records of a model once after a start of the database before it believes that; where it is wrong, they are counted
each time. For 1,000,000 records that takes 0.6 s on two busy cores. The command `validate` repairs a count, but nothing
here calls it: it waits for transactions, up to a minute for one that a killed process left, and all others wait for it.
"""

from __future__ import annotations

import math
import threading
import time
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from pymongo.collection import Collection
from pymongo.errors import ExecutionTimeout, OperationFailure

from .faults import COLLECTION_GONE
from .query.execute import translated

LONGEST_MS = 3_000
"""Of counting. Of more records than can be counted in it, the database's own count is told."""

AGAIN = 10.0
"""Seconds after which a count is looked at again that was wrong, or that changed meanwhile: a transaction which has not
ended is in it already."""

Records = Collection[dict[str, Any]]
Epoch = tuple[Any, int]
"""A start of the database, and a revision of the model: one that is renamed may get another collection."""


@dataclass(frozen=True)
class Finding:
    """Whether the database's own count is right, and until when that is believed (monotonic)."""

    epoch: Epoch
    is_right: bool
    until: float


class Counts:
    def __init__(self) -> None:
        self._found: dict[str, Finding] = {}
        self._looking: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)

    def of(self, collection: Records, model_id: str, revision: int) -> int:
        """The records of a model. Raises Timeout where they have to be counted."""
        told = _told(collection)
        # After the count, so that one of a database that has just started is never taken for an older one's.
        epoch = (_start_of(collection), revision)
        found = self._known(model_id, epoch)
        if found is None:
            with self._looking[model_id]:
                found = self._known(model_id, epoch)
                if found is None:
                    found = self._found[model_id] = _look(collection, epoch)
            told = _told(collection)
        if found.is_right:
            return told
        with translated():
            return _counted(collection)

    def _known(self, model_id: str, epoch: Epoch) -> Finding | None:
        found = self._found.get(model_id)
        return found if found and found.epoch == epoch and time.monotonic() < found.until else None


def _look(collection: Records, epoch: Epoch) -> Finding:
    before = _told(collection)
    try:
        counted = _counted(collection)
    except ExecutionTimeout:
        return Finding(epoch, is_right=True, until=math.inf)
    after = _told(collection)
    is_sure = before == counted == after
    is_right = min(before, after) <= counted <= max(before, after)
    return Finding(epoch, is_right, until=math.inf if is_sure else time.monotonic() + AGAIN)


def _told(collection: Records) -> int:
    return collection.estimated_document_count(maxTimeMS=LONGEST_MS)


def _counted(collection: Records) -> int:
    # With a hint it counts the keys of the index, and does not tell what it believes.
    try:
        told = collection.database.command("count", collection.name, query={}, hint="_id_", maxTimeMS=LONGEST_MS)
    except OperationFailure as error:
        if error.code not in COLLECTION_GONE:
            raise
        return 0  # as of one that is not there any more
    return int(told["n"])


def _start_of(collection: Records) -> Any:
    """Another one after each start of the database, as far as the driver has noticed: whatever was told, it has."""
    servers = collection.database.client.topology_description.server_descriptions().values()
    told = next((server.topology_version for server in servers if server.is_writable), None)
    return told and told["processId"]
