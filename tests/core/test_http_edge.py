"""What every answer carries, and what the browser of another origin may do."""

from __future__ import annotations

from typing import Any

import pytest

from m3m_core import PUBLIC, Operation, Route
from m3m_core.http.proxies import Proxies
from m3m_core.testing import client, kernel, plugin

ORIGIN = "https://app.example.com"


class Peer:
    def on_get(self, req: Any, resp: Any) -> None:
        resp.media = {"ip": req.remote_addr, "scheme": req.scheme}


class Picture:
    def on_get(self, req: Any, resp: Any) -> None:
        resp.set_header("Cache-Control", "max-age=60")
        resp.content_type = "text/plain"
        resp.text = "x"


ROUTES = plugin(
    "edge",
    routes=[
        Route("/peer", Peer(), {"GET": Operation(PUBLIC)}),
        Route("/picture", Picture(), {"GET": Operation(PUBLIC)}),
    ],
)


def test_answers_carry_an_id_and_security_headers() -> None:
    with kernel([ROUTES]) as running:
        first, second = client(running).get("/peer"), client(running).get("/nothing")
    assert first.headers["x-request-id"] != second.headers["x-request-id"]
    for answer in (first, second):
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "same-origin"
        assert answer.headers["cache-control"] == "no-store"


def test_a_responder_may_allow_caching() -> None:
    with kernel([ROUTES]) as running:
        assert client(running).get("/picture").headers["cache-control"] == "max-age=60"


@pytest.mark.parametrize("path", ["/peer%00", "/peer?x=%00"])
def test_a_nul_in_the_address_is_refused(path: str) -> None:
    with kernel([ROUTES]) as running:
        assert client(running).get(path).status == 400


@pytest.mark.parametrize(
    ("origins", "origin", "allowed"),
    [
        ([], ORIGIN, None),
        ([ORIGIN], None, None),
        ([ORIGIN], ORIGIN, ORIGIN),
        ([ORIGIN + "/"], ORIGIN, ORIGIN),
        ([ORIGIN], "https://evil.example.com", None),
        ([ORIGIN], "null", None),
        ([ORIGIN], ORIGIN + ".evil.com", None),
    ],
)
def test_cors(origins: list[str], origin: str | None, allowed: str | None) -> None:
    with kernel([ROUTES], server={"cors_origins": tuple(origins)}) as running:
        guest = client(running)
        headers = {"Origin": origin} if origin else {}
        answer = guest.get("/peer", headers=headers)
        preflight = guest.request("OPTIONS", "/peer", headers=headers | {"Access-Control-Request-Method": "GET"})
    assert answer.headers.get("access-control-allow-origin") == allowed
    assert preflight.headers.get("access-control-allow-origin") == allowed
    assert ("access-control-allow-headers" in preflight.headers) == (allowed is not None)
    assert ("vary" in answer.headers) == bool(origins)


def test_a_preflight_needs_no_route_and_no_token() -> None:
    headers = {"Origin": ORIGIN, "Access-Control-Request-Method": "PUT"}
    with kernel([ROUTES], server={"cors_origins": (ORIGIN,)}) as running:
        status, body, answered = client(running).request("OPTIONS", "/api/users/me", headers=headers)
    assert (status, body) == (204, None)
    assert "PUT" in answered["access-control-allow-methods"]


@pytest.mark.parametrize(
    ("trusted", "peer", "forwarded", "proto", "expected"),
    [
        ([], "10.0.0.1", "1.2.3.4", "https", ("10.0.0.1", "http")),
        (["10.0.0.0/8"], "11.0.0.1", "1.2.3.4", "https", ("11.0.0.1", "http")),
        (["10.0.0.0/8"], "10.0.0.1", "1.2.3.4", "https", ("1.2.3.4", "https")),
        (["10.0.0.0/8"], "10.0.0.1", "6.6.6.6, 1.2.3.4", "", ("1.2.3.4", "http")),
        (["10.0.0.0/8"], "10.0.0.1", "6.6.6.6, 1.2.3.4, 10.0.0.2", "HTTPS", ("1.2.3.4", "https")),
        (["10.0.0.0/8"], "10.0.0.1", "10.0.0.3, 10.0.0.2", "", ("10.0.0.3", "http")),
        (["10.0.0.0/8"], "10.0.0.1", "", "https", ("10.0.0.1", "https")),
        (["10.0.0.0/8"], "10.0.0.1", "nonsense", "gopher", ("10.0.0.1", "http")),
        (["10.0.0.0/8"], "10.0.0.1", "1.2.3.4, nonsense", "", ("10.0.0.1", "http")),
        (["10.0.0.0/8"], "::ffff:10.0.0.1", "1.2.3.4", "", ("1.2.3.4", "http")),
        (["fd00::/8"], "fd00::1", "2001:db8::7", "http, https", ("2001:db8::7", "https")),
        (["10.0.0.1"], "10.0.0.1", "1.2.3.4", "", ("1.2.3.4", "http")),
        (["10.0.0.0/8"], "", "1.2.3.4", "", ("", "http")),
    ],
)
def test_whose_address_is_believed(
    trusted: list[str], peer: str, forwarded: str, proto: str, expected: tuple[str, str]
) -> None:
    assert Proxies(trusted).client(peer, forwarded, proto, "http") == expected


@pytest.mark.parametrize(
    ("trusted", "expected"),
    [((), {"ip": "127.0.0.1", "scheme": "http"}), (("127.0.0.0/8",), {"ip": "1.2.3.4", "scheme": "https"})],
)
def test_a_responder_sees_the_clients_address(trusted: tuple[str, ...], expected: dict[str, str]) -> None:
    headers = {"X-Forwarded-For": "1.2.3.4", "X-Forwarded-Proto": "https"}
    with kernel([ROUTES], server={"trusted_proxies": trusted}) as running:
        assert client(running).get("/peer", headers=headers).json == expected
