"""Where a request begins and ends: in whatever pieces it comes, whatever its body looks like."""

from __future__ import annotations

import itertools
import time

import pytest

from .ways import ALPHA, BETA, WAYS, Client, Way, get, header, plain, request, who

LOOKS_LIKE_ANOTHER = get("/r/beta/echo?stolen=1")
PAUSE = 0.002
"""Seconds between packets; with TCP_NODELAY each is one."""


def chunked(body: bytes, size: int, extension: bytes = b"", trailers: bytes = b"") -> bytes:
    pieces = [body[start : start + size] for start in range(0, len(body), size)]
    lines = [b"%x%b\r\n%b\r\n" % (len(piece), extension, piece) for piece in pieces]
    return b"".join(lines) + b"0%b\r\n%b\r\n" % (extension, trailers)


def post_chunked(target: str, chunks: bytes) -> bytes:
    return request("POST", target, "Transfer-Encoding: chunked") + chunks


# ---- in pieces -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_a_request_may_be_cut_at_every_byte(client: Client, way: Way) -> None:
    whole = request("POST", way.target(ALPHA, "/echo?n=1"), body=b"hello")
    with client.open(way) as wire:
        for cut in range(1, len(whole)):
            reply = wire.send(whole[:cut], whole[cut:], pause=PAUSE).reply()
            assert (who(reply), reply.json["body"], reply.json["query"]) == (ALPHA, "hello", {"n": "1"}), cut


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_a_new_connection_may_begin_with_every_cut(client: Client, way: Way) -> None:
    whole = get(way.target(ALPHA, "/echo"))
    for cut in range(1, whole.index(b"\r\n") + 4):
        with client.open(way) as wire:
            assert who(wire.send(whole[:cut], whole[cut:], pause=PAUSE).reply()) == ALPHA, cut


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
@pytest.mark.parametrize("size", [1, 3, 7])
def test_a_request_may_come_in_crumbs(client: Client, way: Way, size: int) -> None:
    whole = post_chunked(way.target(ALPHA, "/echo"), chunked(b"hello, world", 5)) + get(plain(BETA, "/echo"))
    with client.open(way) as wire:
        for start in range(0, len(whole), size):
            wire.send(whole[start : start + size])
            time.sleep(0.0005)
        assert [who(wire.reply()), who(wire.reply())] == [ALPHA, BETA]


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_empty_lines_before_a_request_are_forgiven(client: Client, way: Way) -> None:
    with client.open(way) as wire:
        for number in range(3):
            reply = wire.send(b"\r\n" + request("PUT", way.target(ALPHA, f"/echo/{number}"))).reply()
            assert (who(reply), reply.json["method"], reply.json["path"]) == (ALPHA, "PUT", f"/echo/{number}")


# ---- bodies ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
@pytest.mark.parametrize("next_target", ["/r/alpha/echo", "/r/beta/echo", "http://localhost/r/beta/echo", "/health"])
def test_a_body_that_looks_like_a_request_is_a_body(client: Client, way: Way, next_target: str) -> None:
    target = way.target(ALPHA, "/echo")
    body = LOOKS_LIKE_ANOTHER
    bodies = [
        request("POST", target, body=body),
        post_chunked(target, chunked(body, len(body))),
        post_chunked(target, chunked(body, 1)),
        post_chunked(target, chunked(body, 7)),
        post_chunked(target, chunked(body, 9, b';name=value;other="quoted, 5"')),
        post_chunked(target, chunked(body, 9, b" ; name", b"X-Sum: 1\r\nX-Other: 2\r\n")),
        request("GET", target, body=body),
        request("DELETE", target, body=body),
        request("POST", target, "Upgrade: websocket", "Connection: Upgrade", body=body),
        request("POST", target, "Upgrade: h2c", "Connection: Upgrade, HTTP2-Settings", "HTTP2-Settings: AA", body=body),
    ]
    with client.open(way) as wire:
        wire.send(b"".join(itertools.chain.from_iterable((data, get(next_target)) for data in bodies)))
        for _ in bodies:
            reply = wire.reply()
            assert (who(reply), reply.json["body"].encode()) == (ALPHA, body)
            assert who(wire.reply()) == {"/r/alpha/echo": ALPHA, "/health": 200}.get(next_target, BETA)


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_an_upgrade_is_not_made(client: Client, way: Way) -> None:
    upgrade = "Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="
    with client.open(way) as wire:
        for _ in range(3):
            reply = wire.send(get(way.target(ALPHA, "/echo"), *upgrade)).reply()
            assert (who(reply), reply.status, header(reply, "Upgrade")) == (ALPHA, 200, [])


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_a_client_may_wait_for_permission_to_send(client: Client, way: Way) -> None:
    head = request("POST", way.target(ALPHA, "/echo"), "Expect: 100-continue", "Content-Length: 5")
    with client.open(way) as wire:
        for _ in range(2):
            assert wire.send(head).reply().status == 100
            assert wire.send(b"hello").reply().json["body"] == "hello"
        assert wire.send(head + b"hello").reply().status in (100, 200)


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
@pytest.mark.parametrize("length", ["1048577", "99999999"])
def test_no_permission_for_what_is_too_large(client: Client, way: Way, length: str) -> None:
    head = request("POST", way.target(ALPHA, "/echo"), "Expect: 100-continue", f"Content-Length: {length}")
    with client.open(way) as wire:
        statuses = [wire.send(head).reply().status]
        if statuses == [100]:  # a front gives permission before it looks
            statuses.append(wire.reply().status)
        assert statuses[-1] == 413


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
@pytest.mark.parametrize("method", ["GET", "HEAD", "DELETE"])
def test_a_body_nobody_reads_does_not_shift_the_next_request(client: Client, way: Way, method: str) -> None:
    data = request(method, way.target(ALPHA, "/tiny"), body=LOOKS_LIKE_ANOTHER)
    with client.open(way) as wire:
        wire.send(data + get(plain(BETA, "/tiny")))
        wire.reply(to_head=method == "HEAD")
        assert who(wire.reply()) == BETA
