"""HTTP API of records."""

from __future__ import annotations

import falcon

from m3m_core.http import paged, read

from .listing import Asked
from .records import as_json
from .schema import Schema, Schemas
from .schemas import BatchBody, ExportQuery, ImportQuery, RecordBody, RecordQuery, RecordsQuery
from .service import DatastoreService
from .steps import Step
from .transfer import Transfer

CONTENT_TYPES = {"csv": "text/csv; charset=utf-8", "json": "application/json"}


class Resource:
    def __init__(self, service: DatastoreService) -> None:
        self._service = service

    def _schema(self, req: falcon.Request, model: str) -> tuple[Schema, Schemas]:
        schemas = self._service.models.schemas()
        return schemas.get(req.context.project.id, model, req.context.looked_up.get("model")), schemas


class RecordsResource(Resource):
    def on_get(self, req: falcon.Request, resp: falcon.Response, project: str, model: str, query: RecordsQuery) -> None:
        """List records: `?filter= sort= search= fields= expand= skip_total=`."""
        schema, schemas = self._schema(req, model)
        listing = self._service.listing(schemas)
        plan = listing.plan(schema, Asked(query.filter, query.sort, query.search, query.fields, query.expand))
        items = listing.page(schema, plan, query.skip, query.per_page)
        resp.media = paged(items, None if query.skip_total else listing.total(schema, plan), query)

    def on_post(self, req: falcon.Request, resp: falcon.Response, project: str, model: str, body: RecordBody) -> None:
        """Create a record."""
        schema, schemas = self._schema(req, model)
        resp.media = as_json(schema, self._service.records.create(schema, schemas, body.root))


class RecordResource(Resource):
    def on_get(
        self, req: falcon.Request, resp: falcon.Response, project: str, model: str, record: str, query: RecordQuery
    ) -> None:
        """One record; `?fields=`, `?expand=`."""
        schema, schemas = self._schema(req, model)
        resp.media = self._service.listing(schemas).one(schema, record, query.fields, query.expand)

    def on_put(
        self, req: falcon.Request, resp: falcon.Response, project: str, model: str, record: str, body: RecordBody
    ) -> None:
        """Change the given fields of a record; with `revision`, only if nobody has saved since."""
        schema, schemas = self._schema(req, model)
        resp.media = as_json(schema, self._service.records.update(schema, schemas, record, body.root))

    def on_delete(self, req: falcon.Request, resp: falcon.Response, project: str, model: str, record: str) -> None:
        """Delete a record, with what its refs say."""
        schema, schemas = self._schema(req, model)
        self._service.records.delete(schema, schemas, record)


class BatchResource(Resource):
    def on_post(self, req: falcon.Request, resp: falcon.Response, project: str, model: str, body: BatchBody) -> None:
        """Create, update, upsert and delete many records at once: all of them or none."""
        schema, schemas = self._schema(req, model)
        outcome = self._service.batch(schema, schemas, steps_of(body))
        resp.media = {
            "results": [{"op": kind, "id": record_id} for _, record_id, kind in outcome.changes],
            **{kind: outcome.count(kind) for kind in ("created", "updated", "deleted")},
            "cascaded": len(outcome.cascaded),
        }


class ExportResource(Resource):
    def on_get(self, req: falcon.Request, resp: falcon.Response, project: str, model: str, query: ExportQuery) -> None:
        """All records as a file; `?format=csv|json`, `?filter= search= fields=`."""
        schema, schemas = self._schema(req, model)
        asked = Asked(query.filter, search=query.search, fields=query.fields)
        resp.stream = Transfer(self._service, schema, schemas).export(asked, query.format)
        resp.content_type = CONTENT_TYPES[query.format]
        resp.downloadable_as = f"{req.context.project.slug}-{schema.slug}.{query.format}"


class ImportResource(Resource):
    def __init__(self, service: DatastoreService, body_limit: int) -> None:
        super().__init__(service)
        self._limit = body_limit

    def on_post(self, req: falcon.Request, resp: falcon.Response, project: str, model: str, query: ImportQuery) -> None:
        """Records from a CSV or JSON file, sent as the body; `?mode=upsert`, `?dry_run=`, `?skip_errors=`."""
        schema, schemas = self._schema(req, model)
        is_csv = (req.content_type or "").partition(";")[0].strip().lower() == "text/csv"
        done = Transfer(self._service, schema, schemas).load(
            read(req, self._limit),
            query.format or ("csv" if is_csv else "json"),
            update=query.mode == "upsert",
            dry_run=query.dry_run,
            skip_errors=query.skip_errors,
        )
        resp.media = vars(done)


def steps_of(body: BatchBody) -> list[Step]:
    return [
        Step(f"operations.{index}", each["op"], each.get("id"), each.get("data", {}))
        for index, each in enumerate(body.operations)
    ]
