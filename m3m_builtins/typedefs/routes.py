"""HTTP API of the declarations."""

from __future__ import annotations

import falcon

from m3m_core import Operation, Route

from .service import TypeService

MEDIA_TYPE = "application/typescript; charset=utf-8"


class TypesResource:
    def __init__(self, service: TypeService) -> None:
        self._service = service

    def on_get(self, req: falcon.Request, resp: falcon.Response) -> None:
        """TypeScript declarations as text; `?project=` (id or slug) adds those of a project."""
        resp.content_type = MEDIA_TYPE
        resp.text = self._service.text(req.get_param("project"), req.context.actor)


def routes(service: TypeService) -> list[Route]:
    return [Route("/api/runtime/types", TypesResource(service), {"GET": Operation("types.read")})]
