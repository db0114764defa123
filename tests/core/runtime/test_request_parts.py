"""The parts of a request as JavaScript gets them."""

from __future__ import annotations

from typing import Any

import pytest

from m3m_core.runtime import parts
from m3m_core.runtime.bridge import encode
from m3m_core.runtime.request import Request

BINARY = "application/octet-stream"
URLENCODED, MULTIPART = b"application/x-www-form-urlencoded", b"multipart/form-data; boundary=s"
SEP = b"--s\r\nContent-Disposition: form-data; "


def request(body: bytes = b"", *headers: tuple[bytes, bytes]) -> Request:
    made = Request(10, "run-")
    made.body = bytearray(body)
    made.headers = list(headers)
    return made


def form(body: bytes, kind: bytes) -> Any:
    return parts.form(request(body, (b"content-type", kind)))


@pytest.mark.parametrize(
    ("name", "value"),
    [("text", "a�\x00"), ("bytes", b"a\xff\x00"), ("requestId", "run-a"), ("headers", {"x": "1"}), ("cookies", {})],
)
def test_part(name: str, value: Any) -> None:
    assert parts.part(request(b"a\xff\x00", (b"x", b"1")), name) == encode(value)


def test_repeated_headers() -> None:
    sent = [(b"accept", b"a"), (b"accept", b"b"), (b"cookie", b"a=1"), (b"cookie", b"b=2"), (b"x-latin", b"\xe9")]
    assert parts.headers(request(b"", *sent)) == {"accept": "a, b", "cookie": "a=1; b=2", "x-latin": "é"}


@pytest.mark.parametrize(
    ("header", "found"),
    [
        (b"a=1; b=2", {"a": "1", "b": "2"}),
        (b"a=1;a=2", {"a": "1"}),
        (b'a="b c"; d="', {"a": "b c", "d": '"'}),
        (b'json={"a": "b;c"}; next=1', {"json": '{"a": "b', "next": "1"}),
        (b"a=%D0%B6%zz", {"a": "ж%zz"}),
        (b"path=/; expires=x; HttpOnly", {"path": "/", "expires": "x"}),
        (b"a==; =b; ; c", {"a": "="}),
        (b"__proto__=1", {"__proto__": "1"}),
        (b"", {}),
    ],
)
def test_cookies(header: bytes, found: dict[str, str]) -> None:
    assert parts.cookies(request(b"", (b"cookie", header))) == found


@pytest.mark.parametrize(
    ("kind", "body", "found"),
    [
        (b"application/json", b'{"a": 1}', {"json": '{"a": 1}', "files": []}),
        (b"Application/LD+JSON; x=y", b"[]", {"json": "[]", "files": []}),
        (b"application/json", b"", {"body": None, "files": []}),
        (b"text/html; charset=utf-8", "ж".encode(), {"body": "ж", "files": []}),
        (b"", b"plain", {"body": "plain", "files": []}),
        (b"image/png", b"\x89", {"body": b"\x89", "files": []}),
        (URLENCODED, b"a=1&a=2&a=3&=4&c", {"body": {"a": ["1", "2", "3"], "": "4", "c": ""}, "files": []}),
        (MULTIPART, SEP + b'name="a"\r\n\r\n1\r\n--s--\r\n', {"body": {"a": "1"}, "files": []}),
        (MULTIPART, SEP + b'name="f"; filename=""\r\n\r\n\r\n--s--\r\n', {"body": {}, "files": []}),
        (
            b'multipart/form-data; boundary="s"',
            SEP + b'name="f"; filename="\xd0\xb6.txt"\r\n\r\n\xff\r\n--s--\r\n',
            {"body": {}, "files": [{"field": "f", "name": "ж.txt", "type": BINARY, "size": 1, "bytes": b"\xff"}]},
        ),
    ],
)  # fmt: skip
def test_form(kind: bytes, body: bytes, found: Any) -> None:
    assert form(body, kind) == found


@pytest.mark.parametrize(
    ("kind", "body", "status", "error"),
    [
        (b"application/json", b'"\xff"', 400, "the body is not JSON: byte 2 is not UTF-8"),
        (URLENCODED, b"a&" * 1001, 413, "the form has more than 1000 fields"),
        (b"multipart/form-data", b"x", 400, "the body is not a multipart form: "),
        (MULTIPART, b"x", 400, "the body is not a multipart form: "),
        (MULTIPART, SEP + b'name="a"\r\n\r\ncut', 400, "the body is not a multipart form: "),
        (MULTIPART, SEP + b"\r\n\r\nx\r\n--s--\r\n", 400, "the body is not a multipart form: a field has no name"),
        (MULTIPART, SEP + b'name="a"\r\n\r\n\xff\r\n--s--\r\n', 400, "a field is not UTF-8"),
        (MULTIPART, (SEP + b'name="a"\r\n\r\n1\r\n') * 1001 + b"--s--\r\n", 400, "not a multipart form"),
    ],
)  # fmt: skip
def test_a_body_that_is_not_what_its_type_says(kind: bytes, body: bytes, status: int, error: str) -> None:
    found = form(body, kind)
    assert (found["status"], error in found["error"]) == (status, True), found
