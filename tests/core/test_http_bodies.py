"""Bodies: what cannot be read is 400, 413 or 415; what is wrong is 422 with every wrong field."""

from __future__ import annotations

import io
import json
import re
from datetime import datetime
from types import SimpleNamespace
from typing import Any, Literal

import pytest
from pydantic import BaseModel, Field, field_validator
from pydantic_core import PydanticCustomError

from m3m_core import LARGEST_BODY, PUBLIC, SIGNED_IN, Operation, Route, TooLarge
from m3m_core.contributions import PUBLIC_BODY, USUAL_BODY
from m3m_core.http import bodies
from m3m_core.http.values import MOST_VALUES, check_values
from m3m_core.testing import Answer, Client, client, kernel, plugin

LIMIT = 2000


class Inner(BaseModel):
    deep: bool = False


class Body(BaseModel):
    name: str = Field(min_length=2, max_length=5, pattern="^[a-z]*$")
    size: int = Field(default=1, ge=1, le=9)
    ratio: float = 1.0
    kind: Literal["a", "b"] = "a"
    tags: list[str] = Field(default=[], max_length=2)
    inner: Inner | None = None
    at: datetime | None = None
    free: dict[str, Any] = {}

    @field_validator("name")
    @classmethod
    def _not_root(cls, value: str) -> str:
        if value == "root":
            raise ValueError("Is reserved")
        if value == "admin":
            raise PydanticCustomError("taken", "Is taken already.")
        return value


class Optional(BaseModel):
    version: str | None = None


class Echo:
    def on_post(self, req: Any, resp: Any, body: BaseModel) -> None:
        resp.media = {"body": body, "given": sorted(body.model_fields_set)}


class Stream:
    def on_post(self, req: Any, resp: Any) -> None:
        resp.media = {"size": len(req.bounded_stream.read())}


@pytest.fixture(scope="module")
def guest() -> Any:
    echo = plugin(
        "echo",
        routes=[
            Route("/echo", Echo(), {"POST": Operation(PUBLIC, body=Body, status=201)}),
            Route("/optional", Echo(), {"POST": Operation(PUBLIC, body=Optional)}),
            Route("/stream", Stream(), {"POST": Operation(PUBLIC, stream_body=True)}),
            Route("/none", Stream(), {"POST": Operation(PUBLIC)}),
        ],
    )
    with kernel([echo], server={"body_limit": LIMIT}) as running:
        yield client(running)


def post(guest: Client, raw: bytes, path: str = "/echo", content_type: str = "application/json") -> Answer:
    return guest.post(path, body=raw, content_type=content_type)


def test_a_good_body_arrives_as_the_model(guest: Client) -> None:
    status, answer, _ = guest.post("/echo", json={"name": "ann", "ratio": 2, "at": "2026-11-22T10:15:30.5Z"})
    assert status == 201
    assert answer["given"] == ["at", "name", "ratio"]
    assert answer["body"]["at"] == "2026-11-22T10:15:30.500Z"


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"name": 1}, {"name": "wrong_type"}),
        ({"name": None}, {"name": "wrong_type"}),
        ({"name": "x"}, {"name": "too_short"}),
        ({"name": "xxxxxx"}, {"name": "too_long"}),
        ({"name": "A1"}, {"name": "wrong_format"}),
        ({"name": "root"}, {"name": "invalid"}),
        ({"name": "admin"}, {"name": "taken"}),
        ({"size": "3"}, {"size": "wrong_type"}),
        ({"size": 2.5}, {"size": "wrong_type"}),
        ({"size": True}, {"size": "wrong_type"}),
        ({"size": 0}, {"size": "too_small"}),
        ({"size": 10}, {"size": "too_large"}),
        ({"size": 10**30}, {"size": "too_large"}),
        ({"ratio": "1"}, {"ratio": "wrong_type"}),
        ({"kind": "c"}, {"kind": "not_allowed"}),
        ({"tags": "a"}, {"tags": "wrong_type"}),
        ({"tags": ["a", 1]}, {"tags.1": "wrong_type"}),
        ({"tags": ["a", "b", "c"]}, {"tags": "too_long"}),
        ({"inner": {"deep": 1}}, {"inner.deep": "wrong_type"}),
        ({"inner": {"deeper": True}}, {"inner.deeper": "unknown_field"}),
        ({"at": "yesterday"}, {"at": "wrong_type"}),
        ({"nmae": "x"}, {"nmae": "unknown_field"}),
        ({"$where": "1"}, {"$where": "unknown_field"}),
        ({"name": "x", "size": 0, "zzz": 1}, {"name": "too_short", "size": "too_small", "zzz": "unknown_field"}),
        ({"name": "a\0b"}, {"name": "invalid_characters"}),
        ({"free": {"a": [{"b\0": 1}]}}, {"free": "invalid_characters"}),
    ],
)
def test_every_wrong_field_is_named(guest: Client, changes: dict[str, Any], wrong: dict[str, str]) -> None:
    status, answer, _ = guest.post("/echo", json={"name": "ann"} | changes)
    assert (status, answer["code"]) == (422, "validation_failed")
    assert {name: told["code"] for name, told in answer["fields"].items()} == wrong
    assert all(told["message"].endswith(".") for told in answer["fields"].values())


def test_a_missing_field_is_required(guest: Client) -> None:
    assert guest.post("/echo", json={}).json["fields"] == {"name": {"code": "required", "message": "Is required."}}


def test_an_escaped_backslash_before_u0000_is_no_nul(guest: Client) -> None:
    status, answer, _ = guest.post("/echo", json={"name": "ann", "free": {"code": 'split("\\u0000")'}})
    assert (status, answer["body"]["free"]["code"]) == (201, 'split("\\u0000")')


@pytest.mark.parametrize(
    "raw",
    [
        b"{",
        b'{"name":"ann"}}',
        b"name=ann",
        b'{"name":"\xff"}',
        b'{"name":"\\ud800"}',
        b'{"name":"a\x00b"}',
        b'{"name":"ann","ratio":NaN}',
        b'{"name":"ann","ratio":Infinity}',
        b'{"free":' + b"[" * 900 + b"]" * 900 + b"}",
        b"\xef\xbb\xbf{}x",
    ],
)
def test_what_is_not_json_is_malformed(guest: Client, raw: bytes) -> None:
    status, answer, _ = post(guest, raw)
    assert (status, answer["code"]) == (400, "malformed")


@pytest.mark.parametrize("raw", [b"[]", b'"text"', b"1", b"null"])
def test_json_that_is_no_object_is_invalid(guest: Client, raw: bytes) -> None:
    assert post(guest, raw).status == 422


@pytest.mark.parametrize("nested", ["[" * 100_000, '{"a":' * 30_000])
def test_deep_nesting_does_not_crash(nested: str) -> None:
    echo = plugin(
        "echo", routes=[Route("/echo", Echo(), {"POST": Operation(PUBLIC, body=Body, body_limit=LARGEST_BODY)})]
    )
    with kernel([echo]) as running:
        assert post(client(running), nested.encode()).status == 400


@pytest.mark.parametrize(
    ("content_type", "status"),
    [
        ("application/json", 201),
        ("application/json; charset=utf-8", 201),
        ('Application/JSON;charset="UTF-8"', 201),
        ("application/json; charset=latin-1", 415),
        ("text/plain", 415),
        ("application/x-www-form-urlencoded", 415),
        ("", 415),
    ],
)
def test_only_json_is_accepted(guest: Client, content_type: str, status: int) -> None:
    assert post(guest, b'{"name":"ann"}', content_type=content_type).status == status


def test_no_body_is_an_empty_object(guest: Client) -> None:
    assert guest.post("/optional").json == {"body": {"version": None}, "given": []}


@pytest.mark.parametrize(("size", "status"), [(LIMIT, 201), (LIMIT + 1, 413)])
def test_a_body_may_be_as_large_as_the_limit(guest: Client, size: int, status: int) -> None:
    raw = json.dumps({"name": "ann", "free": {"x": ""}}).encode()
    raw = raw.replace(b'""', b'"' + b"x" * (size - len(raw)) + b'"')
    assert post(guest, raw).status == status


@pytest.mark.parametrize(
    ("operation", "most", "limit"),
    [
        (Operation(PUBLIC), 2**25, PUBLIC_BODY),
        (Operation(SIGNED_IN), 2**25, USUAL_BODY),
        (Operation(PUBLIC, body_limit=LARGEST_BODY), 2**25, 2**25),
        (Operation(SIGNED_IN, body_limit=2**22), 2**25, 2**22),
        (Operation(SIGNED_IN), 2000, 2000),
    ],
)
def test_an_operation_takes_what_it_says_and_never_more_than_the_server(
    operation: Operation, most: int, limit: int
) -> None:
    assert operation.largest_body(most) == limit


@pytest.fixture(scope="module")
def roomy() -> Any:
    """Operations of a server with its usual limit."""
    large = Operation(PUBLIC, body=Body, body_limit=LARGEST_BODY)
    public = Operation(PUBLIC, body=Body)
    echo = plugin(
        "echo",
        routes=[
            Route("/large", Echo(), {"POST": large}),
            Route("/public", Echo(), {"POST": public}),
            Route("/none", Stream(), {"POST": Operation(PUBLIC)}),
        ],
    )
    with kernel([echo]) as running:
        yield client(running)


@pytest.mark.parametrize("path", ["/public", "/none"])
def test_what_anybody_may_send_is_small(roomy: Client, path: str) -> None:
    assert post(roomy, b" " * (PUBLIC_BODY + 1), path).status == 413
    assert post(roomy, b'{"name":"ann"}'.ljust(PUBLIC_BODY), path).status == 200


@pytest.mark.parametrize("value", [b"[]", b'""', b"{}", b"1", b'"",""'])
def test_too_many_values_are_refused_before_they_are_made(roomy: Client, value: bytes) -> None:
    raw = b'{"name":"ann","free":{"x":[' + b",".join([value] * (MOST_VALUES + 1)) + b"]}}"
    status, answer, _ = post(roomy, raw, "/large")
    assert (status, answer["code"]) == (413, "too_many_values")


def test_marks_in_texts_are_no_values(roomy: Client) -> None:
    text = '[{,"' * MOST_VALUES
    status, answer, _ = roomy.post("/large", json={"name": "ann", "free": {"code": text}})
    assert (status, answer["body"]["free"]["code"]) == (200, text)


@pytest.mark.parametrize(
    "value",
    [{}, {"a": 1}, {"a,": "b,", "c{": ["d[", {"e": "\\", "f": '"'}, [], ""]}, {"x": [[1, 2], [3]], "y": {"z": None}}],
)
def test_the_marks_of_json_are_counted_exactly(value: dict[str, Any]) -> None:
    """However many stand in texts: these make sure that it is looked at."""
    data = json.dumps(value | {"texts": "," * 100}).encode()
    bare = re.sub(rb'"(?:[^"\\]|\\.)*"', b"", data)
    marks = len(re.findall(rb"[,\[{]", bare))
    check_values(data, marks)
    with pytest.raises(TooLarge):
        check_values(data, marks - 1)


def test_an_answer_names_a_hundred_wrong_fields(roomy: Client) -> None:
    status, answer, _ = roomy.post("/large", json={f"key{number}": 1 for number in range(300)})
    assert (status, len(answer["fields"])) == (422, 100)


def test_thousands_of_wrong_values_are_not_looked_at_one_by_one(roomy: Client) -> None:
    status, answer, _ = roomy.post("/large", json={f"key{number}": 1 for number in range(20_000)})
    assert (status, answer["code"], answer.get("fields")) == (422, "validation_failed", None)


def test_a_chunked_body_has_the_same_limit(guest: Client) -> None:
    """Without Content-Length, as a server hands over a chunked body."""
    for size, status in ((100, 201), (LIMIT, 413)):
        raw = json.dumps({"name": "ann", "free": {"x": "x" * size}}).encode()
        extras = {"CONTENT_LENGTH": "", "wsgi.input_terminated": True}
        assert guest.post("/echo", body=raw, content_type="application/json", extras=extras).status == status


def test_a_route_without_a_body_refuses_a_large_one_and_a_streaming_one_does_not(guest: Client) -> None:
    assert post(guest, b"x" * (LIMIT + 1), "/none").status == 413
    assert post(guest, b"x" * (LIMIT + 1), "/stream").json == {"size": LIMIT + 1}


@pytest.mark.parametrize(
    ("failure", "status"), [(TimeoutError(), 408), (ConnectionResetError(), 400), (OSError("short"), 400)]
)
def test_a_body_that_does_not_arrive(guest: Client, failure: OSError, status: int) -> None:
    class Broken(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            raise failure

    extras = {"CONTENT_LENGTH": "10", "wsgi.input": Broken()}
    assert guest.post("/echo", content_type="application/json", extras=extras).status == status


@pytest.mark.parametrize(("minutes", "status"), [(0.9, 200), (1.1, 408)])
def test_a_body_that_is_read_whole_has_a_deadline(
    roomy: Client, monkeypatch: pytest.MonkeyPatch, minutes: float, status: int
) -> None:
    """However steadily it comes."""
    clock = [100.0]

    class Dripping(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            clock[0] += minutes * 60 / 200
            return super().read(min(size or 1, 1))

    monkeypatch.setattr(bodies, "time", SimpleNamespace(monotonic=lambda: clock[0]))
    raw = b'{"name":"ann"}'.ljust(200)
    extras = {"CONTENT_LENGTH": str(len(raw)), "wsgi.input": Dripping(raw)}
    assert roomy.post("/public", content_type="application/json", extras=extras).status == status
