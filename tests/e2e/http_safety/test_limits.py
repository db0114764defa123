"""Clients that send too much, too slowly, or never read; and what is left when they are gone."""

from __future__ import annotations

import socket
import struct
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import psutil
import pytest

from m3m_core.testing import LiveServer, Wire

from ..client import until
from .ways import ALPHA, BETA, HANDED, PROXIED, WAYS, Client, Way, closed, get, header, plain, request, who

pytestmark = pytest.mark.slow

LIMIT = 1024 * 1024
BIG = 20_000_000


# ---- too much --------------------------------------------------------------------------------------------------------


def in_background(function: Callable[[], object]) -> threading.Thread:
    def run() -> None:
        with suppress(OSError):  # the server may close
            function()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
@pytest.mark.parametrize("is_chunked", [False, True], ids=["declared", "chunked"])
@pytest.mark.parametrize("times", [2, 20])
def test_a_large_body_is_refused_and_the_answer_arrives(client: Client, way: Way, is_chunked: bool, times: int) -> None:
    """The client is still sending, and reads only when it has sent all."""
    target = way.target(ALPHA, "/echo")
    body = b"x" * LIMIT * times
    data = request("POST", target, body=body)
    if is_chunked:
        data = request("POST", target, "Transfer-Encoding: chunked") + (b"100000\r\n%b\r\n" % body[:LIMIT]) * times
    with client.open(way) as wire:
        reply = wire.send(data).reply()
        assert (reply.status, reply.json["code"]) == (413, "too_large")
        assert closed(wire)


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
@pytest.mark.parametrize("is_chunked", [False, True], ids=["declared", "chunked"])
def test_a_body_of_just_the_limit_is_taken(client: Client, way: Way, is_chunked: bool) -> None:
    body = b"\n" * LIMIT
    data = request("POST", way.target(ALPHA, "/echo"), body=body)
    if is_chunked:
        chunks = b"".join(b"%x\r\n%b\r\n" % (size, body[:size]) for size in (LIMIT // 2, LIMIT // 2 - 1, 1))
        data = request("POST", way.target(ALPHA, "/echo"), "Transfer-Encoding: chunked") + chunks + b"0\r\n\r\n"
    with client.open(way) as wire:
        assert wire.send(data).reply().json["body"].encode() == body
        assert who(wire.send(get(plain(BETA, "/tiny"))).reply()) == BETA


@pytest.mark.parametrize("way", HANDED.values(), ids=HANDED)
def test_ten_thousand_chunks_are_quick(client: Client, way: Way) -> None:
    data = request("POST", way.target(ALPHA, "/echo"), "Transfer-Encoding: chunked")
    with client.open(way) as wire:
        began = time.monotonic()
        reply = wire.send(data + b"1\r\n\n\r\n" * 100_000 + b"0\r\n\r\n").reply()
        assert reply.json["body"] == "\n" * 100_000
        assert time.monotonic() - began < 3


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_a_large_answer_to_a_slow_reader_holds_up_nobody(client: Client, way: Way) -> None:
    with client.open(way) as slow:
        slow.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65536)
        slow.send(get(way.target(ALPHA, f"/big/{BIG}")) + get(plain(BETA, "/tiny")))
        read = in_background(lambda: trickle(slow, BIG // 2))
        while read.is_alive():
            began = time.monotonic()
            assert who(client.ask(get(plain(ALPHA, "/tiny")))) == ALPHA
            assert time.monotonic() - began < 1
        reply = slow.reply()
        assert (len(reply.body), header(reply, "Content-Length")) == (BIG, [str(BIG)])
        assert who(slow.reply()) == BETA


def trickle(wire: Wire, size: int) -> None:
    """Read so many bytes in small portions, and keep them for `reply`."""
    while len(wire._buffer) < size:
        wire._buffer += wire.socket.recv(262_144)
        time.sleep(0.002)


# ---- too slow --------------------------------------------------------------------------------------------------------


def drip(data: bytes, pause: float) -> Callable[[Wire], None]:
    def run(wire: Wire) -> None:
        for number in range(len(data)):
            wire.socket.sendall(data[number : number + 1])
            time.sleep(pause)

    return run


def flood(wire: Wire) -> None:
    while True:
        wire.socket.sendall(get(plain(ALPHA, "/big/10000")) * 100)


HEAD = b"GET /r/alpha/tiny HTTP/1.1\r\nHost: localhost\r\n"
SLOW: dict[str, tuple[bytes, Callable[[Wire], None] | None]] = {
    "a head that stops": (HEAD, None),
    "a head that stops after another request": (get(plain(BETA, "/tiny")) + HEAD, None),
    "a head byte by byte": (HEAD, drip(b"X: " + b"x" * 100, 0.3)),
    "a request line byte by byte": (b"", drip(b"GET /r/alpha/" + b"x" * 100, 0.3)),
    "a foreign head byte by byte": (get(plain(BETA, "/tiny")) + b"GET /heal", drip(b"x" * 100, 0.3)),
    "a body that stops": (request("POST", plain(ALPHA, "/echo"), "Content-Length: 9") + b"x", None),
    "chunks that stop": (request("POST", plain(ALPHA, "/echo"), "Transfer-Encoding: chunked") + b"5\r\nhe", None),
    "a size line that stops": (request("POST", plain(ALPHA, "/echo"), "Transfer-Encoding: chunked") + b"5", None),
    "a body byte by byte": (
        request("POST", plain(ALPHA, "/echo"), "Content-Length: 9999"),
        drip(b"x" * 100, 0.3),
    ),
    "a body byte by byte, proxied": (
        request("POST", "http://localhost/r/alpha/echo", "Content-Length: 9999"),
        drip(b"x" * 100, 0.3),
    ),
    "a body that stops, proxied": (
        request("POST", "http://localhost/r/alpha/echo", "Content-Length: 9") + b"x",
        None,
    ),
    "chunks that stop, proxied": (
        request("POST", "http://localhost/r/alpha/echo", "Transfer-Encoding: chunked") + b"5\r\nhe",
        None,
    ),
    "a size line that stops, proxied": (
        request("POST", "http://localhost/r/alpha/echo", "Transfer-Encoding: chunked") + b"5",
        None,
    ),
    "a body byte by byte, for the admin": (
        request("POST", "/api/auth/login", "Content-Type: application/json", "Content-Length: 9999"),
        drip(b"x" * 100, 0.3),
    ),
    "a large answer that is not read": (get(plain(ALPHA, f"/big/{BIG}")), None),
    "a large answer that is not read, proxied": (get(f"http://localhost/r/alpha/big/{BIG}"), None),
    "many answers that are not read": (b"", flood),
}


def test_slow_clients_are_let_go(client: Client) -> None:
    wires = {name: client.open() for name in SLOW}
    threads = []
    for name, (data, more) in SLOW.items():
        wires[name].send(data)
        if more is not None:
            threads.append(in_background(lambda wire=wires[name], more=more: more(wire)))  # type: ignore[misc]
    end = time.monotonic() + 19
    while time.monotonic() < end:
        began = time.monotonic()
        assert client.is_well()
        assert time.monotonic() - began < 2
        time.sleep(0.2)
    left = {name for name, wire in wires.items() if not is_cut(wire)}
    for thread in threads:
        thread.join(20)
    for wire in wires.values():
        wire.socket.close()
    assert left == set()


def is_cut(wire: Wire) -> bool:
    """Whether no more comes than what had been sent."""
    wire.socket.settimeout(0.5)
    try:
        while wire.socket.recv(1_000_000):
            pass
    except TimeoutError:
        return False
    except ConnectionError:
        pass
    return True


# ---- gone ------------------------------------------------------------------------------------------------------------


def reset(wire: Wire) -> None:
    """Leave without a word."""
    wire.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    wire.socket.close()


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_clients_that_leave_do_no_harm(client: Client, way: Way) -> None:
    target = way.target(ALPHA, "/echo")
    unfinished = [
        get(target)[:-2],
        get(target)[:20],
        request("POST", target, "Content-Length: 100") + b"x",
        request("POST", target, "Transfer-Encoding: chunked") + b"5\r\nhe",
        request("POST", target, "Expect: 100-continue", "Content-Length: 100"),
        get(way.target(ALPHA, "/big/5000000")),
        get(way.target(ALPHA, "/late/100")),
        get(target) * 100,
    ]
    for data in unfinished * 3:
        for leave in (reset, lambda wire: wire.socket.close()):
            leave(client.open(way).send(data))
    assert client.is_well()


def test_a_client_may_close_its_side_after_its_request(client: Client) -> None:
    for way in WAYS.values():
        with client.open(way) as wire:
            wire.send(get(way.target(ALPHA, "/late/50")))
            wire.socket.shutdown(socket.SHUT_WR)
            assert who(wire.reply()) == ALPHA
            assert closed(wire)


def open_files(server: LiveServer) -> dict[str, int]:
    return {
        f"{kind} {pid}": psutil.Process(pid).num_fds()
        for kind, pids in server.pids().items()
        if kind in ("front", "runner")
        for pid in pids
    }


def test_no_descriptor_is_left_behind(client: Client) -> None:
    """After 2,000 connections: handed over, given back, proxied, refused, broken off."""
    absolute = PROXIED["proxied, absolute"].target
    each: list[bytes] = [
        get(plain(ALPHA, "/tiny")),
        get(plain(ALPHA, "/tiny")) + get(plain(BETA, "/tiny")) + get("/health"),
        get(absolute(ALPHA, "/tiny")),
        get(plain(ALPHA, "/tiny"), "Host: second"),
        get(absolute("nobody", "/")),
    ]
    warm_up_and_measure: list[Any] = []
    for rounds in (20, 400):
        for _ in range(rounds):
            for data in each:
                client.ask(data)
            reset(client.open().send(each[1]))
        assert client.is_well()
        time.sleep(0.3)
        warm_up_and_measure.append(open_files(client.server))
    before, _ = warm_up_and_measure
    until(lambda: all(count <= before[name] + 3 for name, count in open_files(client.server).items()))
