"""A service of several files in a real server: what it imports, where it fails, answers that come piece by piece."""

from __future__ import annotations

import http.client
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from m3m_core.testing import LiveServer

from .client import Admin, Project, until

BUNDLE = (Path(__file__).parents[1] / "js/hono/app.bundle.js").read_text().replace("globalThis.app =", "export default")
MAIN = """import { greet } from "./lib/greet.js"
import prices from "./prices.json"
import app from "./hono.js"
const { double } = require("./double")

router.get("/greet/:name", (ctx) => greet(ctx.params.name))
router.get("/price", () => double(prices.tea))
router.get("/fail", () => { greet(null) })
router.get("/late", async () => (await import("./late.js")).value)
router.get("/file/*path", (ctx) => router.file(ctx.params.path))
router.get("/lost", () => { Promise.reject(new Error("nobody")); return "ok" })
router.get("/events", (ctx) => router.stream(async (out) => {
  out.onClose(() => logger.info(`listener ${ctx.query.name} is gone`))
  for (let n = 1; n <= 3 && !out.closed; n++) { await out.write(`data: ${n}\\n\\n`); await utils.sleepAsync(10) }
  if (out.closed) return
  await out.write("waiting")
  await new Promise(() => {})
}, { type: "text/event-stream" }))
router.get("/count", () => router.stream(function* () { for (let n = 0; n < 5; n++) yield `${n}\\n` }))
await storage.writeAsync("big.txt", "0123456789".repeat(200000))
export default app
"""
FILES = [
    {"name": "lib/greet.js", "code": "import { upper } from '../upper.js'\nexport let greet = (n) => 'Hi ' + upper(n)"},
    {"name": "upper.js", "code": "export function upper(text) {\n  return text.toUpperCase()\n}"},
    {"name": "double.js", "code": "module.exports.double = (n) => n * 2"},
    {"name": "late.js", "code": "export const value = await Promise.resolve('late')"},
    {"name": "prices.json", "code": '{"tea": 21}'},
    {"name": "hono.js", "code": BUNDLE},
]  # fmt: skip


@pytest.fixture(scope="module")
def service(admin: Admin) -> Iterator[Project]:
    made = Project(admin)
    made.ask("PUT", "/pipeline/branches/develop", {"code": MAIN, "files": FILES})
    made.ask("POST", "/pipeline/releases", {"branch": "develop", "bump": "minor", "tag": "develop", "comment": ""})
    made.ask("POST", "/start", {"version": "0.1"})
    yield made
    made.send("DELETE")


@pytest.fixture(params=["/r/{}", "/%72/{}"], ids=["handed over", "proxied"])
def path(request: pytest.FixtureRequest, service: Project) -> str:
    """Where the service is: on a connection of its own runner, and by way of a front."""
    found: str = request.param.format(service.slug)
    return found


@contextmanager
def get(server: LiveServer, path: str, **headers: str) -> Iterator[http.client.HTTPResponse]:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    try:
        connection.request("GET", path, headers=headers)
        yield connection.getresponse()
    finally:
        connection.close()


@pytest.mark.parametrize(
    ("route", "status", "body"),
    [
        ("/greet/ann", 200, b"Hi ANN"),
        ("/price", 200, b"42"),
        ("/late", 200, b"late"),
        ("/users/7", 200, b'{"id":"7"}'),
        ("/nested/deep/ann", 200, b"deep ann"),
        ("/stream", 200, b"one two three"),
        ("/count", 200, b"0\n1\n2\n3\n4\n"),
        ("/file/big.txt", 200, b"0123456789" * 200000),
        ("/file/nope.txt", 404, b'{"error":"There is no such file.","code":"not_found"}'),
    ],
)
def test_answers(server: LiveServer, path: str, route: str, status: int, body: bytes) -> None:
    with get(server, path + route) as answer:
        assert (answer.status, answer.read()) == (status, body)


def test_parts_of_files(server: LiveServer, path: str) -> None:
    with get(server, path + "/file/big.txt", Range="bytes=5-14") as answer:
        assert (answer.status, answer.read()) == (206, b"5678901234")
        tag = answer.headers["ETag"]
    with get(server, path + "/file/big.txt", **{"If-None-Match": tag}) as answer:
        assert (answer.status, answer.read()) == (304, b"")


def test_events_come_one_by_one_and_end_with_the_client(server: LiveServer, service: Project, path: str) -> None:
    with get(server, path + "/events?name=alone") as answer:
        assert answer.headers["Content-Type"] == "text/event-stream"
        assert read_events(answer) == b"data: 1\n\ndata: 2\n\ndata: 3\n\nwaiting"
    if path.startswith("/r/"):  # a front that sends nothing does not notice
        until(lambda: "listener alone is gone" in str(service.ask("GET", "/logs?per_page=1000")))


@pytest.mark.parametrize(
    ("route", "place"),
    [("/fail", "at upper (upper.js:2:"), ("/lost", "unhandled rejection: Error: nobody")],
)
def test_failures_name_the_file(server: LiveServer, service: Project, path: str, route: str, place: str) -> None:
    with get(server, path + route) as answer:
        answer.read()
    until(lambda: place in str(service.ask("GET", "/logs?per_page=1000&level=error")))


def test_a_wrong_file_stops_the_start(admin: Admin) -> None:
    made = Project(admin)
    files = [{"name": "a.js", "code": "export const a = 1\nexport const b = ;"}]
    made.ask("PUT", "/pipeline/branches/develop", {"code": "import './a.js'", "files": files})
    answer = made.send("POST", "/start", {"branch": "develop"})
    assert answer.status == 422
    assert '"file":"a.js","line":2' in answer.text.replace(" ", "")
    made.send("DELETE")


def test_many_listeners_do_not_hold_each_other(server: LiveServer, service: Project) -> None:
    with ExitStack() as stack:
        answers = [stack.enter_context(get(server, f"/r/{service.slug}/events")) for _ in range(20)]
        for answer in answers:
            assert read_events(answer).endswith(b"waiting")


def read_events(answer: http.client.HTTPResponse) -> bytes:
    data = b""
    while not data.endswith(b"waiting") and (more := answer.read1(1000)):
        data += more
    return data
