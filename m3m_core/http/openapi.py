"""`GET /api/openapi.json`: made from the routes themselves, so it cannot tell anything else than they do."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import falcon
from pydantic import BaseModel, TypeAdapter

from ..contributions import FALLBACK, PUBLIC, Operation, Route
from ..version import VERSION
from .routing import Endpoint

PATH = "/api/openapi.json"

_REFERENCE = "#/components/schemas/{model}"
_FIELD = re.compile(r"\{(\w+)[^{}]*\}")


class Field(BaseModel):
    """What is wrong with one field."""

    code: str
    message: str


class Error(BaseModel):
    """Every refusal and failure. `code` is stable, `error` is a sentence for a person."""

    error: str
    code: str
    fields: dict[str, Field] | None = None
    details: dict[str, Any] | None = None
    request_id: str


def document(endpoints: Iterable[Endpoint]) -> dict[str, Any]:
    """The OpenAPI 3.1 document of these endpoints."""
    api = (endpoint for endpoint in endpoints if endpoint.path != FALLBACK)
    listed = sorted(api, key=lambda endpoint: (endpoint.path, endpoint.method))
    schemas, components = _schemas(listed)
    paths: dict[str, dict[str, Any]] = {}
    for number, endpoint in enumerate(listed):
        path = _FIELD.sub(r"{\1}", endpoint.path)
        paths.setdefault(path, {})[endpoint.method.lower()] = _operation(endpoint, number, schemas)
    return {
        "openapi": "3.1.0",
        "info": {"title": "M3M", "version": VERSION},
        "paths": paths,
        "components": {
            "schemas": components,
            "securitySchemes": {
                "token": {"type": "http", "scheme": "bearer"},
                "project_key": {"type": "apiKey", "in": "header", "name": "X-API-Key"},
            },
        },
    }


def _schemas(endpoints: list[Endpoint]) -> tuple[Mapping[Any, Any], dict[str, Any]]:
    """The schema of every body and answer by (number, "body" or "answer"), and the models that they refer to."""
    wanted: list[tuple[Any, Any, TypeAdapter[Any]]] = [("error", "serialization", TypeAdapter(Error))]
    for number, endpoint in enumerate(endpoints):
        if endpoint.operation.body is not None:
            wanted.append(((number, "body"), "validation", TypeAdapter(endpoint.operation.body)))
        if endpoint.operation.answer is not None:
            wanted.append(((number, "answer"), "serialization", TypeAdapter(endpoint.operation.answer)))
    schemas, definitions = TypeAdapter.json_schemas(wanted, ref_template=_REFERENCE)
    return {key: schema for (key, _mode), schema in schemas.items()}, definitions.get("$defs", {})


def _operation(endpoint: Endpoint, number: int, schemas: Mapping[Any, Any]) -> dict[str, Any]:
    operation = endpoint.operation
    described: dict[str, Any] = {
        "tags": [endpoint.plugin],
        "operationId": f"{endpoint.method.lower()}{re.sub(r'[^0-9A-Za-z]+', '_', endpoint.path)}".rstrip("_"),
        "summary": (inspect.getdoc(endpoint.responder) or operation.action).splitlines()[0],
        "security": _security(operation),
        "responses": {
            str(operation.status): _answer(schemas.get((number, "answer"))),
            "default": {"description": "Refused or failed", "content": _json(schemas["error"])},
        },
    }
    if parameters := [*_path(endpoint.path), *_query(operation)]:
        described["parameters"] = parameters
    if operation.body is not None:
        described["requestBody"] = {"required": True, "content": _json(schemas[number, "body"])}
    return described


def _path(path: str) -> Iterator[dict[str, Any]]:
    for name in _FIELD.findall(path):
        yield {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}


def _query(operation: Operation) -> Iterator[dict[str, Any]]:
    if operation.query is None:
        return
    schema = operation.query.model_json_schema()
    required = schema.get("required", [])
    for name, described in schema["properties"].items():
        yield {"name": name, "in": "query", "required": name in required, "schema": described}


def _security(operation: Operation) -> list[dict[str, list[str]]]:
    if operation.action == PUBLIC:
        return []
    return [{"token": []}, {"project_key": []}] if operation.api_key else [{"token": []}]


def _answer(schema: Any) -> dict[str, Any]:
    return {"description": "Done"} | ({"content": _json(schema)} if schema is not None else {})


def _json(schema: Any) -> dict[str, Any]:
    return {"application/json": {"schema": schema}}


class OpenAPI:
    """The resource of the document. `endpoints` grows while the app is being made; the document is made once."""

    def __init__(self, endpoints: list[Endpoint]) -> None:
        self._endpoints = endpoints
        self._document: dict[str, Any] | None = None

    def on_get(self, _req: falcon.Request, resp: falcon.Response) -> None:
        """This document."""
        if self._document is None:
            self._document = document(self._endpoints)
        resp.media = self._document

    def routes(self) -> list[Route]:
        return [Route(PATH, self, {"GET": Operation(PUBLIC)})]
