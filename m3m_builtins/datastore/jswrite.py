"""Writing records from JavaScript, by the rules of the API."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any

from bson import ObjectId
from pymongo import ReturnDocument

from m3m_core import Invalid, NotFound, field, now

from . import faults, references
from .amounts import amount_of, within
from .journal import MARK
from .jsoptions import NONE, Options, Wanted, record_of, said_by, wrong
from .jsread import Reading
from .limits import MOST_OPERATIONS, QUERY_MS
from .query import Query
from .query.execute import fetch, ids, translated
from .query.plan import all_of
from .records import Change, Document, as_json, change_of, deleted_changes, raise_wrong, stale, unchanged_since
from .references import Deletion
from .schema import NUMBERS, Schema, Schemas
from .service import DatastoreService
from .steps import Step
from .transactions import Session, in_time
from .validation import Checked, check_changes

MANY_SECONDS = 25.0
"""For a change of many records at once."""


class Writing:
    def __init__(self, service: DatastoreService, schemas: Schemas, reading: Reading) -> None:
        self._service = service
        self._records = service.records
        self._schemas = schemas
        self._reading = reading

    # ---- new records ----

    def insert(self, schema: Schema, data: Any) -> Document:
        return as_json(schema, self._records.create(schema, self._schemas, record_of(data)))

    def insert_many(self, schema: Schema, rows: Any) -> list[Document]:
        """All or none. In the order of the rows."""
        if not isinstance(rows, list) or len(rows) > MOST_OPERATIONS:
            raise wrong(f"insertMany wants a list of at most {MOST_OPERATIONS} records")
        if not rows:
            return []
        steps = [Step(str(index), "create", None, record_of(row)) for index, row in enumerate(rows)]
        try:
            outcome = self._service.batch(schema, self._schemas, steps)
        except Invalid as error:
            fields = {path.replace(".data.", ".", 1): each for path, each in error.fields.items()}
            raise Invalid(error.message, code=error.code, fields=fields) from error
        made = [ObjectId(each) for _, each, _ in outcome.changes]
        found = self._records.collection(schema).find({"_id": {"$in": made}}, max_time_ms=QUERY_MS)
        known = {each["_id"]: as_json(schema, each) for each in found}
        return [known[each] for each in made if each in known]

    # ---- one record ----

    def update(self, schema: Schema, wanted: Wanted, data: Any, options: Options = NONE) -> Document | None:
        """Change the first that the filter finds, in one step: nobody comes between. None when there is none."""
        if wanted.id:
            try:
                return as_json(schema, self._records.update(schema, self._schemas, wanted.id, record_of(data)))
            except NotFound:
                return None
        query = self._reading.query(schema, wanted, options)

        def work(session: Session) -> Document | None:
            checked = self._checked(schema, data, session)
            return self._first_changed(schema, query, change_of(checked, now()), as_given(checked), session)

        needed = references.leads_anywhere(schema, record_of(data))
        found = self._service.transactions.run(work, needed=needed)
        if found is None:
            self._check_stale(schema, query, check_changes(schema, record_of(data)))
        return self._shown(schema, found)

    def _check_stale(self, schema: Schema, query: Query, checked: Checked) -> None:
        """Raises Conflict when what was not found is there, but no longer as it was said to be."""
        if unchanged_since(checked):
            match = all_of([query.match, same_record(checked)])
            known = dataclasses.replace(query, match=match, project={"_rev": 1})
            for each in fetch(self._records.collection(schema), known, limit=1):
                raise stale(each.get("_rev"))

    def _first_changed(
        self, schema: Schema, query: Query, change: Any, also: Mapping[str, Any], session: Session = None
    ) -> Document | None:
        self._records.room.check()
        match = [query.match, dict(also)]
        if query.stages:
            found = ids(self._records.collection(schema), query, limit=1)
            match.append({"_id": {"$in": found}})
        with writing():
            document: Document | None = self._records.collection(schema).find_one_and_update(
                all_of(match),
                change,
                sort=query.sort,
                return_document=ReturnDocument.AFTER,
                session=session,
                maxTimeMS=QUERY_MS,
            )
        self._schemas.confirm(schema)
        return document

    def _shown(self, schema: Schema, document: Document | None) -> Document | None:
        if document is None:
            return None
        self._announce(schema, [document["_id"]], "updated")
        return as_json(schema, document)

    def upsert(self, schema: Schema, wanted: Wanted, data: Any) -> Document:
        """Change the first, or else insert the data with what the filter says by plain values."""
        found = self.update(schema, wanted, data)
        if found is not None:
            return found
        try:
            return self.insert(schema, said_by(wanted) | record_of(data))
        except Invalid as error:
            # somebody else has inserted it in this moment
            if any(each["code"] == "duplicate" for each in error.fields.values()):
                found = self.update(schema, wanted, data)
            if found is None:
                raise
            return found

    def increment(self, schema: Schema, wanted: Wanted, key: str, by: Any) -> Document | None:
        """Add to a number in one step; a missing one counts as 0. None when there is no such record."""
        spec = schema.fields.get(key)
        if spec is None or spec.type not in NUMBERS:
            raise wrong(f'increment wants a field of numbers, and "{key[:64]}" of {schema.slug} is none')
        amount = amount_of(spec, by)
        query = self._reading.query(schema, wanted, NONE)
        after = {"$add": [{"$ifNull": [f"${key}", 0]}, amount]}
        set_ = {key: after, "updated_at": now(), "_rev": {"$add": [{"$ifNull": ["$_rev", 0]}, 1]}}
        change = [{"$set": set_}, {"$unset": MARK}]
        found = self._shown(schema, self._first_changed(schema, query, change, within(spec, after)))
        if found is None and ids(self._records.collection(schema), query, limit=1):
            message = f"{key} would leave the range that it may have."
            raise Invalid(message, fields={key: field("out_of_range", message)})
        return found

    def delete(self, schema: Schema, wanted: Wanted) -> bool:
        """Delete the first that the filter finds, with what its refs say. False when there is none."""
        if wanted.id:
            found = [ObjectId(wanted.id)]
        else:
            found = ids(self._records.collection(schema), self._reading.query(schema, wanted, NONE), limit=1)
        try:
            for each in found:
                self._records.delete(schema, self._schemas, str(each))
        except NotFound:
            return False
        return bool(found)

    # ---- many records ----

    def update_many(self, schema: Schema, wanted: Wanted, data: Any) -> int:
        """The same change for all. How many there were."""
        self._records.room.check()
        checked = self._checked(schema, data)
        if as_given(checked):
            raise wrong("updateMany changes fields, not id, revision or times")
        query = self._reading.query(schema, wanted, NONE)
        collection, refers = self._records.collection(schema), references.leads_anywhere(schema, record_of(data))
        with writing():
            if not query.stages and not self._service.anybody_listens and not refers:
                changed = collection.update_many(query.match, change_of(checked, now())).matched_count
                self._schemas.confirm(schema)
                return changed
            changed = 0
            for part in parts(ids(collection, query, seconds=MANY_SECONDS)):
                work = partial(self._change_part, schema, part, data)
                changed += self._service.transactions.run(work, needed=refers)
                self._announce(schema, part, "updated")
            return changed

    def _change_part(self, schema: Schema, part: list[ObjectId], data: Any, session: Session) -> int:
        change = change_of(self._checked(schema, data, session), now())
        query = {"_id": {"$in": part}}
        changed = self._records.collection(schema).update_many(query, change, session=session).matched_count
        self._schemas.confirm(schema)
        return changed

    def delete_many(self, schema: Schema, wanted: Wanted) -> int:
        """Delete all that the filter finds, with what their refs say. How many there were."""
        query = self._reading.query(schema, wanted, NONE)
        found = ids(self._records.collection(schema), query, seconds=MANY_SECONDS)
        for part in parts(found):
            gone = self._service.transactions.run(partial(self._delete_part, schema, set(part)))
            self._service.announce(schema.project_id, deleted_changes(gone))
        return len(found)

    def _delete_part(self, schema: Schema, part: set[ObjectId], session: Session) -> Mapping[str, set[ObjectId]]:
        return Deletion(self._records.db, self._schemas, session).run(schema, part)

    # ---- what they share ----

    def _checked(self, schema: Schema, data: Any, session: Session = None) -> Checked:
        checked = check_changes(schema, record_of(data))
        references.check_targets(self._records.db, self._schemas, schema, [checked], session)
        self._records.files.check(self._records.collection(schema), schema, [(checked, None)], session)
        raise_wrong(checked)
        return checked

    def _announce(self, schema: Schema, changed: Iterable[ObjectId], kind: str) -> None:
        changes: list[Change] = [(schema.slug, str(each), kind) for each in changed]
        self._service.announce(schema.project_id, changes)


def as_given(checked: Checked) -> dict[str, Any]:
    """What was said of the keys that the server sets: only a record where it is still so is changed."""
    return unchanged_since(checked) | same_record(checked)


def same_record(checked: Checked) -> dict[str, Any]:
    said = {"_id": checked.given.id, "created_at": checked.given.created_at}
    return {key: value for key, value in said.items() if value is not None}


def parts(found: Sequence[Any]) -> Iterable[list[Any]]:
    size = MOST_OPERATIONS
    return (list(found[at : at + size]) for at in range(0, len(found), size))


@contextmanager
def writing() -> Iterator[None]:
    """A write with a time limit; what the database refuses, in the words of fields."""
    with translated(), faults.translated(), in_time(MANY_SECONDS):
        yield
