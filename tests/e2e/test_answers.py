"""What goes out: answers, cookies and errors of one service with every kind of route, asked over the network."""

from __future__ import annotations

import pytest

from .client import Project, Reply

JSON, TEXT = "application/json", "text/plain; charset=utf-8"


# ---- answers ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "status", "kind", "body"),
    [
        ("text", 200, TEXT, b"text"),
        ("empty", 200, TEXT, b""),
        ("number", 200, JSON, b"42"),
        ("yes", 200, JSON, b"true"),
        ("nothing", 204, "", b""),
        ("none", 200, JSON, b"null"),
        ("list", 200, JSON, b'[1,"two",null]'),
        ("unicode", 200, TEXT, "Привет, 🌍".encode()),
        ("date", 200, JSON, b'{"at":"1970-01-01T00:00:00.000Z"}'),
        ("own", 200, JSON, b'{"shown":"as JSON"}'),
        ("nul", 200, TEXT, b"a\x00b"),
        ("lone", 200, TEXT, "a�b".encode()),
        ("lines", 200, TEXT, b"a\r\nb"),
        ("object", 200, JSON, b"{}"),
        ("bytes", 200, "application/octet-stream", b"\x00\x01\xff"),
        ("words", 200, "application/octet-stream", b"\x01\x00\x00\x01"),
        ("buffer", 200, "application/octet-stream", b"\x07\x08"),
    ],
)
@pytest.mark.parametrize("prefix", ["", "/async"])
def test_plain_answers(routes: Project, name: str, status: int, kind: str, body: bytes, prefix: str) -> None:
    found = routes.get(f"{prefix}/plain/{name}")
    assert (found.status, found.header("content-type"), found.body) == (status, kind, body)
    assert found.header("content-length") == ("" if status == 204 else str(len(body)))


@pytest.mark.parametrize(
    ("path", "status", "headers", "body"),
    [
        ("/soon", 200, {"content-type": JSON}, b'{"soon":true}'),
        ("/thenable", 200, {"content-type": TEXT}, b"from a thenable"),
        ("/created", 201, {"location": "/users/1", "content-type": JSON}, b'{"id":1}'),
        ("/bare", 200, {"content-type": "", "content-length": "0"}, b""),
        ("/teapot", 418, {"content-type": TEXT}, b"short and stout"),
        ("/quiet", 202, {"content-type": ""}, b""),
        ("/typed", 200, {"content-type": "text/x-csv"}, b"a,b"),
        ("/html", 200, {"content-type": "text/html; charset=utf-8"}, "<h1>Привет</h1>".encode()),
        ("/json/text", 200, {"content-type": JSON}, b'"just text"'),
        ("/gone", 302, {"location": "/r/x/a%20b?next=%2Fhome&q=%D1%8F%0D%0AX-Evil:%201", "x-evil": ""}, b""),
        ("/moved", 308, {"location": "https://example.com/"}, b""),
        ("/web", 203, {"x-a": "1", "content-type": "text/plain;charset=UTF-8"}, b"from Response"),
        ("/web/empty", 200, {"content-length": "0"}, b""),
        ("/alike", 200, {"content-type": JSON}, b'{"status":200,"headers":{},"body":"only looks like an answer"}'),
    ],
)
def test_built_answers(routes: Project, path: str, status: int, headers: dict[str, str], body: bytes) -> None:
    found = routes.get(path)
    assert (found.status, found.body) == (status, body)
    assert {name: found.header(name) for name in headers} == headers


def test_repeated_headers(routes: Project) -> None:
    assert routes.get("/created").all("x-many") == ["a", "b"]
    assert routes.get("/web").all("set-cookie") == ["a=1", "b=2"]


def test_big_answers(routes: Project) -> None:
    items = routes.get("/big").json["items"]
    assert (len(items), items[-1]) == (200_000, {"id": 199_999, "name": "item 199999"})
    assert routes.get("/bigtext").text == "ä" * 5_000_000


def test_cookies(routes: Project) -> None:
    sent = 'a=1; b={"json": [1]}; c=%D0%B6; d="quoted"; a=2; ; =x; e'
    found = routes.get("/cookies", {"Cookie": sent}).json
    assert found == {"cookies": {"a": "1", "b": '{"json": [1]}', "c": "ж", "d": "quoted"}, "a": "1"}
    made = routes.get("/cookies/set")
    assert (made.text, made.header("x-also")) == ("set", "kept")
    assert made.all("set-cookie") == [
        "session=a%20b%3B%C3%BC; Path=/; Max-Age=60; Domain=example.com; HttpOnly; Secure; SameSite=Strict",
        "old=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax",
    ]


# ---- what goes wrong -------------------------------------------------------------------------------------------------


def test_errors_that_the_service_means(routes: Project) -> None:
    assert (routes.get("/fail/error").status, routes.get("/fail/error").json) == (409, {"error": "No, thank you."})
    assert (routes.get("/fail/status").status, routes.get("/fail/status").json) == (503, {"error": "HTTP 503"})


@pytest.mark.parametrize(
    ("name", "logged"),
    [
        ("throw", "RangeError: secret detail\n    at main.js:"),
        ("async", "Error: secret, later\n    at main.js:"),
        ("reject", "a value that is not an Error was thrown: a string"),
        ("null", "out of memory, or null was thrown"),
        ("hostile", "a value that cannot be shown was thrown"),
        ("proxy", "a value that cannot be shown was thrown"),
        ("half", "Error: half a character �"),
        ("control", "Error: red \\u001b[31m\n[2026] forged\\u000dover\n"),
        ("long", "Error: xxx"),
        ("deep", "RangeError: Maximum call stack size exceeded"),
        ("header", "the value of header X-A has a character that headers cannot carry"),
        ("ctx-header", "the value of header X-A has a character that headers cannot carry"),
        ("header-name", "not a header name"),
        ("cookie", 'cookie a: "/; Domain=evil.example" cannot be its Path'),
        ("bad-status", "a status is 200 to 599, not 99999"),
        ("function", "JSON cannot say what the handler returned: function"),
        ("bigint", "TypeError: BigInt"),
        ("circle", "TypeError: circular reference"),
        ("nothing-said", "JSON cannot say what the handler returned: object"),
    ],
)
def test_errors_that_it_does_not_mean(routes: Project, name: str, logged: str) -> None:
    found = routes.get(f"/fail/{name}")
    assert_hidden_failure(found)
    entry = routes.until_logged(found.json["request_id"])
    assert entry.startswith(f"GET /fail/{name}, request {found.json['request_id']}: ")
    assert logged in entry
    assert len(entry) < 10_000


def assert_hidden_failure(found: Reply) -> None:
    assert found.status == 500
    assert found.json | {"request_id": ""} == {
        "error": "The service failed to answer.",
        "code": "internal_error",
        "request_id": "",
    }
    assert found.header("x-evil") == ""
    assert found.all("set-cookie") == []


def test_a_handler_that_never_answers(routes: Project) -> None:
    found = routes.get("/fail/never")
    assert (found.status, found.json["code"]) == (504, "timeout")
    assert found.json["request_id"] in routes.until_logged("/fail/never")
    assert routes.get("/plain/text").text == "text"
