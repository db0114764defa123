"""Imports that are too large for one transaction: done in parts, and undone when one of them fails."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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


class Journal:
    """`boot` names this start of the server: what an earlier one began is over."""

    def __init__(self, boot: str) -> None:
        self._boot = boot

    @contextmanager
    def all_or_nothing(self, collection: Collection[dict[str, Any]], ids: Sequence[ObjectId]) -> Iterator[Import]:
        """Around the creation of records with these ids: when it fails, now or by a crash, none of them is left."""
        packed = b"".join(each.binary for each in ids)
        entry = Import(collection=collection.name, ids=packed, boot=self._boot, until=now() + LEASE).save()
        try:
            yield entry
        except Exception:
            self._undo(collection, entry)
            raise
        entry.delete()

    def hold(self, entry: Import) -> None:
        """Still at it: nobody may undo it."""
        Import.objects(id=entry.id).update_one(set__until=now() + LEASE)

    def undo_left_over(self, db: Any) -> None:
        """At the start of the server: remove what a crash left of imports."""
        for entry in Import.objects(Q(boot__ne=self._boot) | Q(until__lt=now())):
            self._undo(db[entry.collection], entry)

    def _undo(self, collection: Collection[dict[str, Any]], entry: Import) -> None:
        size = CHUNK * ID_BYTES
        for begin in range(0, len(entry.ids), size):
            part = entry.ids[begin : begin + size]
            ids = [ObjectId(part[at : at + ID_BYTES]) for at in range(0, len(part), ID_BYTES)]
            collection.delete_many({"_id": {"$in": ids}} | mark_of(entry))
        entry.delete()


def mark_of(entry: Import) -> dict[str, str]:
    """What its records carry: with ids of its own choice, an import might name those of another."""
    return {"_import": entry.id}
