"""HTTP API of models and records."""

from __future__ import annotations

from typing import Any

import falcon

from m3m_core import LARGEST_BODY, Operation, Route
from m3m_core.http import Paged, Search, paged

from .data_routes import BatchResource, ExportResource, ImportResource, RecordResource, RecordsResource, Resource
from .schemas import (
    BatchAnswer,
    BatchBody,
    ChangeQuery,
    ExportQuery,
    ImportAnswer,
    ImportQuery,
    ListedModel,
    ModelAnswer,
    ModelChanges,
    NewModel,
    RecordAnswer,
    RecordBody,
    RecordQuery,
    RecordsQuery,
    ReportAnswer,
)
from .service import DatastoreService

READ, WRITE, DESIGN = "datastore.read", "datastore.write", "datastore.design"
ROOT = "/api/projects/{project}/models"


class ModelsResource(Resource):
    def on_get(self, req: falcon.Request, resp: falcon.Response, project: str, query: Search) -> None:
        """List the models by slug; `?search=` in name and slug."""
        models = self._service.models
        found, total = models.page(req.context.project.id, query.skip, query.per_page, query.search)
        resp.media = paged([ListedModel.counted(each, models.record_count(each)) for each in found], total, query)

    def on_post(self, req: falcon.Request, resp: falcon.Response, project: str, body: NewModel) -> None:
        """Create a model."""
        resp.media = ModelAnswer.of(self._service.models.create(req.context.project.id, body.model_dump()))


class ModelResource(Resource):
    def on_get(self, req: falcon.Request, resp: falcon.Response, project: str, model: str) -> None:
        """One model."""
        resp.media = ModelAnswer.of(self._service.models.get(req.context.project.id, model))

    def on_put(
        self,
        req: falcon.Request,
        resp: falcon.Response,
        project: str,
        model: str,
        body: ModelChanges,
        query: ChangeQuery,
    ) -> None:
        """Change a model and its records with it; `?dry_run=true` only reports, `?force=true` allows losing data."""
        whole = body.model_dump()
        changes = {key: whole[key] for key in body.model_fields_set}
        models, project_id = self._service.models, req.context.project.id
        if query.dry_run:
            resp.media = models.preview(project_id, model, changes, force=query.force).told()
        else:
            resp.media = ModelAnswer.of(models.change(project_id, model, changes, force=query.force))

    def on_delete(self, req: falcon.Request, resp: falcon.Response, project: str, model: str) -> None:
        """Delete a model with all its records."""
        self._service.models.delete(req.context.project.id, model)


def routes(service: DatastoreService, body_limit: int) -> list[Route]:
    one = f"{ROOT}/{{model}}"
    data = f"{one}/data"
    read = Operation(READ, answer=RecordAnswer, query=RecordQuery, api_key=True)
    return [
        Route(
            ROOT,
            ModelsResource(service),
            {
                "GET": Operation(READ, answer=Paged[ListedModel], query=Search),
                "POST": Operation(DESIGN, body=NewModel, answer=ModelAnswer, status=201, body_limit=LARGEST_BODY),
            },
        ),
        Route(
            one,
            ModelResource(service),
            {
                "GET": Operation(READ, answer=ModelAnswer),
                "PUT": Operation(
                    DESIGN,
                    body=ModelChanges,
                    answer=ModelAnswer | ReportAnswer,
                    query=ChangeQuery,
                    body_limit=LARGEST_BODY,
                ),
                "DELETE": Operation(DESIGN, status=204),
            },
        ),
        Route(
            data,
            RecordsResource(service),
            {
                "GET": Operation(READ, answer=Paged[RecordAnswer], query=RecordsQuery, api_key=True),
                "POST": _write(body=RecordBody, answer=RecordAnswer, status=201),
            },
        ),
        Route(
            f"{data}/{{record}}",
            RecordResource(service),
            {
                "GET": read,
                "PUT": _write(body=RecordBody, answer=RecordAnswer),
                "DELETE": Operation(WRITE, status=204, api_key=True),
            },
        ),
        Route(
            f"{data}/batch",
            BatchResource(service),
            {"POST": _write(body=BatchBody, answer=BatchAnswer)},
        ),
        Route(f"{data}/export", ExportResource(service), {"GET": Operation(READ, query=ExportQuery, api_key=True)}),
        Route(
            f"{data}/import",
            ImportResource(service, body_limit),
            {"POST": _write(answer=ImportAnswer, query=ImportQuery)},
        ),
    ]


def _write(**described: Any) -> Operation:
    """Of whole records, which members and the project's key write."""
    return Operation(WRITE, api_key=True, body_limit=LARGEST_BODY, **described)
