"""What is not one clear request is refused or closed, and is never taken for two."""

from __future__ import annotations

from typing import Any

import pytest

from m3m_core.testing import Wire

from .ways import ALPHA, BETA, HANDED, WAYS, Client, Way, closed, get, who

STEAL = get("/r/beta/echo?stolen=1")
BODY = b"hello"

CASES: dict[str, tuple[bytes, set[int]]] = {
    "length and chunks": (b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", {400}),
    "chunks and length": (b"Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n", {400}),
    "two lengths": (b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello", {400}),
    "the same length twice": (b"Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello", {400}),
    "a list of lengths": (b"Content-Length: 5, 5\r\n\r\nhello", {400}),
    "no length": (b"Content-Length: \r\n\r\n", {400}),
    "a negative length": (b"Content-Length: -5\r\n\r\nhello", {400}),
    "a length with a sign": (b"Content-Length: +5\r\n\r\nhello", {400}),
    "a length with a space": (b"Content-Length: 5 5\r\n\r\nhello", {400}),
    "a hexadecimal length": (b"Content-Length: 0x5\r\n\r\nhello", {400}),
    "an underscore in a length": (b"Content-Length: 0_5\r\n\r\nhello", {400}),
    "a huge length": (b"Content-Length: 9999999999999999999999\r\n\r\n", {400, 413}),
    "a length beyond the limit": (b"Content-Length: 1048577\r\n\r\n", {413}),
    "xchunked": (b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n", {400, 501}),
    "identity": (b"Transfer-Encoding: identity\r\n\r\n", {400, 501}),
    "chunked, identity": (b"Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n", {400, 501}),
    "gzip, chunked": (b"Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", {400, 501}),
    "chunked twice": (b"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", {400, 501}),
    "chunked, chunked": (b"Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n", {400, 501}),
    "chunked and a vertical tab": (b"Transfer-Encoding: chunked\x0b\r\n\r\n0\r\n\r\n", {400, 501}),
    "an empty coding": (b"Transfer-Encoding: \r\n\r\n", {400, 501}),
    "a space before the colon": (b"Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n", {400}),
    "a tab before the colon": (b"Transfer-Encoding\t: chunked\r\n\r\n0\r\n\r\n", {400}),
    "a folded value": (b"X: a\r\n b\r\n\r\n", {400}),
    "a folded coding": (b"Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n", {400}),
    "a line without a colon": (b"nonsense\r\n\r\n", {400}),
    "a line without a name": (b": x\r\n\r\n", {400}),
    "a bare LF": (b"X: a\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", {400}),
    "a head that ends with bare LFs": (b"X: a\n\n", {400}),
    "a bare CR": (b"X: a\rContent-Length: 5\r\n\r\nhello", {400}),
    "NUL in a value": (b"X: a\0b\r\n\r\n", {400}),
    "NUL in a name": (b"X\0: a\r\n\r\n", {400}),
    "a control character": (b"X: \x7f\r\n\r\n", {400}),
    "a second Host": (b"Host: localhost\r\n\r\n", {400}),
    "another expectation": (b"Expect: miracles\r\n\r\n", {417}),
    "too many headers": (b"".join(b"X-%d: x\r\n" % n for n in range(200)) + b"\r\n", {431}),
    "a large header": (b"X: %s\r\n\r\n" % (b"x" * 40_000), {431}),
    "chunks of no size": (b"Transfer-Encoding: chunked\r\n\r\nzz\r\n", {400}),
    "a negative chunk": (b"Transfer-Encoding: chunked\r\n\r\n-5\r\nhello\r\n0\r\n\r\n", {400}),
    "a chunk with 0x": (b"Transfer-Encoding: chunked\r\n\r\n0x5\r\nhello\r\n0\r\n\r\n", {400}),
    "a chunk size with an underscore": (b"Transfer-Encoding: chunked\r\n\r\n0_5\r\nhello\r\n0\r\n\r\n", {400}),
    "a chunk that is longer than it says": (b"Transfer-Encoding: chunked\r\n\r\n2\r\nhello\r\n0\r\n\r\n", {400}),
    "a chunk size with a bare LF": (b"Transfer-Encoding: chunked\r\n\r\n5\nhello\r\n0\r\n\r\n", {400}),
    "a chunk that ends with a bare LF": (b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello\n0\r\n\r\n", {400}),
    "a bare CR in an extension": (b"Transfer-Encoding: chunked\r\n\r\n5;a\rb\r\nhello\r\n0\r\n\r\n", {400}),
    "an endless extension": (b"Transfer-Encoding: chunked\r\n\r\n5;" + b"x" * 100_000, {400, 431}),
    "a broken trailer": (b"Transfer-Encoding: chunked\r\n\r\n0\r\nno colon\r\n\r\n", {400}),
    "endless trailers": (b"Transfer-Encoding: chunked\r\n\r\n0\r\n" + b"X: %s\r\n" % (b"x" * 1000) * 400, {400, 431}),
}

LINES: dict[str, tuple[str, set[int]]] = {
    "no version": ("GET {target}", {400}),
    "HTTP/0.9": ("GET {target} HTTP/0.9", {400}),
    "HTTP/1.2": ("GET {target} HTTP/1.2", {200, 400}),
    "HTTP/2.0": ("GET {target} HTTP/2.0", {400}),
    "lower-case http": ("GET {target} http/1.1", {400}),
    "another protocol": ("GET {target} ICE/1.0", {400}),
    "a space at the end": ("GET {target} HTTP/1.1 ", {400}),
    "two spaces": ("GET  {target} HTTP/1.1", {400}),
    "a tab": ("GET\t{target} HTTP/1.1", {400}),
    "a space in the address": ("GET {target}?a b HTTP/1.1", {400}),
    "NUL in the address": ("GET {target}?\0 HTTP/1.1", {400}),
    "a raw letter in the address": ("GET {target}?é HTTP/1.1", {400}),
    "a control character in the address": ("GET {target}?\x01 HTTP/1.1", {400}),
    "a lower-case method": ("get {target} HTTP/1.1", {400}),
    "an unknown method": ("BREW {target} HTTP/1.1", {400, 405, 501}),
    "a known method for others": ("PROPFIND {target} HTTP/1.1", {200, 405, 501}),
    "CONNECT": ("CONNECT {target} HTTP/1.1", {400, 405, 501}),
    "a long address": ("GET {target}?" + "x" * 40_000 + " HTTP/1.1", {414}),
    "a proxy's line first": ("PROXY TCP4 1.2.3.4 5.6.7.8 1000 80\r\nGET {target} HTTP/1.1", {400}),
    "HTTP/2 from the start": ("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\nGET {target} HTTP/1.1", {400}),
    "TLS": ("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03{target}", {400}),
}


def next_answer(wire: Wire) -> Any:
    """Where a request ended is known, so the connection may go on: then the next one must get its own answer."""
    try:
        return who(wire.send(STEAL).reply())
    except ConnectionError:
        return "closed"


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_an_unclear_head_or_body_is_refused(client: Client, way: Way, case: tuple[bytes, set[int]]) -> None:
    text, statuses = case
    start = f"POST {way.target(ALPHA, '/echo')} HTTP/1.1\r\nHost: localhost\r\n".encode()
    with client.open(way) as wire:
        reply = wire.send(start + text + STEAL).reply()
        assert reply.status in statuses, reply
        assert closed(wire), "what follows must not be answered"


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
@pytest.mark.parametrize("case", LINES.values(), ids=LINES)
def test_an_unclear_request_line_is_refused(client: Client, way: Way, case: tuple[str, set[int]]) -> None:
    line, statuses = case
    data = line.format(target=way.target(ALPHA, "/echo")).encode("latin-1")
    with client.open(way) as wire:
        reply = wire.send(data + b"\r\nHost: localhost\r\n\r\n").reply()
        assert reply.status in statuses, reply
        assert who(reply) in (ALPHA, reply.status)
        assert next_answer(wire) in ("closed", BETA)


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_a_request_without_a_host_is_refused(client: Client, way: Way) -> None:
    data = f"GET {way.target(ALPHA, '/echo')} HTTP/1.1\r\n\r\n".encode()
    with client.open(way) as wire:
        assert wire.send(data).reply().status == 400
        assert next_answer(wire) in ("closed", BETA)


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_many_headers_are_refused_together(client: Client, way: Way) -> None:
    """Each of them is small enough for a front, so that it is the runner who refuses on either way."""
    headers = [f"X-{number}: {'x' * 9000}" for number in range(5)]
    with client.open(way) as wire:
        assert wire.send(get(way.target(ALPHA, "/echo"), *headers)).reply().status == 431


@pytest.mark.parametrize("way", HANDED.values(), ids=HANDED)
@pytest.mark.parametrize("size", [b"100001", b"7fffffffffffffff", b"ffffffffffffffff", b"1" * 17])
def test_a_chunk_beyond_the_limit_is_refused_before_it_comes(client: Client, way: Way, size: bytes) -> None:
    """On the other way it is refused when it has come that far, or closed when it does not come."""
    start = f"POST {way.target(ALPHA, '/echo')} HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
    with client.open(way) as wire:
        assert wire.send(start.encode() + size + b"\r\n").reply().status in (400, 413)
        assert closed(wire)


def test_all_is_well_after_that(client: Client) -> None:
    assert client.is_well()
