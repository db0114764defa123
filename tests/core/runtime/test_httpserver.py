"""The runner's server: whose requests it answers, who gets the others, how it ends."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import gevent
import pytest
from gevent import socket
from serving import LAST, OK, Client, Played, get

from m3m_core.runtime import httpserver
from m3m_core.runtime.channel import Channel
from m3m_core.runtime.connection import Connection
from m3m_core.runtime.wire import receive_handoff, send_handoff


@pytest.mark.parametrize(
    ("data", "owned"),
    [
        (b"GET /r/shop HTTP/1.1", True),
        (b"DELETE /api/r/shop?x=1 HTTP/1.1", True),
        (b"M-SEARCH /r/shop/a HTTP/1.1", True),
        (b"GET /r/shop", False),
        (b"GET /r/shopping/ HTTP/1.1", False),
        (b"GET /r/sho/ HTTP/1.1", False),
        (b"GET /r/other/r/shop/ HTTP/1.1", False),
        (b"GET /r/s.op/ HTTP/1.1", False),
        (b"GET /health HTTP/1.1", False),
        (b"GET  /r/shop/ HTTP/1.1", False),
        (b"get /r/shop/ HTTP/1.1", False),
        (b"x GET /r/shop/ HTTP/1.1", False),
    ],
)
def test_which_requests_are_ours(data: bytes, owned: bool) -> None:
    assert bool(Played().server.owns(data)) is owned


@pytest.mark.parametrize(
    ("target", "path"),
    [("/r/shop", "/"), ("/r/shop/", "/"), ("/api/r/shop/a/b", "/a/b"), ("/r/shop?x", "/"), ("/r/shop//a", "//a")],
)
def test_the_path_below_the_service(target: str, path: str) -> None:
    played = Played(lambda _, path, query: f"t!{path}")
    with played.connect() as client:
        answer = client.send(f"GET {target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode()).rest()
    assert answer.partition(b"\r\n\r\n")[2].decode() == path


def channels(played: Played, number: int) -> list[Any]:
    """The fronts' ends of so many channels of the server."""
    ends = []
    for _ in range(number):
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        ours.settimeout(5)
        known = Channel(theirs)
        played.server.channels.add(known)
        gevent.spawn(played.server._receive, known)
        ends.append(ours)
    return ends


def hand(channel: Any, data: bytes) -> Client:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        ours = socket.create_connection(listener.getsockname())
        theirs, _ = listener.accept()
    send_handoff(channel, theirs.fileno(), "192.0.2.7", False, data)
    theirs.close()
    return Client(ours)


FOREIGN = b"GET /health HTTP/1.1\r\n\r\n"


def test_a_front_that_is_gone_is_stood_in_for() -> None:
    played = Played()
    first, second = channels(played, 2)
    with hand(first, get("/")) as client:
        assert client.sock.recv(1000).startswith(b"HTTP/1.1 200")
        first.close()
        gevent.sleep(0.01)
        client.send(FOREIGN)
        handed = receive_handoff(second)
        assert handed is not None
        assert handed.unread == FOREIGN
        os.close(handed.fd)
    with hand(second, get("/")) as client:
        client.sock.recv(1000)
        second.close()
        gevent.sleep(0.01)
        assert client.send(FOREIGN).statuses() == [503]
    assert played.server.channels == set()


def test_a_client_that_is_gone_before_it_is_taken_up() -> None:
    played = Played()
    (front,) = channels(played, 1)
    for _ in range(20):
        hand(front, get("/")).sock.close()
    with hand(front, get("/", LAST)) as client:
        assert client.statuses() == [200]
    gevent.sleep(0.05)
    assert played.server.connections == set()
    front.close()


class Full:
    """A listener in a process that has too many open files at first."""

    def __init__(self, listener: Any) -> None:
        self._listener = listener
        self._failures = 2
        self.close = listener.close

    def accept(self) -> Any:
        if self._failures:
            self._failures -= 1
            raise OSError(24, "too many open files")
        return self._listener.accept()


def test_too_many_open_files_are_not_the_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(httpserver, "ACCEPT_PAUSE", 0.01)
    played = Played()
    played.server.listen(tmp_path / "shop/0.sock")
    played.server.listener = Full(played.server.listener)
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as front:
        front.connect(str(tmp_path / "shop/0.sock"))
        with hand(front, get("/", LAST)) as client:
            assert client.statuses() == [200]
    played.server.close(0)


def test_the_sweeper_ends_with_the_last_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(httpserver, "SWEEP", 0.01)
    played = Played()
    for _ in range(2):
        with played.connect() as client:
            client.send(get("/"))
            assert played.server._sweeper is not None
        gevent.sleep(0.05)
        assert played.server._sweeper is None


def test_closing_answers_what_is_there_and_takes_no_more(tmp_path: Path) -> None:
    def handler(connection: Connection, path: str, query: str) -> str:
        gevent.sleep(0.2)
        return OK

    played = Played(handler)
    path = tmp_path / "shop/0.sock"
    played.server.listen(path)
    front = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    front.connect(str(path))
    busy, idle, partial = hand(front, get("/")), hand(front, b""), hand(front, b"GET /r/shop")
    gevent.sleep(0.05)
    queued = hand(front, get("/"))
    closing = gevent.spawn(played.server.close, 5)
    gevent.sleep(0.05)
    assert not path.exists()
    with pytest.raises(BrokenPipeError):
        front.send(b"another")
    assert idle.rest() == b""
    for client in (busy, queued):
        answer = client.rest()
        assert answer.startswith(b"HTTP/1.1 200")
        assert b"Connection: close" in answer
    closing.join(1)
    assert closing.ready()
    for client in (busy, idle, partial, queued):
        client.sock.close()
    front.close()


def test_closing_does_not_wait_for_ever() -> None:
    played = Played(lambda *_: "")
    played.engine.timeout = 0.5
    with played.connect() as client:
        client.send(get("/"))
        with gevent.Timeout(1):
            played.server.close(0.1)
        assert client.statuses() == [504]
