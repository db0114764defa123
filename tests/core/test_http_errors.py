"""Every refusal and failure has the same shape, and nothing of the inside leaves the server."""

from __future__ import annotations

import logging
from types import ModuleType
from typing import Any

import falcon
import pytest
from mongoengine.connection import ConnectionFailure as NotConnected
from pymongo.errors import AutoReconnect, ExecutionTimeout, ServerSelectionTimeoutError

from m3m_core import (
    PUBLIC,
    Conflict,
    Forbidden,
    Invalid,
    M3MError,
    Malformed,
    NotFound,
    Operation,
    Route,
    Timeout,
    TooLarge,
    TooMany,
    Unauthorized,
    Unavailable,
    UnsupportedMedia,
    field,
)
from m3m_core.testing import client, kernel, plugin


def raising(error: Exception) -> ModuleType:
    class Raises:
        def on_get(self, req: Any, resp: Any) -> None:
            resp.text = "half an answer"
            resp.set_header("Cache-Control", "max-age=60")
            raise error

    return plugin("broken", routes=[Route("/broken", Raises(), {"GET": Operation(PUBLIC)})])


CASES = [
    (Malformed("What?"), 400, "malformed", "What?"),
    (Unauthorized("Who?", code="token_expired"), 401, "token_expired", "Who?"),
    (Forbidden("No."), 403, "forbidden", "No."),
    (NotFound("Gone."), 404, "not_found", "Gone."),
    (Conflict("Twice."), 409, "conflict", "Twice."),
    (TooLarge("Big."), 413, "too_large", "Big."),
    (UnsupportedMedia("Odd."), 415, "unsupported_media_type", "Odd."),
    (Invalid("Wrong."), 422, "validation_failed", "Wrong."),
    (TooMany("Slow down."), 429, "too_many_requests", "Slow down."),
    (Unavailable("Later."), 503, "unavailable", "Later."),
    (Timeout("Too slow."), 504, "timeout", "Too slow."),
    (M3MError("Hm."), 400, "error", "Hm."),
    (falcon.HTTPNotFound(), 404, "not_found", "There is nothing at this address."),
    (falcon.HTTPInvalidParam("Odd.", "page"), 400, "malformed", 'The "page" parameter is invalid. Odd.'),
    (ServerSelectionTimeoutError("/data/mongod.sock: refused"), 503, "database_unavailable", None),
    (AutoReconnect("10.0.0.7:27017 closed"), 503, "database_unavailable", None),
    (NotConnected("Cannot connect to database default: secret"), 503, "database_unavailable", None),
    (ExecutionTimeout("operation exceeded time limit", 50), 504, "timeout", "The query took too long. Narrow it down."),
    (RuntimeError("/etc/secret is 42"), 500, "internal_error", None),
    (KeyError("password"), 500, "internal_error", None),
]


@pytest.mark.parametrize(("error", "status", "code", "message"), CASES)
def test_the_one_shape(error: Exception, status: int, code: str, message: str | None) -> None:
    with kernel([raising(error)]) as running:
        answer = client(running).get("/broken")
    assert (answer.status, answer.json["code"]) == (status, code)
    assert set(answer.json) == {"error", "code", "request_id"}
    assert answer.headers["x-request-id"] == answer.json["request_id"]
    assert answer.headers["content-type"] == "application/json"
    assert ("retry-after" in answer.headers) == (status in (429, 503))
    assert ("www-authenticate" in answer.headers) == (status == 401)
    if message is not None:
        assert answer.json["error"] == message
    else:
        assert str(error) not in str(answer)


def test_fields_details_and_retry_after_are_passed_on() -> None:
    error = Invalid("Wrong.", fields={"email": field("taken", "Is taken.")}, details={"line": 3}, retry_after=7)
    with kernel([raising(error)]) as running:
        status, body, headers = client(running).get("/broken")
    assert (status, headers["retry-after"]) == (422, "7")
    assert (body["fields"], body["details"]) == ({"email": {"code": "taken", "message": "Is taken."}}, {"line": 3})


def test_a_failure_is_in_the_log_under_its_request_id(caplog: pytest.LogCaptureFixture) -> None:
    with kernel([raising(RuntimeError("the cause"))]) as running:
        answer = client(running).get("/broken")
    (record,) = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert answer.json["request_id"] in record.getMessage()
    assert "the cause" in str(record.exc_info)


def test_an_answer_that_is_no_json_is_a_failure_not_a_crash() -> None:
    class Odd:
        def on_get(self, req: Any, resp: Any) -> None:
            resp.media = {"x": object()}

    with kernel([plugin("odd", routes=[Route("/odd", Odd(), {"GET": Operation(PUBLIC)})])]) as running:
        assert client(running).get("/odd").json["code"] == "internal_error"


def test_a_redirect_is_no_error() -> None:
    with kernel([raising(falcon.HTTPFound("/elsewhere"))]) as running:
        status, _, headers = client(running).get("/broken")
    assert (status, headers["location"]) == (302, "/elsewhere")
