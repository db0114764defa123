"""HTTP API of records."""

from __future__ import annotations

from typing import Any, Literal

import falcon

from m3m_core import Malformed
from m3m_core.http import page_of, paged, read

from .listing import Asked
from .records import as_json
from .schema import Schema, Schemas
from .schemas import BatchBody, RecordBody
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
    def on_get(self, req: falcon.Request, resp: falcon.Response, project: str, model: str) -> None:
        """List records: `?filter= sort= search= fields= expand= skip_total=`."""
        page, asked = page_of(req), asked_of(req)
        schema, schemas = self._schema(req, model)
        listing = self._service.listing(schemas)
        items = listing.page(schema, asked, page.skip, page.per_page)
        if flag(req, "skip_total"):
            resp.media = paged(items, 0, page) | {"total_items": -1, "total_pages": -1}
        else:
            resp.media = paged(items, listing.total(schema, asked), page)

    def on_post(self, req: falcon.Request, resp: falcon.Response, project: str, model: str, body: RecordBody) -> None:
        """Create a record."""
        schema, schemas = self._schema(req, model)
        resp.media = as_json(schema, self._service.records.create(schema, schemas, body.root))


class RecordResource(Resource):
    def on_get(self, req: falcon.Request, resp: falcon.Response, project: str, model: str, record: str) -> None:
        """One record; `?fields=`, `?expand=`."""
        schema, schemas = self._schema(req, model)
        fields, expand = req.get_param("fields", default=""), req.get_param("expand", default="")
        resp.media = self._service.listing(schemas).one(schema, record, fields, expand)

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
    def on_get(self, req: falcon.Request, resp: falcon.Response, project: str, model: str) -> None:
        """All records as a file; `?format=csv|json`, `?filter= search= fields=`."""
        schema, schemas = self._schema(req, model)
        form = format_of(req, "json")
        asked = Asked(**{name: req.get_param(name, default="") for name in ("filter", "search", "fields")})
        resp.stream = Transfer(self._service, schema, schemas).export(asked, form)
        resp.content_type = CONTENT_TYPES[form]
        resp.downloadable_as = f"{req.context.project.slug}-{schema.slug}.{form}"


class ImportResource(Resource):
    def __init__(self, service: DatastoreService, body_limit: int) -> None:
        super().__init__(service)
        self._limit = body_limit

    def on_post(self, req: falcon.Request, resp: falcon.Response, project: str, model: str) -> None:
        """Records from a CSV or JSON file, sent as the body; `?mode=upsert`, `?dry_run=`, `?skip_errors=`."""
        schema, schemas = self._schema(req, model)
        csv = (req.content_type or "").partition(";")[0].strip().lower() == "text/csv"
        form = format_of(req, "csv" if csv else "json")
        mode = req.get_param("mode", default="create")
        if mode not in ("create", "upsert"):
            raise Malformed("mode is one of create, upsert.")
        done = Transfer(self._service, schema, schemas).load(
            read(req, self._limit),
            form,
            update=mode == "upsert",
            dry_run=flag(req, "dry_run"),
            skip_errors=flag(req, "skip_errors"),
        )
        resp.media = vars(done)


def flag(req: falcon.Request, name: str) -> bool:
    """Raises Malformed for what is neither true nor false."""
    text = req.get_param(name, default="false")
    if text not in ("true", "false"):
        raise Malformed(f"{name} is true or false.")
    return text == "true"


def asked_of(req: falcon.Request) -> Asked:
    return Asked(**{name: req.get_param(name, default="") for name in Asked.__dataclass_fields__})


def format_of(req: falcon.Request, default: Literal["csv", "json"]) -> Literal["csv", "json"]:
    """Raises Malformed."""
    form: Any = req.get_param("format", default=default)
    if form not in CONTENT_TYPES:
        raise Malformed("format is one of csv, json.")
    return form  # type: ignore[no-any-return]  # one of the two


def steps_of(body: BatchBody) -> list[Step]:
    return [
        Step(f"operations.{index}", each["op"], each.get("id"), each.get("data", {}))
        for index, each in enumerate(body.operations)
    ]
