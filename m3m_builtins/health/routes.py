"""`GET /health`."""

from __future__ import annotations

from typing import Literal

import falcon
from pydantic import BaseModel

from m3m_core import PUBLIC, Operation, Route
from m3m_core.version import VERSION

from .service import HealthService


class HealthAnswer(BaseModel):
    status: Literal["ok", "unavailable"]
    version: str
    database: Literal["ok", "unavailable"]
    supervisor: Literal["ok", "unavailable"]


class HealthResource:
    def __init__(self, service: HealthService) -> None:
        self._service = service

    def on_get(self, req: falcon.Request, resp: falcon.Response) -> None:
        """Whether the server can do its work: 200, or 503 when a part of it does not answer."""
        health = self._service.check()
        if not health.is_good:
            resp.status = falcon.HTTP_503
            resp.set_header("Retry-After", "2")
        resp.media = {
            "status": "ok" if health.is_good else "unavailable",
            "version": VERSION,
            "database": health.database,
            "supervisor": health.supervisor,
        }


def routes(service: HealthService) -> list[Route]:
    return [Route("/health", HealthResource(service), {"GET": Operation(PUBLIC, answer=HealthAnswer)})]
