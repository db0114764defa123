"""Records follow their model. Every step may be done again, so whoever finds a change half done can finish it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from logging import Logger
from typing import Any

from pymongo import UpdateOne
from pymongo.collection import Collection
from pymongo.database import Database
from pymongo.errors import OperationFailure

from m3m_core import now

from .documents import Model, Pending
from .indexes import synchronize
from .limits import CHUNK
from .moves import Move, moves
from .reports import every
from .schema import Field, Schema, collection_name, schema_of
from .validation import default_of

LEASE = timedelta(seconds=30)
MOST_PASSES = 5
NAMESPACE_NOT_FOUND, NAMESPACE_EXISTS = 26, 48

Records = Collection[dict[str, Any]]


class Migration:
    def __init__(self, db: Callable[[], Database[dict[str, Any]]], log: Logger) -> None:
        self._db = db
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
        pending = raw["pending"]
        if pending.get("delete"):
            self._delete(raw)
            return []
        schema = schema_of(raw)
        if pending["old_slug"] != schema.slug:
            self._rename(schema, pending["old_slug"])
        collection = self._db()[schema.collection]
        # Twice: a request that came before the change may have written since, and what is done already is quick.
        old = [Field.of(each) for each in pending.get("old_fields", ())]
        wanted = list(moves(old, list(schema.fields.values()), pending.get("renamed", {})))
        self._move(collection, raw, wanted)
        refused = synchronize(collection, schema)
        self._move(collection, raw, wanted)
        self._done(schema, refused)
        return refused

    # ---- steps -------------------------------------------------------------------------------------------------------

    def _delete(self, raw: dict[str, Any]) -> None:
        name = collection_name(raw["project_id"], raw["slug"])
        self._db().drop_collection(name)
        Model.objects(id=raw["_id"], pending__delete=True).delete()

    def _rename(self, schema: Schema, old_slug: str) -> None:
        before = self._db()[collection_name(schema.project_id, old_slug)]
        try:
            before.rename(schema.collection)
        except OperationFailure as error:
            if error.code == NAMESPACE_EXISTS:
                self._pour(before, self._db()[schema.collection])
            elif error.code != NAMESPACE_NOT_FOUND:
                raise
        Model._get_collection().update_many(
            {"project_id": schema.project_id, "fields.options.model": old_slug},
            {"$set": {"fields.$[ref].options.model": schema.slug}, "$inc": {"revision": 1}},
            array_filters=[{"ref.options.model": old_slug}],
        )

    def _pour(self, before: Records, after: Records) -> None:
        """What was written under the old name after it was renamed."""
        for document in before.find():
            after.update_one({"_id": document["_id"]}, {"$setOnInsert": document}, upsert=True)
        before.drop()

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
        for document in every(collection, {move.key: 1 for move in looking}):
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
