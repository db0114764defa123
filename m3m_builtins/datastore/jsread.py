"""Reading records from JavaScript."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bson import ObjectId

from m3m_core import NotFound, now

from .jsoptions import LARGEST_LIMIT, Options, Wanted
from .limits import QUERY_MS
from .listing import Listing
from .query import Query, plan
from .query.aggregate import pipeline
from .query.execute import calculated, count, fetch
from .query.mongostyle import field_target
from .records import Document, Records, as_json
from .schema import Schema, Schemas
from .values import plain, returned

MOST_WITHOUT_LIMIT = 1000
"""Records that one call gives when it names no limit. When there are more, the run's log says so."""

MOST_DISTINCT = 10_000
DEFAULT_PAGE = 30

Warn = Callable[[str], None]


class Reading:
    """`warn` writes to the run's log."""

    def __init__(self, project_id: str, schemas: Schemas, records: Records, warn: Warn) -> None:
        self._project = project_id
        self._schemas = schemas
        self._records = records
        self._listing = Listing(records, schemas)
        self._warn = warn

    def schema(self, model: str) -> Schema:
        """Raises NotFound with the names of the models that there are."""
        try:
            return self._schemas.get(self._project, model)
        except NotFound:
            known = ", ".join(each.slug for each in self._schemas.all(self._project))
            has = f"it has {known}" if known else "it has none yet"
            message = f'There is no model "{model[:64]}" in this project; {has}.'
            raise NotFound(message, code="model_not_found") from None

    def query(self, schema: Schema, wanted: Wanted, options: Options) -> Query:
        return plan(
            schema,
            self._schemas,
            filter=wanted.text,
            mongo_filter={"id": wanted.id} if wanted.id else wanted.object,
            sort=options.sort,
            fields=options.fields,
            expand=options.expand,
            now=now(),
        )

    def find(self, schema: Schema, wanted: Wanted, options: Options, call: str) -> list[Document]:
        query = self.query(schema, wanted, options)
        limit = options.limit or MOST_WITHOUT_LIMIT
        more = 0 if options.limit else 1
        found = fetch(self._records.collection(schema), query, skip=options.start(limit), limit=limit + more)
        return self._listing.shown(schema, query, self._cut(found, limit, call))

    def _cut(self, found: list[Any], limit: int, call: str) -> list[Any]:
        if len(found) > limit:
            self._warn(f"{call}: there are more than {limit}, and only the first {limit} are given: add a limit")
        return found[:limit]

    def first(self, schema: Schema, wanted: Wanted, options: Options) -> Document | None:
        if wanted.id and not options.fields and not options.expand:
            found = self._records.collection(schema).find_one({"_id": ObjectId(wanted.id)}, max_time_ms=QUERY_MS)
            return None if found is None else as_json(schema, found)
        query = self.query(schema, wanted, options)
        start = options.start(options.limit or 1)
        records = fetch(self._records.collection(schema), query, skip=start, limit=1)
        return self._listing.shown(schema, query, records)[0] if records else None

    def page(self, schema: Schema, wanted: Wanted, options: Options) -> dict[str, Any]:
        """As a list of the API."""
        query = self.query(schema, wanted, options)
        size, number = options.limit or DEFAULT_PAGE, options.page or 1
        collection = self._records.collection(schema)
        total = count(collection, query)
        found = fetch(collection, query, skip=(number - 1) * size, limit=size)
        items = self._listing.shown(schema, query, found)
        return {
            "items": items,
            "page": number,
            "per_page": size,
            "total_items": total,
            "total_pages": -(-total // size),
        }

    def count(self, schema: Schema, wanted: Wanted) -> int:
        return count(self._records.collection(schema), self.query(schema, wanted, Options()))

    def distinct(self, schema: Schema, field: str, wanted: Wanted, call: str) -> list[Any]:
        """The different values in order, without null; a list counts with each of its items."""
        key = field_target(schema, field).key
        query = self.query(schema, wanted, Options())
        stages = [
            {"$match": query.match},
            *query.stages,
            {"$unwind": f"${key}"},
            {"$group": {"_id": f"${key}"}},
            {"$match": {"_id": {"$ne": None}}},
            {"$sort": {"_id": 1}},
            {"$limit": MOST_DISTINCT + 1},
        ]
        found = [each["_id"] for each in self._aggregate(schema, stages)]
        spec = schema.fields.get(field)
        return [told(each) if spec is None else returned(spec, each) for each in self._cut(found, MOST_DISTINCT, call)]

    def aggregate(self, schema: Schema, given: Any, call: str) -> list[Any]:
        made = pipeline(schema, given)
        limit = LARGEST_LIMIT if any("$limit" in stage for stage in made.stages) else MOST_WITHOUT_LIMIT
        found = self._cut(self._aggregate(schema, [*made.stages, {"$limit": limit + 1}]), limit, call)
        return [as_json(schema, each) if made.gives_records else told(each) for each in found]

    def _aggregate(self, schema: Schema, stages: list[dict[str, Any]]) -> list[Any]:
        with calculated():
            collection = self._records.collection(schema)
            return list(collection.aggregate(stages, maxTimeMS=QUERY_MS, allowDiskUse=True))


def told(value: Any) -> Any:
    """Ids and dates as texts, at any depth."""
    if isinstance(value, dict):
        return {key: told(item) for key, item in value.items()}
    if isinstance(value, list):
        return [told(item) for item in value]
    return plain(value)
