"""A server of its own: small limits, one trusted proxy, IPv6. Two services on it tell what they got."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from m3m_core.testing import LiveServer, live_server

from ..client import Admin, Project, sign_up
from .ways import ALPHA, BETA, Client

CONFIG = {
    "server": {"host": "::", "workers": 2, "body_limit": "1MB", "trusted_proxies": ["127.0.0.2/32"]},
    "runtime": {"timeout": "4s", "shutdown_timeout": "3s"},
    "jwt": {"expiration": "2h"},
}
SERVICE = """
const { slug, instance } = service.info()
const told = (ctx) => ({
  service: slug, instance, method: ctx.method, path: ctx.path, query: ctx.query, headers: ctx.headers, ip: ctx.ip,
  body: ctx.rawBody,
})
router.all("/echo", told)
router.all("/echo/*path", told)
router.get("/tiny", () => ({ service: slug }))
router.get("/nothing", () => undefined)
router.get("/not-modified", () => router.response(304, undefined, { ETag: '"1"' }))
router.get("/latin", () => router.response(200, "x", { "X-Name": "Grüße", "X-Two": ["a", "b"] }))
router.get("/big/:size", (ctx) => "x".repeat(Number(ctx.params.size)))
router.get("/late/:ms", async (ctx) => { await utils.sleepAsync(Number(ctx.params.ms)); return { service: slug } })
router.get("/inject", (ctx) => router.response(200, "x", { "X-Bad": `a${ctx.query.with}b` }))
storage.write("page.txt", "hello")
router.get("/outlasting", () => {
  const cookies = ["m3m_session=x; Path=/api/auth", "own=1", "=m3m_session=x"]
  return router.response(200, "x", { "service-worker-ALLOWED": "/", "Set-Cookie": cookies })
})
router.get("/outlasting/file", (ctx) => router.file("page.txt", { headers: { "Service-Worker-Allowed": "/" } }))
router.get("/outlasting/stream", (ctx) => router.stream(["x"], { headers: { "Set-Cookie": "m3m_session=x" } }))
router.get("/file", () => router.file("page.txt"))
router.get("/claims", () => router.response(200, "x", {
  "Content-Length": "1000", "Transfer-Encoding": "chunked", "Connection": "keep-alive", "Date": "yesterday",
}))
"""


@pytest.fixture(scope="session")
def server() -> Iterator[LiveServer]:
    with live_server(CONFIG) as running:
        yield running


@pytest.fixture(scope="session")
def admin(server: LiveServer) -> Admin:
    return sign_up(server)


@pytest.fixture(scope="session")
def projects(admin: Admin) -> dict[str, Project]:
    """Both run; beta has two instances."""
    made = {slug: Project(admin, slug=slug, instances=number) for slug, number in ((ALPHA, 1), (BETA, 2))}
    for slug, project in made.items():
        project.slug = slug
        project.run(SERVICE)
    return made


@pytest.fixture(scope="session")
def client(server: LiveServer, projects: dict[str, Project]) -> Client:
    return Client(server)
