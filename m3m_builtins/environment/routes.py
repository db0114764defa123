"""HTTP API of the environment."""

from __future__ import annotations

import falcon

from m3m_core import Operation, Route
from m3m_core.http import Paged, PageQuery, paged

from .schemas import NewVariable, VariableAnswer, VariableChanges
from .service import EnvironmentService

READ = "environment.read"
WRITE = "environment.write"


class Resource:
    def __init__(self, service: EnvironmentService) -> None:
        self._service = service


class VariablesResource(Resource):
    def on_get(self, req: falcon.Request, resp: falcon.Response, project: str, query: PageQuery) -> None:
        """List the variables with their values, by key."""
        variables, total = self._service.page(req.context.project.id, query.skip, query.per_page)
        resp.media = paged(map(VariableAnswer.of, variables), total, query)

    def on_post(self, req: falcon.Request, resp: falcon.Response, project: str, body: NewVariable) -> None:
        """Add a variable."""
        resp.media = VariableAnswer.of(self._service.create(req.context.project.id, body.key, body.type, body.value))


class VariableResource(Resource):
    def on_put(self, req: falcon.Request, resp: falcon.Response, project: str, key: str, body: VariableChanges) -> None:
        """Change key, type or value of a variable."""
        changes = body.model_dump(exclude_unset=True)
        resp.media = VariableAnswer.of(self._service.update(req.context.project.id, key, changes))

    def on_delete(self, req: falcon.Request, resp: falcon.Response, project: str, key: str) -> None:
        """Delete a variable."""
        self._service.delete(req.context.project.id, key)


def routes(service: EnvironmentService) -> list[Route]:
    return [
        Route(
            "/api/projects/{project}/env",
            VariablesResource(service),
            {
                "GET": Operation(READ, answer=Paged[VariableAnswer], query=PageQuery, api_key=True),
                "POST": Operation(WRITE, body=NewVariable, answer=VariableAnswer, status=201),
            },
        ),
        Route(
            "/api/projects/{project}/env/{key}",
            VariableResource(service),
            {
                "PUT": Operation(WRITE, body=VariableChanges, answer=VariableAnswer),
                "DELETE": Operation(WRITE, status=204),
            },
        ),
    ]
