"""Records follow their model. Every step may be done again, so whoever finds a change half done can finish it."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from logging import Logger
from typing import Any

from pymongo import UpdateOne
from pymongo.database import Database
from pymongo.errors import BulkWriteError, DuplicateKeyError, OperationFailure

from m3m_core import now

from .documents import Model, Pending
from .indexes import drop_unique, synchronize
from .journal import Journal
from .limits import CHUNK, OUTLASTED
from .moves import Move, moves
from .schema import Field, Schema, collection_name, schema_of
from .validation import default_of
from .walk import Records, every

LEASE = timedelta(seconds=30)
MOST_PASSES = 5
NAMESPACE_NOT_FOUND, NAMESPACE_EXISTS = 26, 48


class Migration:
    def __init__(self, db: Callable[[], Database[dict[str, Any]]], journal: Journal, log: Logger) -> None:
        self._db = db
        self._journal = journal
        self._log = log

    def resume_all(self) -> None:
        """At the start of the server: finish what a crash interrupted. One that cannot be holds up nobody else."""
        for model in Model.objects(pending__ne=None).only("id", "project_id", "slug"):
            try:
                self.finish(model.id)
            except Exception:
                self._log.exception("a change of the model %s of %s cannot be finished", model.slug, model.project_id)

    def resume(self, model_id: str) -> None:
        """Finish a change whose time is over, unless another process has begun to."""
        if Model.objects(id=model_id, pending__until__lt=now()).modify(set__pending__until=now() + LEASE):
            self.finish(model_id)

    def finish(self, model_id: str) -> list[str]:
        """Returns fields that cannot be unique any more and were left as not unique."""
        raw = Model.objects(id=model_id, pending__ne=None).as_pymongo().first()
        if raw is None:
            return []
        if raw["pending"].get("delete"):
            self._delete(raw)
            return []
        schema, pending = schema_of(raw), raw["pending"]
        old = [Field.of(each) for each in pending.get("old_fields", ())]
        wanted = list(moves(old, list(schema.fields.values()), pending.get("renamed", {})))
        renamed = pending["old_slug"] != schema.slug
        is_new = schema.revision == 1
        outdates = not is_new and (renamed or any(move.outdates for move in wanted))
        collection = self._db()[schema.collection]
        if outdates:
            self._journal.outlast(self._db(), schema.id, schema.revision, lambda: self._hold(raw))
        if renamed:
            self._rename(schema, pending["old_slug"])
        self._move(collection, raw, wanted)
        refused = synchronize(collection, schema)
        # Again, for whoever knew the old model has written meanwhile; what is done already is quick.
        if outdates:
            self._outlast(raw)
        if renamed:
            self._pour(schema, pending["old_slug"]).drop()
        refused += self._move_last(collection, raw, wanted, schema)
        self._done(schema, refused)
        return refused

    # ---- steps -------------------------------------------------------------------------------------------------------

    def _delete(self, raw: dict[str, Any]) -> None:
        name = collection_name(raw["project_id"], raw["slug"])
        self._journal.outlast(self._db(), raw["_id"], raw["revision"] + 1, lambda: self._hold(raw))
        self._db().drop_collection(name)
        self._outlast(raw)
        self._db().drop_collection(name)
        Model.objects(id=raw["_id"], pending__delete=True).delete()

    def _outlast(self, raw: dict[str, Any]) -> None:
        """Until nobody writes by the old model any more."""
        self._hold(raw)
        time.sleep(max(0.0, OUTLASTED - (now() - raw["pending"]["since"]).total_seconds()))

    def _rename(self, schema: Schema, old_slug: str) -> None:
        before = self._db()[collection_name(schema.project_id, old_slug)]
        try:
            before.rename(schema.collection)
        except OperationFailure as error:
            if error.code == NAMESPACE_EXISTS:
                self._pour(schema, old_slug)
            elif error.code != NAMESPACE_NOT_FOUND:
                raise
        Model.objects(id=schema.id).update_one(set__pending__moved=True)
        Model._get_collection().update_many(
            {"project_id": schema.project_id, "fields.options.model": old_slug},
            {"$set": {"fields.$[ref].options.model": schema.slug}, "$inc": {"revision": 1}},
            array_filters=[{"ref.options.model": old_slug}],
        )

    def _pour(self, schema: Schema, old_slug: str) -> Records:
        """What was written under the old name after it was renamed; returns the collection of that name."""
        before = self._db()[collection_name(schema.project_id, old_slug)]
        for document in every(before):
            self._add(self._db()[schema.collection], document)
        return before

    def _add(self, collection: Records, document: dict[str, Any]) -> None:
        """Unless it is there. A unique value that another record has by now is theirs."""
        while True:
            try:
                collection.update_one({"_id": document["_id"]}, {"$setOnInsert": document}, upsert=True)
            except DuplicateKeyError as error:
                key = next(iter((error.details or {})["keyPattern"]))
                if key != "_id":
                    document[key] = None
                    continue
            return

    def _move(self, collection: Records, raw: dict[str, Any], wanted: Sequence[Move]) -> None:
        """What the database can do by itself, then what needs a look at each value."""
        for move in wanted:
            old, new = move.old, move.new
            if old is not None and new is None:
                self._all(collection, raw, {old.key: {"$exists": True}}, {"$unset": {old.key: ""}})
            elif old is not None and new is not None and move.renames:
                self._all(collection, raw, {old.key: {"$exists": True}}, {"$rename": {old.key: new.key}})
            elif new is not None and move.fills:
                filled = default_of(new, raw["pending"]["since"])
                empty = {new.key: {"$exists": False} if new.nullable else None}
                self._all(collection, raw, empty, {"$set": {new.key: filled}})
        self._look(collection, raw, wanted)

    def _move_last(self, collection: Records, raw: dict[str, Any], wanted: Sequence[Move], schema: Schema) -> list[str]:
        """Returns fields whose values, with those that came late, are not unique."""
        try:
            self._move(collection, raw, wanted)
        except (DuplicateKeyError, BulkWriteError):
            drop_unique(collection)
            self._move(collection, raw, wanted)
            return synchronize(collection, schema)
        return []

    def _all(self, collection: Records, raw: dict[str, Any], query: dict[str, Any], change: dict[str, Any]) -> None:
        self._hold(raw)
        collection.update_many(query, change | {"$inc": {"_rev": 1}})

    def _look(self, collection: Records, raw: dict[str, Any], wanted: Sequence[Move]) -> None:
        """Until nothing is left to do: meanwhile somebody may have written who knew the old model only."""
        looking = [move for move in wanted if move.looks]
        for _ in range(MOST_PASSES if looking else 0):
            if not self._pass(collection, raw, looking):
                return

    def _pass(self, collection: Records, raw: dict[str, Any], looking: Sequence[Move]) -> int:
        changed, writes = 0, []
        for document in every(collection, {move.key: 1 for move in looking} | {"_rev": 1}):
            if values := self._values(document, raw["pending"], looking):
                # Of what was changed since it was read, the next pass sees the new value.
                same = {"_id": document["_id"], "_rev": document.get("_rev")}
                writes.append(UpdateOne(same, {"$set": values, "$inc": {"_rev": 1}}))
            if len(writes) == CHUNK:
                changed, writes = changed + self._send(collection, raw, writes), []
        return changed + (self._send(collection, raw, writes) if writes else 0)

    def _values(self, document: dict[str, Any], pending: dict[str, Any], looking: Sequence[Move]) -> dict[str, Any]:
        values = {}
        for move in looking:
            kind, becomes = move.outcome(document.get(move.key), pending["since"])
            if kind in ("converted", "back_filled"):
                values[move.key] = becomes
            elif kind == "lost" and pending.get("force"):
                values[move.key] = move.instead(pending["since"])
        return values

    def _send(self, collection: Records, raw: dict[str, Any], writes: list[UpdateOne]) -> int:
        self._hold(raw)
        return collection.bulk_write(writes, ordered=False).matched_count

    def _hold(self, raw: dict[str, Any]) -> None:
        """Still at it: nobody else needs to finish it."""
        Model.objects(id=raw["_id"], pending__ne=None).update_one(set__pending__until=now() + LEASE)

    def _done(self, schema: Schema, refused: list[str]) -> None:
        for key in refused:
            Model._get_collection().update_one(
                {"_id": schema.id, "fields.key": key}, {"$set": {"fields.$.unique": False}}
            )
        Model.objects(id=schema.id).update_one(set__pending=None)


def pending_for(fields: Sequence[dict[str, Any]], slug: str, **more: Any) -> Pending:
    """The mark of a change that begins now. `fields` and `slug` are those before it."""
    moment = now()
    return Pending(old_fields=list(fields), old_slug=slug, since=moment, until=moment + LEASE, **more)
