"""A thousand damaged requests: each is answered or closed in time, only by alpha, and the server lives on."""

from __future__ import annotations

import random
import re
import socket

import pytest

from m3m_core.testing import Reply, Wire

from .ways import ALPHA, Client, get, request, who

SEEDS = range(10)
ROUNDS = 100
SECONDS = 10
"""Longest wait for the end of a connection on which the client has said that it sends no more."""

CHUNKED = "Transfer-Encoding: chunked"
VALID = [
    get("/r/alpha/echo?n=1", "Accept: */*", "Cookie: a=b"),
    request("POST", "/api/r/alpha/echo", "Content-Type: application/json", body=b'{"a": [1, 2]}'),
    request("POST", "/r/alpha/echo", CHUNKED) + b"5;x=y\r\nhello\r\n0\r\nX: y\r\n\r\n",
    request("POST", "http://localhost/r/alpha/echo", CHUNKED) + b"5\r\nhello\r\n0\r\n\r\n",
    request("PUT", "/r/%61lpha/echo", "Expect: 100-continue", body=b"hello"),
    get("/r/alpha/echo") * 3,
    get("/health") + get("/r/alpha/echo") + get("/api/projects"),
    request("POST", "/r/alpha/echo", body=get("/r/alpha/tiny")) + get("http://localhost/r/alpha/tiny"),
]
SNIPPETS = [
    *(
        b"\r\n",
        b"\n",
        b"\r",
        b"\r\n\r\n",
        b"\0",
        b" ",
        b"\t",
        b":",
        b"\xff",
        b"\x85",
        b"%",
        b"%2e%2e/",
        b"//",
        b"?",
        b"#",
    ),
    *(b"Content-Length: 5\r\n", b"Content-Length: -1\r\n", b"Content-Length: 99999999999\r\n", b"content-length:3\r\n"),
    *(b"Transfer-Encoding: chunked\r\n", b"Transfer-Encoding: identity\r\n", b"transfer-encoding:chunked\r\n"),
    *(
        b"Connection: close\r\n",
        b"Connection: upgrade\r\nUpgrade: h2c\r\n",
        b"Host: other\r\n",
        b"Expect: 100-continue\r\n",
    ),
    *(
        b"0\r\n\r\n",
        b"ffffffff\r\n",
        b"HTTP/1.0",
        b"HTTP/2.0",
        b"GET ",
        b"/r/alpha/",
        b"GET /r/alpha/tiny HTTP/1.1\r\n",
    ),
]


def damaged(chance: random.Random) -> bytes:
    data = bytearray(chance.choice(VALID))
    for _ in range(chance.choice((1, 1, 2, 3, 8))):
        at = chance.randrange(len(data) + 1)
        size = chance.choice((1, 1, 2, 5, 20))
        match chance.randrange(6):
            case 0:
                data[at : at + 1] = bytes([chance.randrange(256)])
            case 1:
                del data[at : at + size]
            case 2:
                data[at:at] = chance.choice(SNIPPETS)
            case 3:
                data[at:at] = data[at : at + size]
            case 4:
                data[at : at + size] = chance.choice(SNIPPETS)
            case _:
                data[:] = data[: max(at, 1)]
    return bytes(data)


def answers(wire: Wire, data: bytes) -> list[Reply]:
    """All until the server closes. Fails for what is no answer and for a wait that is too long."""
    found: list[Reply] = []
    while True:
        try:
            found.append(wire.reply())
        except ConnectionError:
            return found
        except TimeoutError:
            pytest.fail(f"{data!r} was neither answered nor closed after {found}")


@pytest.mark.parametrize("seed", SEEDS)
def test_damaged_requests(client: Client, seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(ROUNDS):
        data = damaged(chance)
        with client.open() as wire:
            wire.socket.settimeout(SECONDS)
            try:
                wire.send(data)
                wire.socket.shutdown(socket.SHUT_WR)
            except ConnectionError:
                pass  # refused before all was sent
            for reply in answers(wire, data):
                assert 100 <= reply.status < 600, (data, reply)
                assert who(reply) in (ALPHA, reply.status), (data, reply)
                assert not re.search(rb"(?i)traceback|\.py|gunicorn|httptools", reply.body), (data, reply)
    assert client.is_well()
