"""One shape for every refusal and failure: `{error, code, fields?, details?, request_id}`."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from itertools import islice
from typing import Any

import falcon
from mongoengine.connection import ConnectionFailure as NotConnected
from pymongo.errors import ConfigurationError, ConnectionFailure, ExecutionTimeout, WTimeoutError

from ..errors import M3MError
from .statuses import body_of, status_of

log = logging.getLogger("m3m.http")

DATABASE_RETRY_SECONDS = 2
THROTTLE_RETRY_SECONDS = 60

MOST_FIELDS = 100
"""Wrong fields that one answer names: who sends more is told of the rest once these are right."""


def install(app: falcon.App[falcon.Request, falcon.Response]) -> None:
    app.add_error_handler(Exception, _on_failure)
    # The driver takes a server that starts again, and is no primary yet, for one that has no sessions: a
    # ConfigurationError for a moment.
    for away in (ConnectionFailure, ConfigurationError, NotConnected, WTimeoutError):
        app.add_error_handler(away, _on_database_away)
    app.add_error_handler(ExecutionTimeout, _on_slow_query)
    app.add_error_handler(falcon.HTTPError, _on_http_error)
    app.add_error_handler(M3MError, _on_refusal)


def _answer(resp: falcon.Response, status: int, body: Mapping[str, Any], retry_after: int | None = None) -> None:
    resp.status = status
    resp.text = None
    resp.data = None
    resp.stream = None
    resp.content_type = falcon.MEDIA_JSON
    resp.media = body
    if status == 401:
        resp.set_header("WWW-Authenticate", "Bearer")
    if retry_after is not None:
        resp.set_header("Retry-After", str(retry_after))


def _on_refusal(req: falcon.Request, resp: falcon.Response, error: M3MError, _params: dict[str, Any]) -> None:
    status = status_of(error)
    body = body_of(status, req.context.request_id, message=error.message, code=error.code)
    if error.fields:
        body["fields"] = dict(islice(error.fields.items(), MOST_FIELDS))
    if error.details:
        body["details"] = error.details
    retry_after = error.retry_after
    if retry_after is None and status in (429, 503):
        retry_after = THROTTLE_RETRY_SECONDS if status == 429 else DATABASE_RETRY_SECONDS
    _answer(resp, status, body, retry_after)


def _on_http_error(
    req: falcon.Request, resp: falcon.Response, error: falcon.HTTPError, _params: dict[str, Any]
) -> None:
    status = error.status_code
    message = (error.description or "") if status < 500 and status not in (404, 405) else ""
    _answer(resp, status, body_of(status, req.context.request_id, message=message))
    resp.set_headers(error.headers or {})


def _on_database_away(req: falcon.Request, resp: falcon.Response, error: Exception, _params: dict[str, Any]) -> None:
    log.warning("%s %s (request %s): no database: %s", req.method, req.path, req.context.request_id, error)
    body = body_of(
        503,
        req.context.request_id,
        message="The database is not available right now. Try again in a moment.",
        code="database_unavailable",
    )
    _answer(resp, 503, body, DATABASE_RETRY_SECONDS)


def _on_slow_query(req: falcon.Request, resp: falcon.Response, error: Exception, _params: dict[str, Any]) -> None:
    log.warning("%s %s (request %s): %s", req.method, req.path, req.context.request_id, error)
    message = "The query took too long. Narrow it down."
    _answer(resp, 504, body_of(504, req.context.request_id, message=message))


def _on_failure(req: falcon.Request, resp: falcon.Response, error: Exception, _params: dict[str, Any]) -> None:
    log.error("%s %s failed (request %s)", req.method, req.path, req.context.request_id, exc_info=error)
    _answer(resp, 500, body_of(500, req.context.request_id))
