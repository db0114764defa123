"""Imports that are too large for one transaction: done in parts, and undone when one of them fails.

What an import writes carries its mark, and every other write takes the mark away: undoing touches nothing that was
changed since.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import timedelta
from logging import Logger
from typing import Any

from bson import ObjectId
from mongoengine.queryset.visitor import Q
from pymongo import ReplaceOne
from pymongo.database import Database
from pymongo.errors import BulkWriteError

from m3m_core import Conflict, now

from .documents import Import, Model
from .faults import DUPLICATE
from .limits import CHUNK, QUERY_MS
from .schema import Schema
from .transactions import Session
from .walk import Records, parts

LEASE = timedelta(seconds=60)
LOOK_AGAIN = 0.05
"""Seconds."""

ID_BYTES = 12
BEFORE = "record_imports_before"
"""The collection of records as they were."""

MARK = "_import"
UNMARKED = {MARK: ""}
"""For `$unset`, in every write that is none of an import."""

Taken = dict[Any, str]
"""Records that cannot be as they were yet, each with the key whose value another one has."""


class Journal:
    """`boot` names this start of the server: what an earlier one began is over."""

    def __init__(self, boot: str, log: Logger) -> None:
        self._boot = boot
        self._log = log

    @contextmanager
    def all_or_nothing(self, collection: Records, schema: Schema, ids: Sequence[ObjectId]) -> Iterator[Import]:
        """Around the creation of records with these ids, and around changes of those that `begin` was told of:
        when it fails, now or by a crash, all is as it was.
        """
        packed = b"".join(each.binary for each in ids)
        entry = Import(
            collection=collection.name,
            model_id=schema.id,
            revision=schema.revision,
            ids=packed,
            boot=self._boot,
            until=now() + LEASE,
        ).save()
        try:
            yield entry
        except Exception:
            self._undo(collection, entry)
            raise
        self._forget(collection, entry)

    def hold(self, entry: Import) -> None:
        """Still at it: nobody may undo it."""
        until = now() + LEASE
        Import.objects(id=entry.id, undoing=False).update_one(set__until=until)
        Model.objects(id=entry.model_id).update_one(max__importing_until=until)

    def begin(self, entry: Import, collection: Records, ids: Sequence[ObjectId], session: Session) -> None:
        """First in the transaction of a part: keep the records as they are that it is the first to change.

        Raises Conflict when somebody has begun to undo the import; if the part is first, they wait for it.
        """
        known = {"_id": entry.id, "undoing": False}
        if not Import._get_collection().update_one(known, {"$inc": {"parts": 1}}, session=session).matched_count:
            raise Conflict("The import took too long and was undone.", code="import_undone")
        found = collection.find({"_id": {"$in": list(ids)}}, session=session, max_time_ms=QUERY_MS)
        if before := [{"import": entry.id, "record": each} for each in found]:
            collection.database[BEFORE].insert_many(before, session=session)

    # ---- what others left --------------------------------------------------------------------------------------------

    def undo_left_over(self, db: Database[dict[str, Any]]) -> None:
        """At the start of the server: remove what a crash left of imports. One that cannot be holds up nobody else."""
        for entry in self._over():
            try:
                self._undo(db[entry.collection], entry)
            except Exception:
                self._log.exception("an import into %s cannot be undone", entry.collection)
        kept = Import.objects.scalar("id")
        db[BEFORE].delete_many({"import": {"$nin": list(kept)}})

    def undo_over(self, db: Database[dict[str, Any]], model_id: str) -> None:
        """The same for one model: what a process left that ended while the server went on."""
        for entry in self._over(model_id=model_id):
            self._undo(db[entry.collection], entry)
        Model.objects(id=model_id, importing_until__lt=now()).update_one(unset__importing_until=True)

    def outlast(self, db: Database[dict[str, Any]], model_id: str, revision: int, waiting: Callable[[], None]) -> None:
        """Until no import by an earlier revision of the model is left. `waiting` is called again and again."""
        self.undo_over(db, model_id)
        while Import.objects(model_id=model_id, revision__lt=revision).only("id").first():
            waiting()
            time.sleep(LOOK_AGAIN)
            self.undo_over(db, model_id)

    def forget(self, db: Database[dict[str, Any]], model_ids: Sequence[str]) -> None:
        """Of models that go with their records. An import under way ends with its next part."""
        entries = Import.objects(model_id__in=model_ids)
        ids = list(entries.scalar("id"))
        entries.delete()
        db[BEFORE].delete_many({"import": {"$in": ids}})

    def _over(self, **known: Any) -> Iterator[Import]:
        """Those that nobody holds any more; from here on, nobody can."""
        for entry in Import.objects(Q(boot__ne=self._boot) | Q(until__lt=now()), **known).only("id"):
            mine = {"set__undoing": True, "set__until": now() + LEASE}
            if claimed := Import.objects(Q(boot__ne=self._boot) | Q(until__lt=now()), id=entry.id).modify(**mine):
                yield claimed

    # ---- undoing -----------------------------------------------------------------------------------------------------

    def _undo(self, collection: Records, entry: Import) -> None:
        size = CHUNK * ID_BYTES
        for begin in range(0, len(entry.ids), size):
            part = entry.ids[begin : begin + size]
            ids = [ObjectId(part[at : at + ID_BYTES]) for at in range(0, len(part), ID_BYTES)]
            collection.delete_many({"_id": {"$in": ids}} | mark_of(entry))
        self._restore(collection, entry)
        self._forget(collection, entry)

    def _restore(self, collection: Records, entry: Import) -> None:
        """A unique value may have gone from one record to another: whoever waits for one gives up its own first, and
        goes without it in the end if a record that is no part of the import has it."""
        freed: set[tuple[Any, str]] = set()
        lost: dict[Any, list[str]] = {}
        taken = self._replace(collection, entry, {}, lost)
        while taken:
            for record, key in taken.items():
                if (record, key) in freed:
                    lost.setdefault(record, []).append(key)
                collection.update_one({"_id": record} | mark_of(entry), {"$unset": {key: ""}})
            freed |= set(taken.items())
            taken = self._replace(collection, entry, {"record._id": {"$in": list(taken)}}, lost)

    def _replace(
        self, collection: Records, entry: Import, query: Mapping[str, Any], lost: Mapping[Any, list[str]]
    ) -> Taken:
        """Those that still are as the import left them become what they were, without what is lost."""
        taken: Taken = {}
        kept = parts(collection.database[BEFORE], query={"import": entry.id, **query})
        for part in ([each["record"] for each in some] for some in kept):
            writes = [
                ReplaceOne(
                    {"_id": before["_id"]} | mark_of(entry),
                    {key: value for key, value in before.items() if key not in lost.get(before["_id"], ())},
                )
                for before in part
            ]
            try:
                collection.bulk_write(writes, ordered=False)
            except BulkWriteError as error:
                for wrong in error.details["writeErrors"]:
                    if wrong["code"] != DUPLICATE:
                        raise
                    taken[part[wrong["index"]]["_id"]] = next(iter(wrong["keyPattern"]))
        return taken

    def _forget(self, collection: Records, entry: Import) -> None:
        """From here on nothing is undone."""
        entry.delete()
        collection.database[BEFORE].delete_many({"import": entry.id})


def mark_of(entry: Import) -> dict[str, str]:
    """What its records carry: with ids of its own choice, an import might name those of another."""
    return {MARK: entry.id}
