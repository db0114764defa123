"""Refs between records: what they lead to must exist, and what becomes of them when that is deleted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bson import ObjectId
from pymongo.database import Database

from m3m_core import Conflict, now

from . import walk
from .journal import UNMARKED
from .limits import QUERY_MS
from .schema import Field, Schema, Schemas
from .transactions import Session
from .validation import Checked

MOST_CASCADED = 10_000
"""Records that one deletion may take with it, and records whose refs it may take away."""

Ids = set[ObjectId]


def check_targets(
    db: Database[dict[str, Any]],
    schemas: Schemas,
    schema: Schema,
    rows: Iterable[Checked],
    session: Session = None,
    created: Ids | None = None,
    mark: Mapping[str, str] | None = None,
) -> None:
    """Refuse every ref of the rows to a record that does not exist. `created` exist as soon as this is done, and `mark`
    is that of the import which does it.

    In a transaction, those that exist stay until its end: whoever deletes one of them meanwhile comes first or last.
    """
    rows = list(rows)
    for spec in schema.refs():
        wanted = {each for row in rows for each in _ids(row.values.get(spec.key))}
        if not wanted:
            continue
        missing = wanted - _held(db, schemas.get(schema.project_id, spec.target or ""), wanted, session, mark)
        if spec.target == schema.slug and created:
            missing -= created
        for row in rows if missing else ():
            if lost := [str(each) for each in _ids(row.values.get(spec.key)) if each in missing]:
                row.refuse(spec.key, "unknown_ref", f"There is no record {', '.join(lost)} in {spec.target}.")


def refuse_lost(schema: Schema, rows: Sequence[tuple[ObjectId | None, Checked]]) -> None:
    """Refuse rows that refer to one of the others which is refused itself, and is therefore never made.

    Each comes with the id that it makes, or None when there is a record already.
    """
    referring: dict[ObjectId, list[tuple[str, ObjectId | None, Checked]]] = {}
    for made, row in rows:
        for spec in schema.refs():
            for each in _ids(row.values.get(spec.key)) if spec.target == schema.slug else ():
                referring.setdefault(each, []).append((spec.key, made, row))
    lost = list({made for made, row in rows if made and row.wrong} - {made for made, row in rows if not row.wrong})
    while lost:
        gone = lost.pop()
        for key, made, row in referring.get(gone, ()):
            if made and not row.wrong:
                lost.append(made)
            row.refuse(key, "unknown_ref", f"The row of the record {gone} is refused.")


@dataclass
class Deletion:
    """Deletes records with what hangs on them. `taken` are all that go, by model, in the order they were found."""

    db: Database[dict[str, Any]]
    schemas: Schemas
    session: Session = None
    taken: dict[str, Ids] = field(default_factory=dict)

    def run(self, schema: Schema, ids: Ids) -> dict[str, Ids]:
        """Raises Conflict when a ref forbids it, or when too many records would go. Nothing is changed then."""
        models = {each.slug: each for each in self.schemas.all(schema.project_id)}
        referring: dict[str, list[tuple[Schema, Field]]] = {}
        for model in models.values():
            for spec in model.refs():
                referring.setdefault(spec.target or "", []).append((model, spec))
        models.setdefault(schema.slug, schema)  # it may have got another name in this moment
        self._collect(schema, ids, referring)
        self._check_restricted(referring)
        self._check_nulled(referring)
        self._set_null(referring)
        for slug, gone in reversed(self.taken.items()):
            self.db[models[slug].collection].delete_many({"_id": {"$in": list(gone)}}, session=self.session)
        return self.taken

    def _collect(self, schema: Schema, ids: Ids, referring: Mapping[str, list[tuple[Schema, Field]]]) -> None:
        waiting = [(schema, ids)]
        while waiting:
            model, found = waiting.pop()
            fresh = found - self.taken.get(model.slug, set())
            self.taken.setdefault(model.slug, set()).update(fresh)
            if sum(map(len, self.taken.values())) > len(ids) + MOST_CASCADED:
                raise Conflict(
                    f"More than {MOST_CASCADED} other records would be deleted with it. Delete those first.",
                    code="cascade_too_large",
                )
            for other, spec in referring.get(model.slug, ()) if fresh else ():
                if spec.options.get("on_delete") == "cascade":
                    waiting.append((other, self._referrers(other, spec, fresh)))

    def _check_restricted(self, referring: Mapping[str, list[tuple[Schema, Field]]]) -> None:
        held: dict[str, int] = {}
        for model, spec, gone in self._touched(referring, "restrict"):
            query = self._holding(model, spec, gone)
            count = self.db[model.collection].count_documents(query, session=self.session, maxTimeMS=QUERY_MS)
            if count:
                held[model.slug] = held.get(model.slug, 0) + count
        if held:
            told = ", ".join(f"{count} of {slug}" for slug, count in held.items())
            raise Conflict(f"Other records refer to it: {told}.", code="referenced", details={"referenced_by": held})

    def _check_nulled(self, referring: Mapping[str, list[tuple[Schema, Field]]]) -> None:
        left = MOST_CASCADED
        for model, spec, gone in self._touched(referring, "set_null"):
            query, limits = self._holding(model, spec, gone), {"limit": left + 1, "maxTimeMS": QUERY_MS}
            left -= self.db[model.collection].count_documents(query, session=self.session, **limits)
            if left < 0:
                raise Conflict(
                    f"More than {MOST_CASCADED} other records refer to it. Take their refs away first.",
                    code="cascade_too_large",
                )

    def _set_null(self, referring: Mapping[str, list[tuple[Schema, Field]]]) -> None:
        for model, spec, gone in self._touched(referring, "set_null"):
            change: dict[str, Any] = {"$set": {"updated_at": now()}, "$inc": {"_rev": 1}, "$unset": UNMARKED}
            if spec.many:
                change["$pull"] = {spec.key: {"$in": list(gone)}}
            else:
                change["$set"][spec.key] = None
            query = self._holding(model, spec, gone)
            self.db[model.collection].update_many(query, change, session=self.session)

    def _touched(
        self, referring: Mapping[str, list[tuple[Schema, Field]]], policy: str
    ) -> Iterable[tuple[Schema, Field, Ids]]:
        for slug, gone in self.taken.items():
            for model, spec in referring.get(slug, ()):
                if spec.options.get("on_delete", "restrict") == policy:
                    yield model, spec, gone

    def _holding(self, model: Schema, spec: Field, gone: Ids) -> dict[str, Any]:
        query: dict[str, Any] = {spec.key: {"$in": list(gone)}}
        if model.slug in self.taken:
            query["_id"] = {"$nin": list(self.taken[model.slug])}
        return query

    def _referrers(self, model: Schema, spec: Field, ids: Ids) -> Ids:
        """Those that refer to any of the records; of too many, one more than is allowed."""
        query = {spec.key: {"$in": list(ids)}}
        found = self.db[model.collection].find(query, {"_id": 1}, session=self.session, max_time_ms=QUERY_MS)
        return {raw["_id"] for raw in found.limit(MOST_CASCADED + 1)}


def _ids(value: Any) -> Iterable[ObjectId]:
    if isinstance(value, list):
        return value
    return () if value is None else (value,)


def leads_anywhere(schema: Schema, data: Mapping[str, Any]) -> bool:
    """Whether any ref is given, or would be filled in."""
    return any(data.get(spec.key, spec.default_value) for spec in schema.refs())


def _held(
    db: Database[dict[str, Any]], target: Schema, wanted: Ids, session: Session, mark: Mapping[str, str] | None
) -> Ids:
    """Those that exist. A transaction that only looks at a record does not keep others from deleting it; one that
    writes to it does. Nor is it taken away any more by undoing the import that made it."""
    records = db[target.collection]
    if session is not None:
        change: dict[str, Any] = {"$set": {"_held": ObjectId()}} | ({} if mark else {"$unset": UNMARKED})
        queries = ({"_id": {"$in": part}} for part in walk.portions(wanted))
        if sum(records.update_many(each, change, session=session).matched_count for each in queries) == len(wanted):
            return wanted
    return {raw["_id"] for raw in walk.having(records, "_id", wanted, {"_id": 1}, session)}
