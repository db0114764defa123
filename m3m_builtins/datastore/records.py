"""The rules about single records."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from bson import ObjectId
from pymongo import ReturnDocument
from pymongo.collection import Collection
from pymongo.database import Database

from m3m_core import Conflict, Invalid, NotFound, now, rfc3339

from . import references, values
from .counts import Counts
from .faults import translated
from .files import Files
from .journal import UNMARKED
from .limits import QUERY_MS
from .references import Deletion
from .room import Room
from .schema import LIKE_ID, Schema, Schemas
from .transactions import Session, Transactions
from .validation import Checked, check_changes, check_new

Document = dict[str, Any]
Change = tuple[str, str, str]
"""A model's slug, a record's id, and created, updated or deleted."""

Announce = Callable[[str, list[Change]], None]


class Records:
    """`announce` tells others what changed in a project, after the fact."""

    def __init__(
        self,
        db: Callable[[], Database[Document]],
        transactions: Transactions,
        files: Files,
        counts: Counts,
        room: Room,
        announce: Announce,
    ) -> None:
        self._open = db
        self._transactions = transactions
        self.files = files
        self._counts = counts
        self.room = room
        self._announce = announce

    @property
    def db(self) -> Database[Document]:
        return self._open()

    def collection(self, schema: Schema) -> Collection[Document]:
        return self.db[schema.collection]

    def count(self, schema: Schema) -> int:
        """All of them."""
        return self._counts.of(self.collection(schema), schema.id, schema.revision)

    def get(self, schema: Schema, record_id: str, project: Mapping[str, int] | None = None) -> Document:
        """The stored document, or the part of it that `project` names. Raises NotFound."""
        found = self.collection(schema).find_one({"_id": object_id(record_id)}, project, max_time_ms=QUERY_MS)
        if found is None:
            raise _no_such(record_id)
        return found

    def create(self, schema: Schema, schemas: Schemas, data: Mapping[str, Any]) -> Document:
        """The stored document. Raises Invalid with every wrong field, TooLarge."""
        self.room.check()
        moment = now()
        record_id = ObjectId()

        def work(session: Session) -> Document:
            checked = check_new(schema, data, moment)
            document = new_document(checked, checked.given.id or record_id, moment)
            references.check_targets(self.db, schemas, schema, [checked], session, {document["_id"]})
            self.files.check(self.collection(schema), schema, [(checked, None)], session)
            raise_wrong(checked)
            with translated():
                self.collection(schema).insert_one(document, session=session)
            return document

        document = self._transactions.run(work, needed=references.leads_anywhere(schema, data))
        schemas.confirm(schema)
        self._announce(schema.project_id, [(schema.slug, str(document["_id"]), "created")])
        return document

    def update(self, schema: Schema, schemas: Schemas, record_id: str, data: Mapping[str, Any]) -> Document:
        """Change the given keys; the stored document.

        Raises Invalid with every wrong field, NotFound, TooLarge, Conflict when `revision` or `updated_at` is given
        and somebody has saved since.
        """
        wanted = object_id(record_id)
        self.room.check()

        def work(session: Session) -> Document | None:
            checked = check_changes(schema, data)
            references.check_targets(self.db, schemas, schema, [checked], session)
            self.files.check(self.collection(schema), schema, [(checked, wanted)], session)
            if checked.wrong or checked.given.id or checked.given.created_at:
                check_read_only(checked, self.get(schema, record_id))
                raise_wrong(checked)
            with translated():
                found: Document | None = self.collection(schema).find_one_and_update(
                    {"_id": wanted} | unchanged_since(checked),
                    change_of(checked, now()),
                    return_document=ReturnDocument.AFTER,
                    session=session,
                    maxTimeMS=QUERY_MS,
                )
            return found

        document = self._transactions.run(work, needed=references.leads_anywhere(schema, data))
        schemas.confirm(schema)
        if document is None:
            raise stale(self.get(schema, record_id).get("_rev"))
        self._announce(schema.project_id, [(schema.slug, record_id, "updated")])
        return document

    def delete(self, schema: Schema, schemas: Schemas, record_id: str) -> None:
        """Delete it and what hangs on it. Raises NotFound, Conflict when a ref forbids it."""
        wanted = object_id(record_id)

        def work(session: Session) -> Mapping[str, set[ObjectId]]:
            if self.collection(schema).find_one({"_id": wanted}, {"_id": 1}, session=session) is None:
                raise _no_such(record_id)
            return Deletion(self.db, schemas, session).run(schema, {wanted})

        gone = self._transactions.run(work)
        self._announce(schema.project_id, deleted_changes(gone))


def object_id(text: str) -> ObjectId:
    """Raises NotFound for what is no id: nothing can be there."""
    if not LIKE_ID.fullmatch(text):
        raise _no_such(text)
    return ObjectId(text)


def new_document(checked: Checked, record_id: ObjectId, moment: datetime) -> Document:
    return {"_id": record_id, **checked.values, "created_at": moment, "updated_at": moment, "_rev": 1}


def change_of(checked: Checked, moment: datetime, mark: Mapping[str, str] | None = None) -> Document:
    """`mark` is that of an import."""
    change: Document = {"$set": checked.values | {"updated_at": moment}, "$inc": {"_rev": 1}}
    return change | ({"$set": change["$set"] | mark} if mark else {"$unset": UNMARKED})


def unchanged_since(checked: Checked) -> Document:
    """The condition that nobody has saved since the copy that the request is made from."""
    known = {"_rev": checked.given.revision, "updated_at": checked.given.updated_at}
    return {key: value for key, value in known.items() if value is not None}


def check_read_only(checked: Checked, current: Mapping[str, Any]) -> None:
    """The id and the time of creation may be sent along, as they are."""
    for key, given, kept in (
        ("id", checked.given.id, current["_id"]),
        ("created_at", checked.given.created_at, current["created_at"]),
    ):
        if given is not None and given != kept:
            checked.refuse(key, "read_only", "Cannot be changed.")


def raise_wrong(checked: Checked) -> None:
    if checked.wrong:
        raise Invalid("Some values are not accepted.", fields=checked.wrong)


def deleted_changes(gone: Mapping[str, Iterable[ObjectId]]) -> list[Change]:
    return [(slug, str(each), "deleted") for slug, ids in gone.items() for each in ids]


def as_json(schema: Schema, document: Mapping[str, Any], keys: Iterable[str] | None = None) -> Document:
    """The record as the API returns it. With `keys`, only those, and always the id.

    A field that the document lacks is null: its model got it after the record was written.
    """
    told: Document = {"id": str(document["_id"])}
    wanted = None if keys is None else set(keys)
    for key, spec in schema.fields.items():
        if wanted is None or key in wanted:
            told[key] = values.returned(spec, document.get(key))
    if wanted is None or "created_at" in wanted:
        told["created_at"] = rfc3339(document["created_at"])
    if wanted is None or "updated_at" in wanted:
        told["updated_at"] = rfc3339(document["updated_at"])
    if wanted is None or "revision" in wanted:
        told["revision"] = document.get("_rev", 1)
    return told


def stale(revision: int | None) -> Conflict:
    return Conflict(
        f"The record was changed meanwhile: it is at revision {revision}. Load it and make your change again.",
        code="stale_revision",
        details={"revision": revision},
    )


def _no_such(record_id: str) -> NotFound:
    return NotFound(f"There is no record {record_id[:24]}.", code="record_not_found")
