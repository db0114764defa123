"""Imports that are too large for one transaction: done in parts, and undone when one of them fails."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from bson import ObjectId
from mongoengine.queryset.visitor import Q
from pymongo.collection import Collection

from m3m_core import now

from .documents import Import
from .limits import CHUNK

LEASE = timedelta(seconds=60)
ID_BYTES = 12
Becomes = Callable[[dict[str, Any]], Mapping[str, Any]]
BEFORE = "record_imports_before"
"""The collection of records as they were."""


class Journal:
    """`boot` names this start of the server: what an earlier one began is over."""

    def __init__(self, boot: str) -> None:
        self._boot = boot

    @contextmanager
    def all_or_nothing(self, collection: Collection[dict[str, Any]], ids: Sequence[ObjectId]) -> Iterator[Import]:
        """Around the creation of records with these ids, and around changes of those that `remember` was told of:
        when it fails, now or by a crash, all is as it was.
        """
        packed = b"".join(each.binary for each in ids)
        entry = Import(collection=collection.name, ids=packed, boot=self._boot, until=now() + LEASE).save()
        try:
            yield entry
        except Exception:
            self._undo(collection, entry)
            raise
        self._forget(collection, entry)

    def remember(self, collection: Collection[dict[str, Any]], entry: Import, ids: Sequence[ObjectId]) -> None:
        """Before records are changed, each for the first time."""
        found = [{"import": entry.id, "record": each} for each in collection.find({"_id": {"$in": list(ids)}})]
        if found:
            collection.database[BEFORE].insert_many(found)

    def hold(self, entry: Import) -> None:
        """Still at it: nobody may undo it."""
        Import.objects(id=entry.id).update_one(set__until=now() + LEASE)

    def undo_left_over(self, db: Any) -> None:
        """At the start of the server: remove what a crash left of imports."""
        for entry in Import.objects(Q(boot__ne=self._boot) | Q(until__lt=now())):
            self._undo(db[entry.collection], entry)
        kept = Import.objects.scalar("id")
        db[BEFORE].delete_many({"import": {"$nin": list(kept)}})

    def _undo(self, collection: Collection[dict[str, Any]], entry: Import) -> None:
        size = CHUNK * ID_BYTES
        for begin in range(0, len(entry.ids), size):
            part = entry.ids[begin : begin + size]
            ids = [ObjectId(part[at : at + ID_BYTES]) for at in range(0, len(part), ID_BYTES)]
            collection.delete_many({"_id": {"$in": ids}} | mark_of(entry))
        # First they lose all their values: a unique one may have gone from one record to another.
        self._replace(collection, entry, lambda _: mark_of(entry))
        self._replace(collection, entry, lambda before: before)
        self._forget(collection, entry)

    def _replace(self, collection: Collection[dict[str, Any]], entry: Import, becomes: Becomes) -> None:
        """Those that still are as the import left them. `becomes` is given a record as it was before."""
        for each in collection.database[BEFORE].find({"import": entry.id}):
            collection.replace_one({"_id": each["record"]["_id"]} | mark_of(entry), becomes(each["record"]))

    def _forget(self, collection: Collection[dict[str, Any]], entry: Import) -> None:
        """From here on nothing is undone."""
        entry.delete()
        collection.database[BEFORE].delete_many({"import": entry.id})


def mark_of(entry: Import) -> dict[str, str]:
    """What its records carry: with ids of its own choice, an import might name those of another."""
    return {"_import": entry.id}
