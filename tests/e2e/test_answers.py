"""What comes in and what goes out: one service with every kind of route, asked over the network."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from .client import Admin, Project, Reply

JSON, TEXT = "application/json", "text/plain; charset=utf-8"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
MULTIPART = {"Content-Type": "multipart/form-data; boundary=sep"}
UPLOAD = (
    b'--sep\r\nContent-Disposition: form-data; name="title"\r\n\r\nCaf\xc3\xa9\r\n'
    b'--sep\r\nContent-Disposition: form-data; name="tag"\r\n\r\na\r\n'
    b'--sep\r\nContent-Disposition: form-data; name="tag"\r\n\r\nb\r\n'
    b'--sep\r\nContent-Disposition: form-data; name="doc"; filename="a b.bin"\r\nContent-Type: image/png\r\n\r\n'
    b"\x00\r\n\xff\r\n"
    b'--sep\r\nContent-Disposition: form-data; name="none"; filename=""\r\n\r\n\r\n--sep--\r\n'
)


@pytest.fixture(scope="module")
def app(admin: Admin) -> Iterator[Project]:
    made = Project(admin)
    made.run(Path(__file__).with_name("answers.js").read_text())
    yield made
    made.send("DELETE")


# ---- paths -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "answer"),
    [
        ("/users/7", {"user": "7"}),
        ("/users/7/", {"user": "7"}),
        ("//users//7", {"user": "7"}),
        ("/users/me", {"user": "the fixed one"}),
        ("/%75sers/m%65", {"user": "the fixed one"}),
        ("/users/a%2Fb", {"user": "a/b"}),
        ("/users/%F0%9F%8C%8D", {"user": "🌍"}),
        ("/users/%2e%2e", {"user": ".."}),
        ("/users/__proto__", {"user": "__proto__"}),
        ("/teams/a/members/b", {"team": "a", "member": "b"}),
        ("/files/", {"path": ""}),
        ("/files/a/b.txt", {"path": "a/b.txt"}),
        ("/files/a//b%20c/", {"path": "a//b c/"}),
        ("/files/https://x.org/?q", {"path": "https://x.org/"}),
        ("/files/index", "the index"),
        ("/%D0%BF%D1%80%D0%B8%D0%B2%D0%B5%D1%82/%D0%BC%D0%B8%D1%80", "unicode"),
        ("/", "the root"),
        ("", "the root"),
        ("?a=1", "the root"),
    ],
)
@pytest.mark.parametrize("prefix", ["/r", "/api/r"])
def test_paths(app: Project, path: str, answer: Any, prefix: str) -> None:
    found = app.call("GET", path, prefix=prefix)
    assert (found.status, found.json if isinstance(answer, dict) else found.text) == (200, answer)


@pytest.mark.parametrize(
    ("method", "path", "status", "allow"),
    [
        ("GET", "/nowhere", 404, ""),
        ("GET", "/users", 404, ""),
        ("OPTIONS", "/nowhere", 404, ""),
        ("GET", "/users/%zz", 400, ""),
        ("GET", "/users/%ff", 400, ""),
        ("POST", "/soon", 405, "GET, HEAD, OPTIONS"),
        ("DELETE", "/users/me", 405, "GET, HEAD, OPTIONS, POST"),
        ("DELETE", "/users/7", 405, "GET, HEAD, OPTIONS, POST"),
        ("GET", "/body", 405, "OPTIONS, POST"),
        ("HEAD", "/body", 405, "OPTIONS, POST"),
        ("OPTIONS", "/users/7", 204, "GET, HEAD, OPTIONS, POST"),
        ("POST", "/users/me", 200, ""),
        ("PATCH", "/any", 200, ""),
        ("OPTIONS", "/any", 200, ""),
    ],
)
def test_methods(app: Project, method: str, path: str, status: int, allow: str) -> None:
    found = app.call(method, path)
    assert (found.status, found.header("allow")) == (status, allow)


def test_what_a_handler_sees(app: Project) -> None:
    query = "a=1&a=2&b=%D0%B6+x%2By&c&=d&e=%zz&__proto__=1&constructor=2"
    seen = app.get(f"/seen/?{query}").json
    assert (seen["method"], seen["path"], seen["ip"]) == ("GET", "/seen/", "127.0.0.1")
    assert seen["query"] == {"a": "2", "b": "ж x+y", "c": "", "": "d", "e": "%zz", "__proto__": "1", "constructor": "2"}
    assert seen["queries"]["a"] == ["1", "2"]
    assert app.get("/seen").json["id"] != seen["id"]


def test_head_is_get_without_its_body(app: Project) -> None:
    for path in ("/plain/text", "/plain/list", "/created", "/async/plain/text"):
        got, head = app.get(path), app.call("HEAD", path)
        assert head.body == b""
        assert (head.status, head.header("content-type")) == (got.status, got.header("content-type"))
        assert int(head.header("content-length")) == len(got.body)


# ---- bodies ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("headers", "body", "seen"),
    [
        ({"Content-Type": JSON}, '{"a": [1, "я", null]}'.encode(), {"a": [1, "я", None]}),
        ({"Content-Type": "application/problem+json; charset=utf-8"}, b'"x"', "x"),
        ({"Content-Type": JSON}, b'\xef\xbb\xbf{"bom": 1}', {"bom": 1}),
        ({"Content-Type": JSON}, b'{"n": 1e400, "i": 123456789012345678901}', {"n": None, "i": 123456789012345680000}),
        ({"Content-Type": JSON}, b'{"__proto__": {"x": 1}}', {"__proto__": {"x": 1}}),
        ({"Content-Type": JSON}, b"", None),
        (FORM, b"a=1&a=2&b=%D0%B6+x&c=&__proto__=p", {"a": ["1", "2"], "b": "ж x", "c": "", "__proto__": "p"}),
        ({"Content-Type": "text/plain"}, "Привет\x00".encode(), "Привет\x00"),
        ({"Content-Type": "text/plain"}, b"half \xff", "half �"),
        ({}, b"", None),
    ],
)
def test_bodies(app: Project, headers: dict[str, str], body: bytes, seen: Any) -> None:
    found = app.post("/body", body, headers)
    assert (found.status, found.json) == (200, {"body": seen, "files": []})


@pytest.mark.parametrize(
    ("headers", "body", "status", "error"),
    [
        ({"Content-Type": JSON}, b'{"a":', 400, "the body is not JSON"),
        ({"Content-Type": JSON}, b"NaN", 400, "the body is not JSON"),
        ({"Content-Type": JSON}, b'"\xff"', 400, "the body is not JSON"),
        ({"Content-Type": JSON}, b"[" * 200_000, 400, "the body is not JSON"),
        ({"Content-Type": "multipart/form-data"}, b"x", 400, "not a multipart form"),
        (MULTIPART, b"--sep\r\nnot a form", 400, "not a multipart form"),
        (MULTIPART, UPLOAD.replace(b"\xc3\xa9", b"\xff"), 400, "not a multipart form"),
        (FORM, b"&".join(b"a=1" for _ in range(1001)), 413, "more than 1000 fields"),
    ],
)
def test_bodies_that_are_not_what_they_say(
    app: Project, headers: dict[str, str], body: bytes, status: int, error: str
) -> None:
    found = app.post("/body", body, headers)
    assert (found.status, error in found.json["error"]) == (status, True)


def test_multipart(app: Project) -> None:
    found = app.post("/body", UPLOAD, MULTIPART).json
    assert found["body"] == {"title": "Café", "tag": ["a", "b"]}
    assert found["files"] == [{"field": "doc", "name": "a b.bin", "type": "image/png", "size": 4, "last": 255}]


def test_json_whatever_the_type_says(app: Project) -> None:
    assert app.post("/json", b'{"a": 1}', {"Content-Type": "text/plain"}).json == {"json": {"a": 1}}
    wrong = app.post("/json", b"{a: 1}", {"Content-Type": "text/plain"})
    assert (wrong.status, wrong.json["error"].startswith("the body is not JSON: ")) == (400, True)


def test_text_and_bytes(app: Project) -> None:
    assert app.post("/text", "ж\x00\r\n".encode()).json == {"text": "ж\x00\r\n", "raw": "ж\x00\r\n"}
    every_byte = bytes(range(256)) * 400
    echoed = app.post("/echo", every_byte, {"Content-Type": "image/x"})
    assert (echoed.body, echoed.header("content-type")) == (every_byte, "image/x")


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
def test_plain_answers(app: Project, name: str, status: int, kind: str, body: bytes, prefix: str) -> None:
    found = app.get(f"{prefix}/plain/{name}")
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
def test_built_answers(app: Project, path: str, status: int, headers: dict[str, str], body: bytes) -> None:
    found = app.get(path)
    assert (found.status, found.body) == (status, body)
    assert {name: found.header(name) for name in headers} == headers


def test_repeated_headers(app: Project) -> None:
    assert app.get("/created").all("x-many") == ["a", "b"]
    assert app.get("/web").all("set-cookie") == ["a=1", "b=2"]


def test_big_answers(app: Project) -> None:
    items = app.get("/big").json["items"]
    assert (len(items), items[-1]) == (200_000, {"id": 199_999, "name": "item 199999"})
    assert app.get("/bigtext").text == "ä" * 5_000_000


def test_cookies(app: Project) -> None:
    sent = 'a=1; b={"json": [1]}; c=%D0%B6; d="quoted"; a=2; ; =x; e'
    found = app.get("/cookies", {"Cookie": sent}).json
    assert found == {"cookies": {"a": "1", "b": '{"json": [1]}', "c": "ж", "d": "quoted"}, "a": "1"}
    made = app.get("/cookies/set")
    assert (made.text, made.header("x-also")) == ("set", "kept")
    assert made.all("set-cookie") == [
        "session=a%20b%3B%C3%BC; Path=/; Max-Age=60; Domain=example.com; HttpOnly; Secure; SameSite=Strict",
        "old=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax",
    ]


# ---- what goes wrong -------------------------------------------------------------------------------------------------


def test_errors_that_the_service_means(app: Project) -> None:
    assert (app.get("/fail/error").status, app.get("/fail/error").json) == (409, {"error": "No, thank you."})
    assert (app.get("/fail/status").status, app.get("/fail/status").json) == (503, {"error": "HTTP 503"})


@pytest.mark.parametrize(
    ("name", "logged"),
    [
        ("throw", "RangeError: secret detail\n    at main.js:"),
        ("async", "Error: secret, later\n    at main.js:"),
        ("reject", "a value that is not an Error was thrown: a string"),
        ("null", "InternalError: out of memory, or null was thrown"),
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
def test_errors_that_it_does_not_mean(app: Project, name: str, logged: str) -> None:
    found = app.get(f"/fail/{name}")
    assert_hidden_failure(found)
    entry = app.until_logged(found.json["request_id"])
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


def test_a_handler_that_never_answers(app: Project) -> None:
    found = app.get("/fail/never")
    assert (found.status, found.json["code"]) == (504, "timeout")
    assert found.json["request_id"] in app.until_logged("/fail/never")
    assert app.get("/plain/text").text == "text"
