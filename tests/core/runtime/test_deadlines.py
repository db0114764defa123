"""How long a connection of a runner waits, and for what."""

from __future__ import annotations

import time
from contextlib import suppress

import gevent
import pytest
from serving import LAST, OK, Played, get

from m3m_core.runtime import body, edges, httpserver, line
from m3m_core.runtime.connection import Connection


@pytest.fixture
def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Deadlines in fractions of a second."""
    monkeypatch.setattr(httpserver, "SWEEP", 0.02)
    monkeypatch.setattr(line, "HEAD_SECONDS", 0.2)
    monkeypatch.setattr(line, "IDLE_SECONDS", 0.5)
    for module in (line, body):
        monkeypatch.setattr(module, "STALL_SECONDS", 0.2)
    monkeypatch.setattr(edges, "LINGER_SECONDS", 0.2)


@pytest.mark.usefixtures("hurry")
@pytest.mark.parametrize(
    ("data", "drops", "between"),
    [
        (b"", b"", (0.45, 0.8)),
        (get("/"), b"", (0.45, 0.8)),
        (b"GET /r/shop HTTP/1.1\r\nX: ", b"x" * 100, (0.15, 0.5)),
        (b"GET /other HTTP/1.1\r\nX: ", b"x" * 100, (0.15, 0.5)),
        (get("/", "Content-Length: 900") + b"x", b"", (0.15, 0.5)),
        (get("/", "Content-Length: 900") + b"x", b"x" * 100, (0.19, 0.6)),
        (get("/", "Transfer-Encoding: chunked") + b"5\r\nh", b"", (0.15, 0.5)),
        (get("/", "Transfer-Encoding: chunked"), b"1\r\nx\r\n" * 30, (0.19, 0.6)),
    ],
)
def test_a_slow_client_is_cut(data: bytes, drops: bytes, between: tuple[float, float]) -> None:
    began = time.monotonic()
    with Played().connect() as client:
        client.send(data)
        client.sock.settimeout(0.02)
        for number in range(150):
            try:
                client.sock.sendall(drops[number : number + 1])
                if client.sock.recv(65536) == b"":
                    break
            except TimeoutError:
                continue
            except ConnectionError:
                break
        assert between[0] < time.monotonic() - began < between[1]


@pytest.mark.usefixtures("hurry")
def test_who_sends_on_after_a_refusal_is_cut() -> None:
    with Played().connect() as client:
        client.send(get("/", "Content-Length: 5000"))
        began = time.monotonic()
        with suppress(ConnectionError):
            while time.monotonic() - began < 2:
                client.sock.sendall(b"x")
                gevent.sleep(0.01)
        assert time.monotonic() - began < 1
        assert client.statuses() == [413]


@pytest.mark.usefixtures("hurry")
@pytest.mark.parametrize("data", [get("/"), get("/") * 1000])
def test_a_client_that_does_not_read_is_cut(data: bytes) -> None:
    played = Played(lambda *_: "t!" + "x" * 1_000_000)
    began = time.monotonic()
    with played.connect() as client:
        client.send(data)
        while played.server.connections:
            assert time.monotonic() - began < 2
            gevent.sleep(0.01)
        assert time.monotonic() - began > 0.15


@pytest.mark.usefixtures("hurry")
def test_a_slow_reader_gets_all() -> None:
    with Played(lambda *_: "t!" + "x" * 3_000_000).connect() as client:
        client.send(get("/", LAST))
        size = 0
        while data := client.sock.recv(100_000):
            size += len(data)
            gevent.sleep(0.02)
    assert size > 3_000_000


@pytest.mark.usefixtures("hurry")
def test_a_long_handler_is_not_silence() -> None:
    def handler(connection: Connection, path: str, query: str) -> str:
        gevent.sleep(0.7)
        return OK

    with Played(handler).connect() as client:
        assert client.send(get("/", LAST)).statuses() == [200]
