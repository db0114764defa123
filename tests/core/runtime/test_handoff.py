"""A front's way to runners: which connections it passes on, to whom, and what happens when nobody takes them."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import gevent
import pytest
from gevent import socket
from serving import LAST, Client, Played, get

from m3m_core.runtime import handoff
from m3m_core.runtime.handoff import SERVICE, Runners
from m3m_core.runtime.wire import HandOff


class Front:
    """`returned` are the connections that came back."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.returned: list[HandOff] = []
        self.runners = Runners(folder, self.returned.append)
        self.played: list[Played] = []

    def runner(self, number: int, name: str = "") -> Played:
        """A runner that answers with its name."""
        made = Played(lambda *_: f"t!{name or number}")
        made.server.listen(self.folder / "shop" / f"{number}.sock")
        self.played.append(made)
        return made

    def connect(self, data: bytes, ip: str = "192.0.2.7") -> Client | None:
        """A connection over TCP that begins with `data`, as the front's worker treats it. None when nobody takes it."""
        with socket.socket() as listener:
            listener.bind(("127.0.0.1", 0))
            listener.listen()
            ours = socket.create_connection(listener.getsockname())
            theirs, _ = listener.accept()
        taken = self.runners.take(data, theirs.fileno(), ip, False, data)
        theirs.close()
        if taken:
            return Client(ours)
        ours.close()
        return None

    def ask(self, data: bytes = b"") -> str:
        """The body of an answer; empty when nobody took the request."""
        client = self.connect(data or get("/", LAST))
        if client is None:
            return ""
        with client:
            return client.rest().partition(b"\r\n\r\n")[2].decode()


@pytest.fixture
def front(tmp_path: Path) -> Iterator[Front]:
    made = Front(tmp_path)
    yield made
    for known in list(made.runners._channels.values()):
        known.close()
    for played in made.played:
        played.server.close(0)


def until(condition: Callable[[], Any]) -> None:
    with gevent.Timeout(5):
        while not condition():
            gevent.sleep(0.005)


@pytest.mark.parametrize(
    ("data", "slug"),
    [
        (b"GET /r/shop HTTP/1.1", b"shop"),
        (b"GET /r/shop/ HTTP/1.1", b"shop"),
        (b"M-SEARCH /api/r/shop?x", b"shop"),
        (b"GET /r/a HTTP/1.1", b"a"),
        (b"GET /r/" + b"a" * 63 + b"/", b"a" * 63),
        (b"GET /r/" + b"a" * 64 + b"/", None),
        (b"GET /r/shop", None),
        (b"GET /r/Shop/", None),
        (b"GET /r/sh%6fp/", None),
        (b"GET /r/-shop/", None),
        (b"GET /r/../", None),
        (b"GET //r/shop/", None),
        (b"GET /rr/shop/", None),
        (b"GET /api/rr/shop/", None),
        (b"GET /api/projects/r/shop/", None),
        (b"GET  /r/shop/", None),
        (b"get /r/shop/", None),
        (b" GET /r/shop/", None),
        (b"\r\nGET /r/shop/", None),
        (b"G.T /r/shop/", None),
        (b"GET http://x/r/shop/", None),
        (b"POST / HTTP/1.1\r\nReferer: GET /r/shop/", None),
    ],
)
def test_which_service_is_asked(data: bytes, slug: bytes | None) -> None:
    match = SERVICE.match(data)
    assert (match and match[1]) == slug


def test_a_connection_is_handed_over(front: Front) -> None:
    assert front.ask() == ""
    front.runner(0)
    assert front.ask() == "0"
    assert front.ask(b"GET /r/other/ HTTP/1.1\r\n\r\n") == ""
    assert front.ask(b"GET /health HTTP/1.1\r\n\r\n") == ""


def test_instances_take_turns_and_new_ones_are_seen(front: Front) -> None:
    front.runner(0)
    assert [front.ask() for _ in range(2)] == ["0", "0"]
    front.runner(1)
    assert sorted(front.ask() for _ in range(6)) == ["0"] * 3 + ["1"] * 3
    front.runner(2)
    assert sorted(front.ask() for _ in range(6)) == ["0"] * 2 + ["1"] * 2 + ["2"] * 2


def test_an_instance_that_appears_in_the_same_moment_is_seen(front: Front) -> None:
    """The clock of a file system is coarse: two changes may carry the same time."""
    front.runner(0)
    folder = front.folder / "shop"
    now = folder.stat()
    assert front.ask() == "0"
    front.runner(1)
    os.utime(folder, ns=(now.st_atime_ns, now.st_mtime_ns))
    assert {front.ask() for _ in range(4)} == {"0", "1"}


def test_a_restarted_runner_is_found_again(front: Front) -> None:
    for name in ("first", "second", "third"):
        runner = front.runner(0, name)
        assert [front.ask() for _ in range(3)] == [name] * 3
        runner.server.close(0)
        assert front.ask() == ""


def test_a_runner_that_left_its_socket_behind_is_passed_over(front: Front) -> None:
    front.runner(0)
    front.runner(1)
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as dead:
        dead.bind(str(front.folder / "shop" / "2.sock"))
    assert {front.ask() for _ in range(6)} == {"0", "1"}


def test_what_is_not_the_runners_comes_back(front: Front) -> None:
    front.runner(0)
    client = front.connect(get("/") + b"GET /health HTTP/1.1\r\n\r\nrest", "2001:db8::1")
    assert client is not None
    until(lambda: front.returned)
    handed = front.returned[0]
    assert handed[1:] == ("2001:db8::1", False, b"GET /health HTTP/1.1\r\n\r\nrest")
    assert client.sock.recv(1000).startswith(b"HTTP/1.1 200 OK")
    with socket.socket(fileno=handed.fd) as returned, client:
        returned.sendall(b"from the front")
        assert client.sock.recv(1000) == b"from the front"


def test_many_come_back_at_once(front: Front) -> None:
    front.runner(0)
    clients = [front.connect(get("/") + b"GET /health HTTP/1.1\r\n\r\n" + b"x" * 60_000) for _ in range(100)]
    until(lambda: len(front.returned) == 100)
    for handed in front.returned:
        os.close(handed.fd)
    for client in clients:
        assert client is not None
        client.sock.close()


def test_a_request_of_the_front_itself_never_comes_back(front: Front) -> None:
    front.runner(0)
    for data, status in ((get("/", LAST), 200), (get("/") + get("/", LAST), 200), (b"G.T /r/shop/ x\r\n\r\n", 503)):
        sock = front.runners.open("shop", "192.0.2.7")
        with Client(sock) as client:
            assert client.send(data).statuses()[0] == status
    assert front.returned == []
    assert front.runners.open("other", "") is None


# ---- a runner that takes nothing ----


@pytest.fixture
def deaf(front: Front, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An instance that is there and never receives, as one whose JavaScript does not return."""
    monkeypatch.setattr(handoff, "SEND_SECONDS", 0.2)
    folder = front.folder / "shop"
    folder.mkdir()
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as listener:
        listener.bind(str(folder / "0.sock"))
        listener.listen(64)
        yield


@pytest.mark.usefixtures("deaf")
def test_a_full_queue_is_waited_for_but_not_for_ever(front: Front) -> None:
    clients = []
    while (client := front.connect(get("/") + b"x" * 50_000)) is not None:
        clients.append(client)
        assert len(clients) < 1000
    assert clients
    assert front.runners.has("shop")
    began = time.monotonic()
    waiting = [gevent.spawn(front.connect, get("/") + b"x" * 50_000) for _ in range(20)]
    gevent.joinall(waiting, raise_error=True)
    assert [greenlet.value for greenlet in waiting] == [None] * 20
    assert time.monotonic() - began < 1
    for client in clients:
        client.sock.close()


@pytest.mark.usefixtures("deaf")
def test_another_instance_helps_out(front: Front) -> None:
    clients = []
    while (client := front.connect(get("/") + b"x" * 50_000)) is not None:
        clients.append(client)
    front.runner(1)
    began = time.monotonic()
    assert [front.ask() for _ in range(4)] == ["1"] * 4
    assert time.monotonic() - began < 0.15, "nobody waits for a full one while there is another"
    assert not front.runners.has("other")
    for client in clients:
        client.sock.close()
