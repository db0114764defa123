"""On the host of the admin a service leaves nothing behind in a browser that is not its own."""

from __future__ import annotations

import pytest

from .ways import ALPHA, WAYS, Client, Way, get, header


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_what_would_outlast_a_visit_is_taken_out(client: Client, way: Way) -> None:
    for path, cookies in (("", ["own=1"]), ("/file", []), ("/stream", [])):
        reply = client.ask(get(way.target(ALPHA, f"/outlasting{path}"), "Connection: close"), way)
        assert reply.status == 200
        assert header(reply, "Service-Worker-Allowed") == []
        assert header(reply, "Set-Cookie") == cookies


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
@pytest.mark.parametrize("name", ["Service-Worker", "service-worker"])
def test_no_service_worker_is_installed(client: Client, way: Way, name: str) -> None:
    reply = client.ask(get(way.target(ALPHA, "/tiny"), f"{name}: script"), way)
    assert (reply.status, reply.json["code"]) == (403, "no_service_workers")
    assert client.is_well()
