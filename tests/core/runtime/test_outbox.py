"""Answers that go out together: none is lost, cut, late or out of order."""

from __future__ import annotations

import threading

import gevent
import pytest
from serving import LAST, OK, Client, Played, get

from m3m_core.runtime import outbox
from m3m_core.runtime.connection import Connection

LARGE = "x" * 4_000_000
"""More than a socket takes at once."""


def bodies(answers: bytes) -> list[int]:
    """The lengths of the answers' bodies."""
    return [len(piece.partition(b"\r\n\r\n")[2]) for piece in answers.split(b"HTTP/1.1 ")[1:]]


def sized(_: Connection, path: str, query: str) -> str:
    return f't"{LARGE if path == "/large" else path}'


def test_answers_of_one_turn_leave_in_one_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox, "PATIENCE", 1)
    played = Played()
    gone: list[int] = []
    flush = played.server.outbox.send_now
    monkeypatch.setattr(
        played.server.outbox, "send_now", lambda: (gone.append(len(played.server.outbox._waiting)), flush())
    )
    clients = [played.connect() for _ in range(5)]
    gevent.sleep(0.01)
    for client in clients:
        client.sock.sendall(get("/"))
    assert [client.sock.recv(1000)[:15] for client in clients] == [b"HTTP/1.1 200 OK"] * 5
    assert max(gone) == 5
    for client in clients:
        client.sock.close()


def test_large_answers_to_pipelined_requests_stay_whole_and_in_order() -> None:
    with Played(sized).connect() as client:
        client.send(get("/large") + get("/a") + get("/large") + get("/bc", LAST))
        gevent.sleep(0.1)
        assert bodies(client.rest()) == [len(LARGE), 2, len(LARGE), 3]


def test_who_sends_no_more_still_gets_the_answer() -> None:
    with Played().connect() as client:
        client.sock.sendall(get("/"))
        client.sock.shutdown(1)
        assert client.statuses() == [200]


def test_a_stop_waits_for_the_end_of_an_answer() -> None:
    played = Played(sized)
    with played.connect() as client:
        client.send(get("/large"))
        gevent.sleep(0.05)
        closing = gevent.spawn(played.server.close, 5)
        gevent.sleep(0.1)
        assert not closing.ready()
        received = 0
        while received < len(LARGE):
            received += len(client.sock.recv(65536))
        closing.join(1)
        assert closing.ready()


def test_a_client_that_leaves_in_mid_answer_is_nothing_to_tell(capfd: pytest.CaptureFixture[str]) -> None:
    played = Played(sized)
    with played.connect() as client:
        client.send(get("/large"))
        gevent.sleep(0.05)
    gevent.sleep(0.1)
    assert played.server.connections == set()
    assert capfd.readouterr().err == ""


def test_the_end_of_an_answer_leaves_the_connection_its_time() -> None:
    played = Played(sized)
    with played.connect() as client:
        client.send(get("/large"))
        received = 0
        while received < len(LARGE):
            received += len(client.sock.recv(65536))
        gevent.sleep(0.01)
        (connection,) = played.server.connections
        assert connection.line.deadline > outbox.time.monotonic() + 60
        assert not connection.is_answering


def test_another_thread_sends_what_a_busy_handler_holds_up() -> None:
    """As the watchdog does: the event loop stands still meanwhile."""
    handled: list[str] = []
    seen: list[bytes] = []

    def handler(connection: Connection, path: str, query: str) -> str:
        handled.append(connection.ip)
        if len(handled) == 2:
            thread = threading.Thread(target=played.server.outbox.send_now)
            thread.start()
            thread.join()
            seen.append(clients[handled[0]].sock._sock.recv(1000))
        return OK

    played = Played(handler)
    clients = {ip: played.connect(ip) for ip in ("192.0.2.1", "192.0.2.2")}
    gevent.sleep(0.01)
    for client in clients.values():
        client.sock.sendall(get("/"))
    gevent.sleep(0.05)
    assert seen[0].startswith(b"HTTP/1.1 200")
    assert clients[handled[1]].sock.recv(1000).startswith(b"HTTP/1.1 200")
    for client in clients.values():
        client.sock.close()


def test_beside_slow_handlers_answers_go_at_once() -> None:
    played = Played(lambda _, path, query: (gevent.sleep(0.01 if path == "/slow" else 0), OK)[1])
    box = played.server.outbox
    assert box.is_useful
    with played.connect() as client:
        assert ask(client, "/slow") == 200
        assert not box.is_useful
    for _ in range(500):
        box.handled(0.0001)
    assert box.is_useful


def ask(client: Client, path: str) -> int:
    client.sock.sendall(get(path))
    return int(client.sock.recv(1000)[9:12])
