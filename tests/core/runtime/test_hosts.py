"""Services on a host of their own: whom a request is for."""

from __future__ import annotations

import pytest

from m3m_core.runtime.hosts import ServicesHost, services_host


@pytest.mark.parametrize(
    ("uri", "host", "is_theirs"),
    [
        ("https://apps.example.net", "apps.example.net", True),
        ("https://apps.example.net/", "apps.example.net:443", True),
        ("http://apps.example.net:3000", "apps.example.net", True),
        ("http://Apps.Example.net", " APPS.example.NET. ", True),
        ("http://apps.example.net", "apps.example.net.:80", True),
        ("http://[::1]:3000", "[::1]:3000", True),
        ("http://[::1]:3000", "[::1]", True),
        ("http://[::1]:3000", "::1", False),
        ("https://apps.example.net", "example.net", False),
        ("https://apps.example.net", "x.apps.example.net", False),
        ("https://apps.example.net", "apps.example.net,m3m.example.com", False),
        ("https://apps.example.net", "me@apps.example.net", False),
        ("https://apps.example.net", "apps.example.net:x", False),
        ("https://apps.example.net", "", False),
    ],
)
def test_a_host(uri: str, host: str, is_theirs: bool) -> None:
    assert ServicesHost(uri).is_asked(host) == is_theirs


@pytest.mark.parametrize(
    ("data", "is_theirs"),
    [
        (b"GET /r/shop/ HTTP/1.1\r\nHost: apps\r\n\r\n", True),
        (b"GET /r/shop/ HTTP/1.1\r\nX: y\r\nhOST:\tapps:80 \r\nA: b\r\n\r\nbody", True),
        (b"GET /r/shop/ HTTP/1.1\r\nHost: other\r\n\r\nHost: apps\r\n\r\n", False),
        (b"GET /r/shop/ HTTP/1.1\r\nX-Host: apps\r\n\r\n", False),
        (b"GET /r/shop/ HTTP/1.1\r\nX: Host: apps\r\n\r\n", False),
        (b"GET /r/shop/ HTTP/1.0\r\n\r\n", False),
        (b"GET /r/shop/ HTTP/1.1\r\nHost: apps\r\n", False),
        (b"", False),
    ],
)
def test_the_host_in_a_head(data: bytes, is_theirs: bool) -> None:
    assert ServicesHost("http://apps").is_asked_in(data) == is_theirs


def test_without_an_address_there_is_no_such_host() -> None:
    assert services_host("") is None
