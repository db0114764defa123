"""What runs around handlers: middleware, groups, other origins."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from .client import Admin, Project

CODE = """
const order = []
router.use((ctx, next) => { order.length = 0; order.push("first"); return next() })
router.use(async (ctx, next) => {
  order.push("second")
  const answer = await next()
  ctx.header("X-Order", order.join(" ") + " back")
  return answer
})
router.get("/order", (ctx, next) => { order.push("a"); return next() }, (ctx) => { order.push("b"); return "done" })
router.get("/fallthrough", (ctx, next) => { next() }, async () => "inner")

// protected by a prefix, whatever the spelling
router.use("/admin", (ctx, next) => {
  if (ctx.header("x-token") !== "open") throw router.error(401, "Sign in first.")
  ctx.state.who = "root"
  return next()
})
router.get("/admin/secret", (ctx) => ctx.state)
router.get("/administration", () => "open to all")
router.get("/:any/public", () => "open to all")

router.group("/v1", (v1) => {
  v1.use((ctx, next) => { ctx.header("X-Version", "1"); return next() })
  v1.get("/", () => "root of v1")
  v1.group("/teams/:team", (team) => {
    team.use((ctx, next) => {
      if (ctx.params.team === "closed") return router.response(403, { team: ctx.params.team })
      return next()
    })
    team.get("/list", (ctx) => ctx.params)
    team.all("/*rest", (ctx) => ctx.params)
  })
})
router.use("/named/:word", (ctx, next) => (ctx.params.word === "no" ? "stopped" : next()))
router.get("/named/:other", (ctx) => ctx.params)

router.get("/twice", (ctx, next) => { next(); return next() }, () => "x")
router.use("/caught", async (ctx, next) => {
  try { return await next() } catch (error) { return `caught ${error.message}` }
})
router.get("/caught/sync", () => { throw new Error("sync") })
router.get("/caught/async", async () => { throw new Error("async") })
router.use("/broken", () => { throw new Error("in the middleware") })
router.get("/broken/now", () => "never")
router.use("/forgotten", () => {})
router.use("/status", (ctx) => { ctx.status(204) })
router.get("/status", () => "never")
router.use("/later", async () => { await null; throw new Error("in the middleware, later") })
"""
CORS = """
const origin = ["https://a.example", "https://b.example"]
router.cors({ origin, credentials: true, maxAge: 600, exposeHeaders: ["X-Id"] })
router.get("/data", (ctx) => { ctx.header("X-Id", 7); return { ok: true } })
router.get("/error", () => { throw new Error("x") })
router.get("/refused", () => { throw router.error(403, "no") })
"""
A, EVIL = {"Origin": "https://a.example"}, {"Origin": "https://evil.example"}
PREFLIGHT = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "x-token, content-type"}


@pytest.fixture(scope="module")
def app(admin: Admin) -> Iterator[Project]:
    made = Project(admin)
    made.run(CODE)
    yield made
    made.send("DELETE")


@pytest.mark.parametrize(
    ("path", "headers", "status", "answer"),
    [
        ("/order", {}, 200, "done"),
        ("/fallthrough", {}, 200, "inner"),
        ("/administration", {}, 200, "open to all"),
        ("/any/public", {}, 200, "open to all"),
        ("/admin/secret", {}, 401, '{"error":"Sign in first."}'),
        ("//admin/secret", {}, 401, '{"error":"Sign in first."}'),
        ("/admin//secret/", {}, 401, '{"error":"Sign in first."}'),
        ("/%61dmin/secret", {}, 401, '{"error":"Sign in first."}'),
        ("/admin/public", {}, 401, '{"error":"Sign in first."}'),
        ("/admin", {}, 401, '{"error":"Sign in first."}'),
        ("/admin/secret", {"X-Token": "open"}, 200, '{"who":"root"}'),
        ("/status", {}, 204, ""),
        ("/v1", {}, 200, "root of v1"),
        ("/v1/teams/a/list", {}, 200, '{"team":"a"}'),
        ("/v1/teams/a/x/y", {}, 200, '{"team":"a","rest":"x/y"}'),
        ("/v1/teams/closed/list", {}, 403, '{"team":"closed"}'),
        ("/v1/teams/closed", {}, 403, '{"team":"closed"}'),
        ("/v1/teams/clos%65d/x", {}, 403, '{"team":"closed"}'),
        ("/named/no", {}, 200, "stopped"),
        ("/named/yes", {}, 200, '{"other":"yes","word":"yes"}'),
        ("/caught/sync", {}, 200, "caught sync"),
        ("/caught/async", {}, 200, "caught async"),
    ],
)
def test_what_answers(app: Project, path: str, headers: dict[str, str], status: int, answer: str) -> None:
    found = app.get(path, headers)
    assert (found.status, found.text) == (status, answer)


def test_order(app: Project) -> None:
    assert app.get("/order").header("x-order") == "first second a b back"
    assert app.get("/v1/").header("x-version") == "1"
    assert app.get("/nowhere").status == 404
    assert app.get("/nowhere").header("x-order") == "first second back"


@pytest.mark.parametrize(
    ("path", "logged"),
    [
        ("/broken/now", "Error: in the middleware\n"),
        ("/later", "Error: in the middleware, later\n"),
        ("/forgotten", "Error: a function before the route's own neither called next() nor returned an answer"),
        ("/twice", "Error: next() was called twice\n"),
    ],
)
def test_errors_of_middleware(app: Project, path: str, logged: str) -> None:
    found = app.get(path)
    assert (found.status, found.json["code"]) == (500, "internal_error")
    assert logged in app.until_logged(found.json["request_id"])


def test_other_origins(project: Project) -> None:
    project.run(CORS)
    for path, status in (("/data", 200), ("/error", 500), ("/refused", 403), ("/nowhere", 404)):
        found = project.get(path, A)
        assert found.status == status
        assert found.header("access-control-allow-origin") == "https://a.example"
        assert (found.header("access-control-allow-credentials"), found.header("vary")) == ("true", "Origin")
    assert project.get("/data", A).header("access-control-expose-headers") == "X-Id"
    for headers in ({}, EVIL):
        found = project.get("/data", headers)
        assert (found.status, found.header("access-control-allow-origin"), found.header("vary")) == (200, "", "Origin")

    asked = project.call("OPTIONS", "/data", headers=A | PREFLIGHT)
    assert (asked.status, asked.body) == (204, b"")
    assert asked.header("access-control-allow-methods") == "GET, POST, PUT, PATCH, DELETE, HEAD"
    assert asked.header("access-control-allow-headers") == "x-token, content-type"
    assert asked.header("access-control-max-age") == "600"
    refused = project.call("OPTIONS", "/data", headers=EVIL | PREFLIGHT)
    assert (refused.status, refused.header("access-control-allow-origin")) == (204, "")


def test_every_origin(project: Project) -> None:
    project.run('router.cors()\nrouter.get("/", () => "x")')
    found = project.get("/", EVIL)
    assert (found.header("access-control-allow-origin"), found.header("vary")) == ("*", "")
