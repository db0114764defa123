"""Services on a host of their own: what comes to the wrong host."""

from __future__ import annotations

import socket
from typing import Any

import pytest
from proxied import environ

from m3m_core.errors import NotFound
from m3m_core.http.places import read_service_head, right_place
from m3m_core.http.upstream import target_of
from m3m_core.runtime.hosts import ServicesHost

SERVICES = ServicesHost("https://apps.example.net/")
THEIRS, OURS = "apps.example.net", "m3m.example.com"


def placed(uri: str, host: str, method: str = "GET") -> str:
    return right_place(SERVICES, target_of(uri), environ(uri=uri, HTTP_HOST=host, REQUEST_METHOD=method))


@pytest.mark.parametrize(
    ("uri", "host", "method", "address"),
    [
        ("/r/shop/a?b", THEIRS, "GET", ""),
        ("/api/r/shop/a", THEIRS, "POST", ""),
        ("/projects", OURS, "GET", ""),
        ("/api/auth/login", OURS, "POST", ""),
        ("/r/shop/a%2Fb?c=d", OURS, "GET", "https://apps.example.net/r/shop/a%2Fb?c=d"),
        ("/api/r/shop", OURS, "HEAD", "https://apps.example.net/api/r/shop"),
        ("/%72/sho%70/", OURS, "GET", "https://apps.example.net/r/shop/"),
        (f"http://{OURS}/r/shop/", THEIRS, "GET", "https://apps.example.net/r/shop/"),
        (f"http://{THEIRS}/r/shop/", OURS, "GET", ""),
        ("/r/shop%0d%0aX:y/", OURS, "GET", ""),  # no possible service: it is refused as everywhere
    ],
)
def test_where_a_request_belongs(uri: str, host: str, method: str, address: str) -> None:
    assert placed(uri, host, method) == address


@pytest.mark.parametrize(
    ("uri", "host", "method", "code"),
    [
        ("/", THEIRS, "GET", "not_found"),
        ("/api/auth/refresh", THEIRS, "POST", "not_found"),
        ("/health", THEIRS, "GET", "not_found"),
        (f"http://{THEIRS}/api/users", OURS, "GET", "not_found"),
        ("/r/shop/a", OURS, "POST", "other_host"),
    ],
)
def test_what_is_refused(uri: str, host: str, method: str, code: str) -> None:
    with pytest.raises(NotFound) as refused:
        placed(uri, host, method)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("first", "then", "read"),
    [
        (b"GET /r/shop/ HT", b"TP/1.1\r\nHost: x\r\n\r\n", True),
        (b"GET /r/shop/ HTTP/1.1\r\nHost: x\r\n\r\n", b"more", False),
        (b"GET /health HTTP/1.1\r\n", b"Host: x\r\n\r\n", False),
        (b"GET /r/shop/ HTTP/1.1\nHost: x\n\n", b"more", False),
        (b"GET /r/shop/ HTTP/1.1\r\n" + b"x" * 40_000, b"more", False),
    ],
)
def test_the_whole_head_is_read_for_services_alone(first: bytes, then: bytes, read: bool) -> None:
    ours: Any
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.send(then)
        assert read_service_head(first, ours) == (first + then if read else first)


def test_a_client_that_leaves_in_its_head() -> None:
    ours, theirs = socket.socketpair()
    with ours:
        theirs.close()
        assert read_service_head(b"GET /r/shop/", ours) == b"GET /r/shop/"
