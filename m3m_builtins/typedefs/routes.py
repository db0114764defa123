"""HTTP API of the declarations."""

from __future__ import annotations

import falcon
from pydantic import BaseModel

from m3m_core import SIGNED_IN, Operation, Route
from m3m_core.http import Paged, PageQuery, paged

from .schemas import ModuleAnswer
from .service import TypeService

MEDIA_TYPE = "application/typescript; charset=utf-8"


class TypesQuery(BaseModel):
    project: str | None = None


class TypesResource:
    def __init__(self, service: TypeService) -> None:
        self._service = service

    def on_get(self, req: falcon.Request, resp: falcon.Response, query: TypesQuery) -> None:
        """TypeScript declarations as text; `?project=` (id or slug) adds those of a project."""
        resp.content_type = MEDIA_TYPE
        resp.text = self._service.text(query.project, req.context.actor)


class ModulesResource:
    def __init__(self, service: TypeService) -> None:
        self._service = service

    def on_get(self, _req: falcon.Request, resp: falcon.Response) -> None:
        """The reference: what services can call, with explanations and examples, all on one page."""
        modules = self._service.modules()
        resp.media = paged(modules, len(modules), PageQuery.model_construct(per_page=max(len(modules), 1)))


def routes(service: TypeService) -> list[Route]:
    return [
        Route("/api/runtime/types", TypesResource(service), {"GET": Operation(SIGNED_IN, query=TypesQuery)}),
        Route(
            "/api/runtime/modules",
            ModulesResource(service),
            {"GET": Operation(SIGNED_IN, answer=Paged[ModuleAnswer])},
        ),
    ]
