"""`router.stream`: pieces as they are made, at the client's pace, and an end when the client is gone."""

from __future__ import annotations

import socket as plain
from collections.abc import Iterator

import gevent
import pytest
from gevent import socket

from m3m_core.runtime.connection import Connection
from m3m_core.testing import JSRun, run_js

CODE = """
const ended = [];
globalThis.ended = ended;
const later = (ms) => utils.sleepAsync(ms);
router.get("/generator", () => router.stream(async function* () {
  yield "a"; await later(2); yield new Uint8Array([98]); yield ""; yield "é"; }));
router.get("/iterator", () => router.stream(["x", "y"], { type: "text/csv", status: 201, headers: { "X-A": "1" } }));
router.get("/readable", () => router.stream(new ReadableStream({
  start(controller) { controller.enqueue("r1"); controller.enqueue("r2"); controller.close(); } })));
router.get("/writer", () => router.stream(async (out) => { for (const n of "123") await out.write(n); }));
router.get("/unawaited", () => router.stream((out) => { out.write("1"); out.write("2"); }));
router.get("/returned", () => router.stream(() => new ReadableStream({ pull(c) { c.enqueue("z"); c.close(); } })));
router.get("/set", (ctx) => { ctx.header("X-Set", "yes"); return router.stream(["s"]); });
router.get("/empty", () => router.stream([]));
router.get("/response", () => new Response(new ReadableStream({
  pull(c) { c.enqueue(new TextEncoder().encode("streamed")); c.close(); } }), { headers: { "X-R": "1" } }));
router.get("/whole", () => new Response("whole"));
router.get("/breaks", () => router.stream(async function* () { yield "a";
  throw new Error("broke"); }));
router.get("/wrong", () => router.stream(function* () { yield { a: 1 } }));
router.get("/notastream", () => router.stream(5));
router.get("/text", () => router.stream("text"));
router.get("/forever", () => router.stream(async function* () {
  try { for (let i = 0; ; i++) { yield "x".repeat(1e5); globalThis.sent = i; } } finally { ended.push("forever"); } }));
router.get("/silent", () => router.stream(async (out) => {
  out.onClose(() => ended.push("silent")); await out.write("a");
  await new Promise(() => {}); }));
router.get("/cancelled", () => router.stream(new ReadableStream({
  start(c) { c.enqueue("a"); }, pull() { return new Promise(() => {}); }, cancel() { ended.push("cancelled"); } })));
router.get("/stubborn", () => router.stream(async (out) => { for (;;) { await out.write("a"); await later(1); } }));
"""


@pytest.fixture(scope="module")
def js() -> Iterator[JSRun]:
    with run_js(["router", "webapi", "utils"], CODE) as run:
        yield run


def ask(js: JSRun, path: str, *, version: str = "1.1", method: str = "GET") -> plain.socket:
    """A connection on which the request has been sent."""
    client, server = socket.socketpair()
    js._server.serve(Connection(js._server, server, "127.0.0.1", False, None, b""))
    client.sendall(f"{method} /r/test{path} HTTP/{version}\r\nHost: test\r\n\r\n".encode())
    client.settimeout(5)
    made: plain.socket = client
    return made


def whole(client: plain.socket) -> bytes:
    data = b""
    with client:
        while more := client.recv(65536):
            data += more
    return data


@pytest.mark.parametrize(
    ("path", "status", "content", "headers"),
    [
        ("/generator", 200, b"ab\xc3\xa9", {"content-type": "text/plain; charset=utf-8"}),
        ("/iterator", 201, b"xy", {"content-type": "text/csv", "x-a": "1"}),
        ("/readable", 200, b"r1r2", {}),
        ("/writer", 200, b"123", {}),
        ("/unawaited", 200, b"12", {}),
        ("/returned", 200, b"z", {}),
        ("/set", 200, b"s", {"x-set": "yes"}),
        ("/empty", 200, None, {"transfer-encoding": "chunked"}),
        ("/response", 200, b"streamed", {"x-r": "1", "transfer-encoding": "chunked"}),
        ("/whole", 200, b"whole", {"content-length": "5"}),
    ],
)
def test_pieces_become_an_answer(
    js: JSRun, path: str, status: int, content: bytes | None, headers: dict[str, str]
) -> None:
    answer = js.request("GET", path)
    assert (answer.status, answer.json) == (status, content)
    assert headers.items() <= answer.headers.items()


def test_the_connection_goes_on_behind_a_stream(js: JSRun) -> None:
    client = ask(js, "/iterator")
    data = b""
    while not data.endswith(b"0\r\n\r\n"):
        data += client.recv(1000)
    assert data.partition(b"\r\n\r\n")[2] == b"1\r\nx\r\n1\r\ny\r\n0\r\n\r\n"
    client.sendall(b"GET /r/test/whole HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n")
    assert whole(client).endswith(b"whole")


def test_old_clients_get_no_chunks(js: JSRun) -> None:
    head, _, body = whole(ask(js, "/generator", version="1.0")).partition(b"\r\n\r\n")
    assert body == b"ab\xc3\xa9"
    assert b"chunked" not in head


def test_head_has_no_body_and_stops_the_stream(js: JSRun) -> None:
    with ask(js, "/cancelled", method="HEAD") as client:
        assert client.recv(1000).endswith(b"\r\n\r\n")
    js.until(lambda: js.value("ended.splice(0)") == ["cancelled"])


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("/breaks", "GET /breaks, request test-%: Error: broke\n    at main.js:19:"),
        ("/wrong", "GET /wrong, request test-%: TypeError: a piece of a stream is a text or bytes, not object"),
    ],
)
def test_a_stream_that_fails_is_cut_and_told(js: JSRun, path: str, message: str) -> None:
    before, counted = len(js.texts("error")), js._server.metrics.failures
    data = whole(ask(js, path))
    assert data.startswith(b"HTTP/1.1 200")
    assert not data.endswith(b"0\r\n\r\n")
    told = js.texts("error")[before:]
    start, _, end = message.partition("%")
    assert len(told) == 1
    assert told[0].startswith(start)
    assert end in told[0]
    assert js._server.metrics.failures == counted + 1


@pytest.mark.parametrize("path", ["/notastream", "/text"])
def test_what_is_no_stream(js: JSRun, path: str) -> None:
    assert js.request("GET", path).status == 500
    assert "router.stream wants a ReadableStream, an iterator or a function" in js.texts("error")[-1]


@pytest.mark.parametrize("path", ["/silent", "/cancelled", "/forever"])
def test_the_service_learns_that_the_client_is_gone(js: JSRun, path: str) -> None:
    client = ask(js, path)
    client.recv(1000)
    client.close()
    js.until(lambda: js.value("ended.splice(0)") == [path[1:]])


def test_a_writer_whose_client_is_gone_ends_without_a_complaint(js: JSRun) -> None:
    before = js.texts("error")
    client = ask(js, "/stubborn")
    client.recv(1000)
    client.close()
    js.until(lambda: not js._server.connections)
    gevent.sleep(0.01)
    assert js.texts("error") == before


def test_a_client_that_does_not_read_holds_the_stream_back(js: JSRun) -> None:
    client = ask(js, "/forever")
    client.recv(10)
    gevent.sleep(0.05)
    first = js.value("sent")
    gevent.sleep(0.05)
    assert js.value("sent") == first < 100
    client.close()
    js.until(lambda: js.value("ended.splice(0)") == ["forever"])


def test_a_stream_may_be_silent_for_longer_than_a_handler() -> None:
    code = (
        "router.get('/', () => router.stream(async function* () { yield 'a'; await utils.sleepAsync(700); yield 'b' }))"
    )
    with run_js(["router", "utils"], code, timeout=0.2) as js:
        assert js.request("GET", "/").json == b"ab"
