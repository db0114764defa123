"""What comes in: paths, methods and bodies of one service with every kind of route, asked over the network."""

from __future__ import annotations

from typing import Any

import pytest

from .client import Project

JSON = "application/json"
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
def test_paths(routes: Project, path: str, answer: Any, prefix: str) -> None:
    found = routes.call("GET", path, prefix=prefix)
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
def test_methods(routes: Project, method: str, path: str, status: int, allow: str) -> None:
    found = routes.call(method, path)
    assert (found.status, found.header("allow")) == (status, allow)


def test_what_a_handler_sees(routes: Project) -> None:
    query = "a=1&a=2&b=%D0%B6+x%2By&c&=d&e=%zz&__proto__=1&constructor=2"
    seen = routes.get(f"/seen/?{query}").json
    assert (seen["method"], seen["path"], seen["ip"]) == ("GET", "/seen/", "127.0.0.1")
    assert seen["query"] == {"a": "2", "b": "ж x+y", "c": "", "": "d", "e": "%zz", "__proto__": "1", "constructor": "2"}
    assert seen["queries"]["a"] == ["1", "2"]
    assert routes.get("/seen").json["id"] != seen["id"]


def test_head_is_get_without_its_body(routes: Project) -> None:
    for path in ("/plain/text", "/plain/list", "/created", "/async/plain/text"):
        got, head = routes.get(path), routes.call("HEAD", path)
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
def test_bodies(routes: Project, headers: dict[str, str], body: bytes, seen: Any) -> None:
    found = routes.post("/body", body, headers)
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
    routes: Project, headers: dict[str, str], body: bytes, status: int, error: str
) -> None:
    found = routes.post("/body", body, headers)
    assert (found.status, error in found.json["error"]) == (status, True)


def test_multipart(routes: Project) -> None:
    found = routes.post("/body", UPLOAD, MULTIPART).json
    assert found["body"] == {"title": "Café", "tag": ["a", "b"]}
    assert found["files"] == [{"field": "doc", "name": "a b.bin", "type": "image/png", "size": 4, "last": 255}]


def test_json_whatever_the_type_says(routes: Project) -> None:
    assert routes.post("/json", b'{"a": 1}', {"Content-Type": "text/plain"}).json == {"json": {"a": 1}}
    wrong = routes.post("/json", b"{a: 1}", {"Content-Type": "text/plain"})
    assert (wrong.status, wrong.json["error"].startswith("the body is not JSON: ")) == (400, True)


def test_text_and_bytes(routes: Project) -> None:
    assert routes.post("/text", "ж\x00\r\n".encode()).json == {"text": "ж\x00\r\n", "raw": "ж\x00\r\n"}
    every_byte = bytes(range(256)) * 400
    echoed = routes.post("/echo", every_byte, {"Content-Type": "image/x"})
    assert (echoed.body, echoed.header("content-type")) == (every_byte, "image/x")
