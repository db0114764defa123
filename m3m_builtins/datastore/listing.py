"""Records in pages, with filter, sort, search, fields and expand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

from bson import ObjectId
from pymongo.collection import Collection

from m3m_core import now

from .limits import CHUNK
from .query.budget import Budget
from .query.execute import count, fetch, parts
from .query.expand import attach
from .query.plan import Query, all_of, plan
from .records import Document, Records, as_json
from .schema import Schema, Schemas


@dataclass(frozen=True)
class Asked:
    """What a reader wants, as it was written."""

    filter: str = ""
    sort: str = ""
    search: str = ""
    fields: str = ""
    expand: str = ""


class Listing:
    def __init__(self, records: Records, schemas: Schemas) -> None:
        self._records = records
        self._schemas = schemas

    def page(self, schema: Schema, query: Query, skip: int, limit: int) -> list[Document]:
        """A part of the records as JSON. Raises Malformed."""
        budget = Budget()
        found = fetch(self._records.collection(schema), query, skip=skip, limit=limit, budget=budget)
        return self.shown(schema, query, found, budget)

    def total(self, schema: Schema, query: Query) -> int:
        """How many there are. Of a whole collection the database knows it, otherwise it counts."""
        collection = self._records.collection(schema)
        if query.match or query.stages:
            return count(collection, query)
        return self._records.count(schema)

    def one(self, schema: Schema, record_id: str, fields: str = "", expand: str = "") -> Document:
        """Raises NotFound, Malformed."""
        query = self.plan(schema, Asked(fields=fields, expand=expand))
        return self.shown(schema, query, [self._records.get(schema, record_id, query.project)])[0]

    def everything(self, schema: Schema, asked: Asked) -> Iterator[list[Document]]:
        """All records as JSON, in the order of their ids, some at a time: no query of it is long. Raises Malformed."""
        chunks = self._chunks(schema, self.plan(schema, asked))
        # The first is read at once: what is wrong with the query is known before an answer begins.
        return chain([next(chunks, [])], chunks)

    def _chunks(self, schema: Schema, query: Query) -> Iterator[list[Document]]:
        collection, last = self._records.collection(schema), None
        while True:
            after: list[Any] = [] if last is None else [{"_id": {"$gt": last}}]
            match = all_of([*after, query.match])
            found = self._next(collection, replace(query, match=match, sort=(("_id", 1),)))
            if not found:
                return
            yield self.shown(schema, query, found)
            last = found[-1]["_id"]

    def _next(self, collection: Collection[Document], query: Query) -> list[Document]:
        """The first records, as many as are no burden."""
        found: list[Document] = []
        budget = Budget()
        for part, size in parts(collection, query, limit=CHUNK):
            found += part
            budget.count(size)
            if budget.is_spent:
                break
        return found

    def plan(self, schema: Schema, asked: Asked) -> Query:
        return plan(schema, self._schemas, **vars(asked), now=now())

    def shown(
        self, schema: Schema, query: Query, found: list[Document], budget: Budget | None = None
    ) -> list[Document]:
        """As JSON, with the records behind refs that were asked for."""
        keys = {name.partition(".")[0] for name in query.fields} or None
        records = [as_json(schema, each, keys) for each in found]
        attach(found, records, query.expand, self._behind, as_json, budget or Budget())
        return records

    def _behind(self, schema: Schema, ids: list[ObjectId]) -> Iterable[Document]:
        return fetch(self._records.collection(schema), Query({"_id": {"$in": ids}}), budget=Budget())
