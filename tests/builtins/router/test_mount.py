"""Handlers of the web's form: `export default { fetch }` and `router.mount`, with a real router for edge runtimes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from m3m_core.testing import JSRun, run_js

PLUGINS = ["crypto", "router", "webapi", "utils"]
BUNDLE = (Path(__file__).parents[2] / "js/hono/app.bundle.js").read_text()
SCRIPT = BUNDLE.replace("globalThis.app =", "const app =")
MODULE = BUNDLE.replace("globalThis.app =", "export default")
ECHO = """async (request) => Response.json({ method: request.method, url: request.url,
  body: await request.text(), type: request.headers.get("content-type"), isRequest: request instanceof Request })"""


@pytest.fixture(
    scope="module",
    params=[MODULE, f"{SCRIPT}router.mount(app.fetch)", "import app from './app.js'\nexport default app"],
)
def hono(request: pytest.FixtureRequest) -> Iterator[JSRun]:
    with run_js(PLUGINS, request.param, files={"app.js": MODULE}) as run:
        yield run


@pytest.mark.parametrize(
    ("method", "path", "sent", "status", "content"),
    [
        ("GET", "/", None, 200, b"hello"),
        ("GET", "/users/42?all=1&tag=a&tag=b", None, 200, {"id": "42", "all": "1", "tags": ["a", "b"]}),
        ("POST", "/echo", {"a": ["ё"]}, 201, {"got": {"a": ["ё"]}, "type": "application/json"}),
        ("POST", "/checked", {}, 422, {"error": "name is missing"}),
        ("GET", "/html", None, 200, b"<h1>hi</h1>"),
        ("GET", "/bytes", None, 200, b"\0\xff"),
        ("GET", "/stream", None, 200, b"one two three"),
        ("GET", "/events", None, 200, b"event: tick\ndata: 1\nid: 7\n\n"),
        ("GET", "/teapot", None, 418, b"short and stout"),
        ("GET", "/nested/deep/ann", None, 200, b"deep ann"),
        ("PUT", "/mounted/a/b", None, 200, b"mounted /a/b PUT"),
        ("GET", "/none", None, 404, {"error": "nothing at /none"}),
        ("HEAD", "/", None, 200, None),
    ],
)
def test_a_bundle_of_hono(hono: JSRun, method: str, path: str, sent: Any, status: int, content: object) -> None:
    answer = hono.request(method, path, json=sent)
    assert (answer.status, answer.json) == (status, content)
    assert answer.headers["x-middleware"] == "yes"


@pytest.mark.parametrize(
    ("code", "method", "path", "url"),
    [
        (f"router.mount({ECHO})", "GET", "/a/b?c=1&d=%20", "http://test/a/b?c=1&d=%20"),
        (f"router.mount({ECHO})", "GET", "/", "http://test/"),
        (f"router.mount('/shop', {ECHO})", "GET", "/shop/a%2Fb/", "http://test/a%2Fb/"),
        (f"router.mount('/shop/', {ECHO})", "GET", "/shop", "http://test/"),
        (f"router.group('/v1', (v1) => v1.mount('/x', {ECHO}))", "GET", "/v1/x/y", "http://test/y"),
        (f"export default {{ fetch: {ECHO} }}", "DELETE", "/a", "http://test/a"),
        (f"export default {{ fetch(request) {{ return this.go(request) }}, go: {ECHO} }}", "GET", "/a", "http://test/a"),
        (f"const go = {ECHO}; export {{ go as default }}; go.fetch = go", "GET", "/a", "http://test/a"),
    ],
)  # fmt: skip
def test_what_a_mounted_function_is_given(code: str, method: str, path: str, url: str) -> None:
    with run_js(PLUGINS, code) as js:
        told = js.request(method, path).json
        assert (told["method"], told["url"], told["isRequest"], told["body"]) == (method, url, True, "")


@pytest.mark.parametrize("host", ["a b", "a/b", "a?b", "me@a", "a#b", "a\\b", "[::1", "a:b", "a:99999", ""])
def test_a_host_that_is_none_is_no_failure_of_the_service(host: str) -> None:
    with run_js(PLUGINS, f"router.mount({ECHO})") as js:
        answer = js.request("GET", "/", headers={"Host": host})
        assert (answer.status, answer.json["code"]) == (400, "malformed")
        assert js.texts("error") == []


@pytest.mark.parametrize("host", ["a", "a.example:80", "[::1]:3000", "127.0.0.1", "a_b.example"])
def test_a_host_is_in_the_address(host: str) -> None:
    with run_js(PLUGINS, f"router.mount({ECHO})") as js:
        url = js.request("GET", "/x", headers={"Host": host}).json["url"]
        assert url == f"http://{host.removesuffix(':80')}/x"


def test_a_method_that_no_request_has_is_no_failure_of_the_service() -> None:
    with run_js(PLUGINS, f"router.mount({ECHO})") as js:
        answer = js.request("TRACE", "/")
        assert (answer.status, answer.json["code"]) == (405, "method_not_allowed")
        assert js.texts("error") == []


def test_a_route_of_its_own_comes_first_and_middleware_runs() -> None:
    code = f"""router.use((ctx, next) => {{ ctx.header("X-Seen", "yes"); return next() }});
    router.get("/own", () => "own"); router.mount({ECHO})"""
    with run_js(PLUGINS, code) as js:
        assert js.request("GET", "/own").json == b"own"
        answer = js.request("POST", "/own", json={"a": 1})
        assert (answer.json["body"], answer.json["type"]) == ('{"a": 1}', "application/json")
        assert answer.headers["x-seen"] == "yes"


def test_work_that_goes_on_behind_the_answer() -> None:
    code = """export default { async fetch(request, env, ctx) {
      ctx.waitUntil((async () => { await utils.sleepAsync(2); throw new Error("behind") })());
      return new Response("out") } }"""
    with run_js(PLUGINS, code) as js:
        assert js.request("GET", "/").json == b"out"
        js.until(lambda: js.texts("error"))
        assert "waitUntil: Error: behind\n    at main.js:2:" in js.texts("error")[0]


def test_what_is_no_answer() -> None:
    with run_js(PLUGINS, "export default { fetch: () => 5 }") as js:
        assert js.request("GET", "/").status == 500
        assert "fetch gave no Response but number" in js.texts("error")[0]


@pytest.mark.parametrize(
    "code", ["export default 5", "export default { a: 1 }", "export default null", "export default class {}"]
)
def test_other_defaults_are_nobodys(code: str) -> None:
    with run_js(PLUGINS, code) as js:
        assert js.request("GET", "/").status == 404
