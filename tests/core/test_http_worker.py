"""Connections of a real front, byte by byte: what is answered, what is refused, what is closed."""

from __future__ import annotations

import signal
import socket
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest

from m3m_core.testing import LiveServer, Wire, head, live_server

LIMIT = 1024 * 1024

PLUGIN = """
import time
from pydantic import BaseModel
from m3m_core import PUBLIC, Manifest, Operation, Route, hookimpl

manifest = Manifest("slow", "1.0.0", "Takes its time")

class Note(BaseModel):
    text: str = ""

class Slow:
    def on_get(self, req, resp):
        time.sleep(1)
        resp.media = {"slow": True}

class Notes:
    def on_get(self, req, resp):
        resp.media = {"query": len(req.query_string)}
    def on_post(self, req, resp, body):
        resp.media = {"size": len(body.text)}

class Stream:
    def on_get(self, req, resp):
        from m3m_core.http import is_closing
        def lines():
            while not is_closing():
                yield b"tick\\n"
                time.sleep(0.05)
        resp.content_type = "text/event-stream"
        resp.stream = lines()

@hookimpl
def m3m_routes(ctx):
    return [
        Route("/slow", Slow(), {"GET": Operation(PUBLIC)}),
        Route("/notes", Notes(), {"GET": Operation(PUBLIC), "POST": Operation(PUBLIC, body=Note)}),
        Route("/stream", Stream(), {"GET": Operation(PUBLIC)}),
    ]
"""


def launched() -> Iterator[LiveServer]:
    config = {"server": {"workers": 1, "body_limit": "1MB"}}
    with live_server(config, start=False) as running:
        (running.folder / "plugins").mkdir()
        (running.folder / "plugins" / "slow.py").write_text(PLUGIN)
        running.start()
        yield running


shared = pytest.fixture(scope="module")(launched)
own = pytest.fixture(launched)


GET = head("GET /notes HTTP/1.1")


def post(body: bytes, *headers: str) -> bytes:
    sent = ("Content-Type: application/json", f"Content-Length: {len(body)}", *headers)
    return head("POST /notes HTTP/1.1", *sent) + body


CHUNKED = head("POST /notes HTTP/1.1", "Content-Type: application/json", "Transfer-Encoding: chunked")


@pytest.mark.parametrize(
    ("sent", "status", "code"),
    [
        (b"NONSENSE\r\n\r\n", 400, "malformed"),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", 400, "malformed"),
        (b"GET /notes HTTP/1.1\nHost: x\n\n", 400, "malformed"),
        (head("GET /notes HTTP/9.1"), 400, "malformed"),
        (head("GET /notes\x01 HTTP/1.1"), 400, "malformed"),
        (head("GET /notes HTTP/1.1", "Bad Header: x"), 400, "malformed"),
        (head("GET /notes HTTP/1.1", "X: a", " folded"), 400, "malformed"),
        (head("GET /notes HTTP/1.1", "Host: y"), 400, "malformed"),
        (head("POST /notes HTTP/1.1", "Content-Length: 5", "Content-Length: 6") + b"hello", 400, "malformed"),
        (head("POST /notes HTTP/1.1", "Content-Length: -1"), 400, "malformed"),
        (
            head("POST /notes HTTP/1.1", "Content-Length: 5", "Transfer-Encoding: chunked") + b"0\r\n\r\n",
            400,
            "malformed",
        ),
        (head("POST /notes HTTP/1.1", "Transfer-Encoding: gzip"), 400, "malformed"),
        (head("POST /notes HTTP/1.1", "Transfer-Encoding: magic"), 501, "not_implemented"),
        (head("GET /notes HTTP/1.1", "Expect: miracles"), 417, "expectation_failed"),
        (head("GET /notes?" + "x" * 40_000 + " HTTP/1.1"), 414, "uri_too_long"),
        (head("GET /notes HTTP/1.1", "X: " + "x" * 20_000), 431, "headers_too_large"),
        (head("GET /notes HTTP/1.1", *[f"X-{n}: x" for n in range(200)]), 431, "headers_too_large"),
        (CHUNKED + b"zz\r\n", 400, "malformed"),
        (CHUNKED + b"2\r\n{}XX0\r\n\r\n", 400, "malformed"),
        (CHUNKED + b"5\r\n{}", 400, "malformed"),
    ],
)
def test_what_is_not_proper_http_is_refused_and_closed(shared: LiveServer, sent: bytes, status: int, code: str) -> None:
    with Wire(shared) as wire:
        wire.send(sent)
        wire.socket.shutdown(socket.SHUT_WR)
        reply = wire.reply()
        assert (reply.status, reply.json["code"]) == (status, code)
        assert wire.is_closed()


def test_an_answer_does_not_say_what_made_it(shared: LiveServer) -> None:
    with Wire(shared) as wire:
        text = wire.send(GET).reply().head.lower()
    assert b"server:" not in text
    assert b"gunicorn" not in text


def test_an_answer_comes_in_one_packet(shared: LiveServer) -> None:
    """In two, the second waits for the client to confirm the first, which may take it 40 ms."""
    with Wire(shared) as wire:
        for _ in range(5):
            wire.send(GET)
            assert wire.socket.recv(65536).endswith(b'{"query":0}')


def test_a_long_filter_fits_into_the_address(shared: LiveServer) -> None:
    with Wire(shared) as wire:
        reply = wire.send(head("GET /notes?" + "x" * 22_000 + " HTTP/1.1")).reply()
    assert reply.json == {"query": 22_000}


def test_a_connection_is_used_again(shared: LiveServer) -> None:
    with Wire(shared) as wire:
        assert [wire.send(GET).reply().status for _ in range(3)] == [200] * 3
        assert wire.send(GET.replace(b"GET", b"HEAD")).reply(to_head=True).status == 200
        assert wire.send(post(b'{"text":"abc"}')).reply().body == b'{"size":3}'
        assert wire.send(head("GET /api/nothing HTTP/1.1")).reply().status == 404
        assert wire.send(post(b"{broken")).reply().status == 400
        assert wire.send(head("GET /notes HTTP/1.1", "Connection: close")).reply().status == 200
        assert wire.is_closed()


def test_pipelined_requests_are_answered_in_order(shared: LiveServer) -> None:
    with Wire(shared) as wire:
        wire.send(GET + post(b'{"text":"abc"}') + head("GET /notes?ab HTTP/1.1") + GET.replace(b"/notes", b"/r/shop/"))
        assert [wire.reply().body for _ in range(3)] == [b'{"query":0}', b'{"size":3}', b'{"query":2}']
        assert wire.reply().json["code"] == "service_not_running"


@pytest.mark.parametrize(
    "whole", [GET, post(b'{"text":"abc"}'), CHUNKED + b"e\r\n" + b'{"text":"abc"}' + b"\r\n0\r\n\r\n"]
)
def test_a_request_may_come_in_pieces(shared: LiveServer, whole: bytes) -> None:
    with Wire(shared) as wire:
        for cut in (1, 4, 6, len(whole) // 2, len(whole) - 2):
            assert wire.send(whole[:cut], whole[cut:]).reply().status == 200


def test_an_empty_line_before_a_request_is_forgiven(shared: LiveServer) -> None:
    with Wire(shared) as wire:
        assert wire.send(b"\r\n" + GET).reply().status == 200


def test_a_client_may_wait_for_permission_to_send(shared: LiveServer) -> None:
    body = b'{"text":"abc"}'
    with Wire(shared) as wire:
        assert wire.send(post(body, "Expect: 100-continue")[: -len(body)]).reply().status == 100
        assert wire.send(body).reply().status == 200


@pytest.mark.parametrize("times", [2, 20])
def test_a_body_that_is_too_large_is_refused_and_the_answer_arrives(shared: LiveServer, times: int) -> None:
    """The client gets to read the answer although it is still sending, as most clients are."""
    with Wire(shared) as wire:
        reply = wire.send(post(b"x" * (LIMIT * times))).reply()
        assert (reply.status, reply.json["code"]) == (413, "too_large")
        assert wire.is_closed()


def test_a_chunked_body_that_is_too_large_is_refused(shared: LiveServer) -> None:
    with Wire(shared) as wire:
        chunk = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
        reply = wire.send(CHUNKED + chunk * 20 + b"0\r\n\r\n").reply()
        assert (reply.status, reply.json["code"]) == (413, "too_large")
        assert wire.is_closed()


def test_a_small_body_that_nobody_wanted_does_not_end_the_connection(shared: LiveServer) -> None:
    with Wire(shared) as wire:
        assert wire.send(post(b"{}" * 100).replace(b"/notes", b"/nothing")).reply().status == 404
        assert wire.send(GET).reply().status == 200


def test_an_old_client_is_answered_and_closed(shared: LiveServer) -> None:
    with Wire(shared) as wire:
        assert wire.send(b"GET /notes HTTP/1.0\r\n\r\n").reply().status == 200
        assert wire.is_closed()


def test_slow_clients_are_let_go(shared: LiveServer) -> None:
    started = time.monotonic()
    wires = [Wire(shared).send(sent) for sent in (b"", b"GET /r/sho", b"GET /notes HTTP/1.1\r\nHost: ")]
    trickle = Wire(shared)
    for _ in range(8):
        trickle.send(b"G")
        time.sleep(1)
    with Wire(shared) as brisk:
        assert brisk.send(GET).reply().status == 200
    for wire in [*wires, trickle]:
        assert wire.is_closed()
        wire.socket.close()
    assert 9 < time.monotonic() - started < 14


def test_many_requests_are_served_at_once(shared: LiveServer) -> None:
    started = time.monotonic()
    wires = [Wire(shared).send(head("GET /slow HTTP/1.1")) for _ in range(20)]
    assert [wire.reply().status for wire in wires] == [200] * 20
    assert time.monotonic() - started < 5
    for wire in wires:
        wire.socket.close()


def test_a_stop_lets_requests_finish_and_ends_streams_and_idle_connections(own: LiveServer) -> None:
    with Wire(own) as idle, Wire(own) as busy, Wire(own) as stream, Wire(own) as fresh:
        assert idle.send(GET).reply().status == 200
        stream.send(head("GET /stream HTTP/1.1"))
        assert stream.socket.recv(1000)
        busy.send(head("GET /slow HTTP/1.1"))
        time.sleep(0.3)
        results: list[Any] = []
        waiting = threading.Thread(target=lambda: results.append(busy.reply()))
        waiting.start()
        late = threading.Timer(0.3, lambda: results.append(fresh.send(GET).reply()))
        late.start()  # the first request of a connection that was there before
        started = time.monotonic()
        assert own.stop(signal.SIGTERM) == 0
        waiting.join(10)
        late.join(10)
        assert [reply.status for reply in results] == [200, 200]
        assert idle.is_closed()
        assert time.monotonic() - started < 9
