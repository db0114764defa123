"""Services on a host of their own: their pages are of another origin than the admin's."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from m3m_core.testing import LiveServer, Reply, Wire, live_server

from .client import Admin, Project, sign_up

THEIRS, OURS = "apps.example.net", "m3m.example.com"
URI = f"http://{THEIRS}:8080"
CODE = """
router.all("/echo/*path", (ctx) => ({ path: ctx.path, host: ctx.headers.host, body: ctx.rawBody }))
storage.write("page.html", "<h1>Hi</h1>")
const lasting = { "Service-Worker-Allowed": "/", "Set-Cookie": "m3m_session=x" }
router.get("/worker.js", () => router.response(200, "", lasting))
router.get("/page", () => router.file("page.html"))
"""


@pytest.fixture(scope="module")
def server() -> Iterator[LiveServer]:
    with live_server({"server": {"services_uri": URI, "workers": 2}}) as running:
        yield running


@pytest.fixture(scope="module")
def admin(server: LiveServer) -> Admin:
    return sign_up(server)


@pytest.fixture(scope="module", autouse=True)
def service(admin: Admin) -> Project:
    project = Project(admin, slug="shop", instances=2)
    project.run(CODE)
    return project


def request(target: str, host: str, method: str = "GET", body: str = "") -> bytes:
    length = f"Content-Length: {len(body)}\r\n" if body else ""
    return f"{method} {target} HTTP/1.1\r\nX-First: 1\r\nHost: {host}\r\n{length}\r\n{body}".encode()


def location(reply: Reply) -> str:
    lines = [line.decode() for line in reply.head.split(b"\r\n") if line.lower().startswith(b"location:")]
    return lines[0].split(" ", 1)[1] if lines else ""


ECHO = "/r/shop/echo/a%20b?c=d"
CASES = {
    "a service": (request(ECHO, THEIRS), 200, ""),
    "a service, with a port": (request(ECHO, f"{THEIRS}:8080"), 200, ""),
    "a webhook": (request("/api/r/shop/echo/x", THEIRS, "POST", "hello"), 200, ""),
    "a service, proxied": (request(f"http://{THEIRS}{ECHO}", OURS), 200, ""),
    "a service, encoded": (request("/%72/shop/echo/x", THEIRS), 200, ""),
    "a service on the other host": (request(ECHO, OURS), 308, URI + ECHO),
    "a service on the other host, proxied": (request(f"http://{OURS}{ECHO}", THEIRS), 308, URI + ECHO),
    "a webhook on the other host": (request("/api/r/shop/echo/x", OURS, "POST", "hello"), 404, "other_host"),
    "the API": (request("/api/openapi.json", OURS), 200, ""),
    "the API on the host of services": (request("/api/openapi.json", THEIRS), 404, "not_found"),
    "a session on the host of services": (request("/api/auth/refresh", THEIRS, "POST", "{}"), 404, "not_found"),
    "the admin on the host of services": (request("/", THEIRS), 404, "not_found"),
    "health on the host of services": (request("/health", THEIRS), 404, "not_found"),
    "no service on its host": (request("/r/nobody/", THEIRS), 503, "service_not_running"),
}


@pytest.mark.parametrize("before", ["", "a service", "the API"])
def test_each_host_answers_its_own(server: LiveServer, before: str) -> None:
    """Also on a connection that a runner has, or had: proxies share connections between hosts."""
    for name, (data, status, told) in CASES.items():
        with Wire(server) as wire:
            if before:
                assert wire.send(CASES[before][0]).reply().status == 200
            reply = wire.send(data).reply()
            found = location(reply) or ("" if status == 200 else reply.json["code"])
            assert (reply.status, found) == (status, told), name
            if status != 200 and not found.startswith("http"):
                assert set(reply.json) == {"error", "code", "request_id"}


def test_all_of_it_on_one_connection(server: LiveServer) -> None:
    with Wire(server) as wire:
        for _ in range(3):
            wire.send(b"".join(data for data, _, _ in CASES.values()))
            assert [wire.reply().status for _ in CASES] == [status for _, status, _ in CASES.values()]


def test_a_head_may_come_in_pieces(server: LiveServer) -> None:
    for data, status, _ in CASES.values():
        for cut in (8, data.index(b"Host") + 9):
            with Wire(server) as wire:
                assert wire.send(data[:cut], data[cut:]).reply().status == status


def test_the_service_gets_what_was_sent(server: LiveServer) -> None:
    with Wire(server) as wire:
        told = wire.send(request("/r/shop/echo/x", THEIRS, "POST", "hello")).reply().json
        assert told == {"path": "/echo/x", "host": THEIRS, "body": "hello"}


def test_files_may_act_as_pages_of_that_host(server: LiveServer) -> None:
    with Wire(server) as wire:
        reply = wire.send(request("/r/shop/page", THEIRS)).reply()
    assert reply.body == b"<h1>Hi</h1>"
    assert b"content-security-policy" not in reply.head.lower()


@pytest.mark.parametrize(
    "target", ["/r/shop/worker.js", f"http://{THEIRS}/r/shop/worker.js"], ids=["handed", "proxied"]
)
def test_service_workers_and_all_cookies_are_theirs_on_that_host(server: LiveServer, target: str) -> None:
    asked = request(target, THEIRS).replace(b"X-First: 1", b"Service-Worker: script")
    with Wire(server) as wire:
        reply = wire.send(asked).reply()
    assert reply.status == 200
    assert b"service-worker-allowed: /" in reply.head.lower()
    assert b"set-cookie: m3m_session=x" in reply.head.lower()
