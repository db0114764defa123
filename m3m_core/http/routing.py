"""From the routes of plugins to Falcon's router: everything that Falcon would accept silently is checked here."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import falcon
from falcon.routing import CompiledRouter

from ..contributions import FALLBACK, Operation, Route
from . import bodies, bodystream, queries
from .access import Access

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS")

_FIELD = re.compile(r"\{[^{}]*\}")

Responder = Callable[..., None]


class RouteError(Exception):
    """A route that cannot be added. `plugin` is the one to blame."""

    def __init__(self, plugin: str, message: str) -> None:
        super().__init__(message)
        self.plugin = plugin
        self.message = message


@dataclass(frozen=True)
class Endpoint:
    """One method of one path, with the plugin that answers it."""

    plugin: str
    path: str
    method: str
    operation: Operation
    responder: Responder


def endpoints_of(plugin: str, routes: Sequence[Route]) -> Iterator[Endpoint]:
    """Every operation of a plugin's routes. Raises RouteError when operations and responders do not match."""
    for route in routes:
        if not route.path.startswith("/"):
            raise RouteError(plugin, f"route {route.path!r} must begin with /")
        written = {name for name in METHODS if hasattr(route.resource, f"on_{name.lower()}")}
        if undeclared := written - set(route.operations):
            raise RouteError(plugin, f"route {route.path}: no operation for {', '.join(sorted(undeclared))}")
        if missing := set(route.operations) - written:
            raise RouteError(plugin, f"route {route.path}: no responder for {', '.join(sorted(missing))}")
        if route.path == FALLBACK and written != {"GET"}:
            raise RouteError(plugin, f"route {FALLBACK} has GET and no other method")
        for method, operation in route.operations.items():
            yield Endpoint(plugin, route.path, method, operation, getattr(route.resource, f"on_{method.lower()}"))


class RouteTable:
    """All endpoints so far. Two plugins may share a path, never a method of it."""

    def __init__(self) -> None:
        self._owners: dict[tuple[str, str], str] = {}
        self._spellings: dict[str, tuple[str, str]] = {}
        self._trial = CompiledRouter()
        self.endpoints: list[Endpoint] = []

    def add(self, endpoints: Sequence[Endpoint]) -> None:
        """Take all of them or none. Raises RouteError, which names both plugins where there are two."""
        owners, spellings = dict(self._owners), dict(self._spellings)
        try:
            for endpoint in endpoints:
                _check_spelling(endpoint, spellings)
                self._check_form(endpoint)
                key = endpoint.path, endpoint.method
                if key in owners:
                    message = f"{endpoint.method} {endpoint.path} is already a route of plugin {owners[key]}"
                    raise RouteError(endpoint.plugin, message)
                owners[key] = endpoint.plugin
        except RouteError:
            self._trial = CompiledRouter()
            for kept in self.endpoints:
                self._check_form(kept)
            raise
        self._owners, self._spellings = owners, spellings
        self.endpoints += endpoints

    def _check_form(self, endpoint: Endpoint) -> None:
        if endpoint.path == FALLBACK:
            return
        try:
            self._trial.add_route(endpoint.path, self)
        except ValueError as error:
            raise RouteError(endpoint.plugin, f"route {endpoint.path}: {error}") from error

    def by_path(self) -> Mapping[str, list[Endpoint]]:
        paths: dict[str, list[Endpoint]] = {}
        for endpoint in self.endpoints:
            paths.setdefault(endpoint.path, []).append(endpoint)
        return paths


def _check_spelling(endpoint: Endpoint, spellings: dict[str, tuple[str, str]]) -> None:
    """Falcon allows one name for the field in a place: `/a/{id}` and `/a/{key}/b` do not go together."""
    for place, spelling in _spellings(endpoint.path):
        other, owner = spellings.setdefault(place, (spelling, endpoint.plugin))
        if other != spelling:
            message = f"route {endpoint.path}: {spelling} is called {other} in the same place by plugin {owner}"
            raise RouteError(endpoint.plugin, message)


def _spellings(path: str) -> Iterator[tuple[str, str]]:
    """Every place of the path that has a field, without names, and how the field is written there."""
    place = ""
    for segment in path.split("/")[1:]:
        place += "/" + _FIELD.sub("{}", segment)
        if "{" in segment:
            yield place, segment


class Endpoints:
    """What Falcon calls for one path: the responders of all its methods, with access and body around each."""

    def __init__(self, endpoints: Sequence[Endpoint], access: Access, body_limit: int) -> None:
        for endpoint in endpoints:
            responder = _guarded(endpoint, access, body_limit)
            setattr(self, f"on_{endpoint.method.lower()}", responder)
            if endpoint.method == "GET" and not hasattr(self, "on_head"):
                self.on_head = responder


def fallback(endpoint: Endpoint, access: Access, body_limit: int) -> Responder:
    """What Falcon calls where no path matches."""
    responder = _guarded(endpoint, access, body_limit)

    def respond(req: falcon.Request, resp: falcon.Response) -> None:
        if req.method not in ("GET", "HEAD"):
            raise falcon.HTTPRouteNotFound
        responder(req, resp)

    return respond


def _guarded(endpoint: Endpoint, access: Access, body_limit: int) -> Responder:
    operation = endpoint.operation
    limit = operation.largest_body(body_limit)

    def respond(req: falcon.Request, resp: falcon.Response, **params: Any) -> None:
        access.check(req, operation, params)
        if operation.query is not None:
            params["query"] = queries.parse(req, operation.query)
        if operation.body is not None:
            params["body"] = bodies.parse(req, operation.body, limit)
        elif not operation.stream_body:
            bodystream.check_length(req, limit)
        resp.status = operation.status
        endpoint.responder(req, resp, **params)
        if resp.media is not None:
            resp.render_body()  # here a value that is no JSON is still a failure like any other

    return respond
