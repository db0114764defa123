"""A request that a front has read, in the form that a runner takes."""

from __future__ import annotations

import io
from typing import Any

import pytest
from gunicorn.http.errors import InvalidChunkSize
from proxied import LIMIT, environ

from m3m_core.errors import Malformed, TooLarge
from m3m_core.http import upstream
from m3m_core.http.upstream import Target, check, check_host, head_of, host_of, read_body, target_of


@pytest.mark.parametrize(
    ("uri", "target"),
    [
        ("/r/shop", Target("shop", "/r/shop", "")),
        ("/r/shop/", Target("shop", "/r/shop/", "")),
        ("/api/r/shop/a/b/c/d?x=/y", Target("shop", "/api/r/shop/a/b/c/d?x=/y", "")),
        ("/r/shop?x", Target("shop", "/r/shop?x", "")),
        ("/r/shop//a", Target("shop", "/r/shop//a", "")),
        ("/r/shop/%2e%2e/%C3%A9", Target("shop", "/r/shop/%2e%2e/%C3%A9", "")),
        ("/%72/sh%6Fp/a%2Fb", Target("shop", "/r/shop/a%2Fb", "")),
        ("/%61pi/%72/shop/a", Target("shop", "/api/r/shop/a", "")),
        ("http://x.example:8/r/shop/a", Target("shop", "/r/shop/a", "x.example:8")),
        ("HTTPS://me:pw@x/api/r/shop", Target("shop", "/api/r/shop", "x")),
        ("/r/r/a", Target("r", "/r/r/a", "")),
        ("/r/api/r/shop", Target("api", "/r/api/r/shop", "")),
        ("/r/", Target("", "/r/", "")),
        ("/r/Shop/", Target("", "/r/Shop/", "")),
        ("/r/%2e%2e/a", Target("", "/r/../a", "")),
        ("/r/shop%2Fa", Target("", "/r/shop/a", "")),
        ("/r/shop%00/a", Target("", "/r/shop\0/a", "")),
        ("/r/shop%0a/a", Target("", "/r/shop\n/a", "")),
        ("/r", None),
        ("/", None),
        ("*", None),
        ("/health", None),
        ("//r/shop/", None),
        ("/r%2Fshop/", None),
        ("/api%2Fr/shop/", None),
        ("/api/projects/r/shop", None),
        ("/x?/r/shop/", None),
        ("http://x", None),
        ("http://x?/r/shop/", None),
        ("http://r/shop/", None),
    ],
)
def test_which_service_an_address_names(uri: str, target: Target | None) -> None:
    assert target_of(uri) == target


SHOP = Target("shop", "/r/shop/a?b", "")


def lines_of(asked: dict[str, Any], target: Target = SHOP, length: int = 0) -> list[str]:
    head = head_of(asked, target, length)
    assert head.endswith(b"\r\n\r\n")
    return head[:-4].decode("latin-1").split("\r\n")


def test_the_head_that_a_runner_gets() -> None:
    sent = {
        "CONTENT_TYPE": "text/plain",
        "HTTP_X_NAME": "é",
        "HTTP_X_FORWARDED_FOR": "203.0.113.9",
        "HTTP_CONNECTION": "keep-alive, X-Name",
        "HTTP_TRANSFER_ENCODING": "chunked",
        "HTTP_UPGRADE": "h2c",
        "HTTP_EXPECT": "100-continue",
        "HTTP_TE": "trailers",
        "HTTP_KEEP_ALIVE": "5",
        "HTTP_DATE": "Sun, 06 Nov 1994 08:49:37 GMT",
    }
    assert lines_of(environ(**sent), length=5) == [
        "POST /r/shop/a?b HTTP/1.1",
        "Content-Type: text/plain",
        "host: localhost",
        "x-name: é",
        "x-forwarded-for: 203.0.113.9",
        "date: Sun, 06 Nov 1994 08:49:37 GMT",
        "Content-Length: 5",
        "Connection: close",
    ]


def test_the_head_of_the_simplest_requests() -> None:
    assert lines_of(environ(REQUEST_METHOD="GET"))[-2:] == ["host: localhost", "Connection: close"]
    assert "Content-Length: 0" in lines_of(environ())
    assert lines_of(environ(SERVER_PROTOCOL="HTTP/1.0"))[0] == "POST /r/shop/a?b HTTP/1.0"
    assert lines_of(environ(SERVER_PROTOCOL="HTTP/1.2"))[0] == "POST /r/shop/a?b HTTP/1.1"
    hosts = [line for line in lines_of(environ(), SHOP._replace(host="x.example")) if line.lower().startswith("host")]
    assert hosts == ["Host: x.example"]


@pytest.mark.parametrize(
    "more",
    [
        {"REQUEST_METHOD": "P.ST"},
        {"REQUEST_METHOD": "G%T"},
        {"HTTP_TRANSFER_ENCODING": "gzip, chunked"},
        {"HTTP_TRANSFER_ENCODING": ""},
    ],
)
def test_what_a_runner_would_not_take_is_refused(more: dict[str, Any]) -> None:
    with pytest.raises(Malformed):
        check(environ() | more)
    check(environ(HTTP_TRANSFER_ENCODING="Chunked"))


def test_one_host_must_be_named() -> None:
    nameless = environ()
    del nameless["HTTP_HOST"]
    for asked in (nameless, environ(HTTP_HOST="a,b")):
        with pytest.raises(Malformed):
            check_host(asked)
    check_host(nameless | {"SERVER_PROTOCOL": "HTTP/1.0"})


@pytest.mark.parametrize(
    ("uri", "host"),
    [("/r/shop/", "localhost"), ("http://x.example:8/", "x.example:8"), ("HTTPS://me:pw@x?y", "x"), ("*", "localhost")],
)
def test_which_host_a_request_is_for(uri: str, host: str) -> None:
    assert host_of(environ(uri=uri)) == host


class Broken(io.BytesIO):
    """A body whose chunks are broken, or that does not come."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self._error = error

    def read(self, size: int | None = -1) -> bytes:
        raise self._error


@pytest.mark.parametrize(
    ("asked", "error"),
    [
        (environ(b"x" * (LIMIT + 1)), TooLarge),
        (environ(CONTENT_LENGTH=str(LIMIT + 1)), TooLarge),
        (environ() | {"wsgi.input": io.BytesIO(b"x" * (LIMIT + 1))}, TooLarge),
        (environ(b"hell") | {"CONTENT_LENGTH": "5"}, ConnectionResetError),
        (environ() | {"wsgi.input": Broken(InvalidChunkSize(b"zz"))}, Malformed),
        (environ() | {"wsgi.input": Broken(TimeoutError())}, TimeoutError),
    ],
)
def test_a_body_that_is_not_taken(asked: dict[str, Any], error: type[Exception]) -> None:
    with pytest.raises(error):
        read_body(asked, LIMIT)


@pytest.mark.parametrize("in_memory", [10, LIMIT])
def test_a_body_is_read_whole(in_memory: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upstream, "IN_MEMORY", in_memory)
    for asked in (environ(b"x" * LIMIT), environ() | {"wsgi.input": io.BytesIO(b"x" * LIMIT)}):
        body, length = read_body(asked, LIMIT)
        with body:
            assert (length, body.read()) == (LIMIT, b"x" * LIMIT)
