"""What an answer says of itself is true, on every way; and what a request says reaches the service."""

from __future__ import annotations

import re
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from m3m_core.testing import LiveServer, Wire

from ..client import Admin, Project, until
from .ways import ALPHA, BETA, WAYS, Client, Way, closed, get, header, plain, request, who

A_DATE = "Sun, 06 Nov 1994 08:49:37 GMT"
DATE = re.compile(r"[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT")


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
@pytest.mark.parametrize("path", ["/tiny", "/nothing", "/not-modified", "/latin", "/claims", "/no-such-route"])
def test_length_and_date_are_right(client: Client, way: Way, path: str) -> None:
    with client.open(way) as wire:
        for _ in range(2):
            reply = wire.send(get(way.target(ALPHA, path))).reply()
            empty = reply.status in (204, 304)
            assert header(reply, "Content-Length") == ([] if empty else [str(len(reply.body))])
            assert bool(reply.body) is not empty
            assert len(header(reply, "Date")) == 1
            assert DATE.fullmatch(header(reply, "Date")[0])
            assert header(reply, "Transfer-Encoding") == []
            assert header(reply, "Connection") in ([], ["keep-alive"])


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
@pytest.mark.parametrize("path", ["/tiny", "/nothing", "/not-modified", "/big/100000", "/no-such-route"])
def test_head_is_get_without_the_body(client: Client, way: Way, path: str) -> None:
    target = way.target(ALPHA, path)
    with client.open(way) as wire:
        whole = wire.send(get(target)).reply()
        head = wire.send(request("HEAD", target)).reply(to_head=True)
        assert (head.status, header(head, "Content-Length")) == (whole.status, header(whole, "Content-Length"))
        assert who(wire.send(get(plain(BETA, "/tiny"))).reply()) == BETA


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_letters_beyond_ascii_in_headers_survive(client: Client, way: Way) -> None:
    every = "".join(map(chr, range(0xA0, 0x100)))
    target = way.target(ALPHA, "/echo")
    with client.open(way) as wire:
        sent = (f"X-Every: {every}", "X-Twice: a", "X-Twice: b", "Cookie: a=1; b=2", f"Date: {A_DATE}")
        reply = wire.send(get(target, *sent)).reply()
        told = reply.json["headers"]
        assert (told["x-every"], told["cookie"], told["date"]) == (every, "a=1; b=2", A_DATE)
        assert re.fullmatch("a, ?b", told["x-twice"])
        reply = wire.send(get(way.target(ALPHA, "/latin"))).reply()
        assert header(reply, "X-Name") == ["Grüße"]
        assert header(reply, "X-Two") == ["a", "b"]


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_a_header_that_stands_twice_counts_as_one_list(client: Client, way: Way) -> None:
    target = way.target(ALPHA, "/file")
    with client.open(way) as wire:
        (etag,) = header(wire.send(get(target)).reply(), "ETag")
        known = wire.send(get(target, f"If-None-Match: {etag}", 'If-None-Match: "other"')).reply()
        assert (known.status, known.body) == (304, b"")


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
@pytest.mark.parametrize(
    "break_", ["%0d%0aX-Injected: yes%0d%0a", "%0aX-Injected: yes", "%0d", "%00", "%e2%80%a8", "%0a"]
)
def test_a_service_cannot_be_made_to_break_its_headers(client: Client, way: Way, break_: str) -> None:
    target = way.target(ALPHA, f"/inject?with={break_.replace(' ', '%20')}")
    with client.open(way) as wire:
        reply = wire.send(get(target)).reply()
        assert (reply.status, header(reply, "X-Injected")) == (500, [])


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_the_path_and_the_query_arrive_as_they_were_sent(client: Client, way: Way) -> None:
    sent = "/echo/a%2Fb/%2e%2e/%C3%A9?x=/r/beta/&y=%2F%3F&z=a+b"
    told = client.ask(get(way.target(ALPHA, sent)), way).json
    assert (told["service"], told["path"]) == (ALPHA, "/echo/a%2Fb/%2e%2e/%C3%A9")
    assert told["query"] == {"x": "/r/beta/", "y": "/?", "z": "a b"}


def test_the_host_of_an_absolute_address_counts(client: Client) -> None:
    data = get("http://somebody@elsewhere.example:81/r/alpha/echo")
    assert client.ask(data).json["headers"]["host"] == "elsewhere.example:81"


@pytest.mark.parametrize(
    ("target", "status"),
    [
        ("/r/%2e%2e/x", 404),
        ("/r/../r/alpha/tiny", 404),
        ("/r/%00/x", 404),
        ("/r/Alpha/tiny", 404),
        ("/r/alpha%2Ftiny", 404),
        ("/r/alpha%20/tiny", 404),
        ("/r/%61%6c%70%68%61/tiny", 200),
        ("/%61pi/%72/alpha/tiny", 200),
        ("HTTP://LOCALHOST/r/alpha/tiny", 200),
        ("http://localhost/r/alpha?x=/r/beta/tiny", 404),
        ("/r/nobody/x", 503),
        ("http://localhost/r/nobody/x", 503),
    ],
)
def test_an_address_means_one_service_or_none(client: Client, target: str, status: int) -> None:
    reply = client.ask(get(target))
    assert (reply.status, who(reply)) == (status, ALPHA if status == 200 else status)


# ---- the connection --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
@pytest.mark.parametrize("told", ["Connection: close", "connection: CLOSE"])
def test_a_client_that_wants_to_close_is_closed(client: Client, way: Way, told: str) -> None:
    with client.open(way) as wire:
        reply = wire.send(get(way.target(ALPHA, "/tiny"), told) + get(plain(BETA, "/tiny"))).reply()
        assert (who(reply), header(reply, "Connection")) == (ALPHA, ["close"])
        assert closed(wire)


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
@pytest.mark.parametrize("told", ["", "Connection: keep-alive\r\n", "Host: localhost\r\nConnection: close\r\n"])
def test_an_old_client_is_answered(client: Client, way: Way, told: str) -> None:
    with client.open(way) as wire:
        reply = wire.send(f"GET {way.target(ALPHA, '/tiny')} HTTP/1.0\r\n{told}\r\n".encode()).reply()
        assert who(reply) == ALPHA
        if header(reply, "Connection") != ["keep-alive"]:
            assert closed(wire)


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_a_connection_serves_a_thousand_requests(client: Client, way: Way) -> None:
    data = get(way.target(ALPHA, "/tiny"))
    with client.open(way) as wire:
        assert {who(wire.send(data).reply()) for _ in range(1000)} == {ALPHA}


def test_instances_take_turns(client: Client) -> None:
    """Although another service is asked in between."""
    found = []
    for _ in range(16):
        assert who(client.ask(get(plain(ALPHA, "/tiny")))) == ALPHA
        found.append(client.ask(get(plain(BETA, "/echo"))).json["instance"])
    assert set(found) == {0, 1}
    assert 3 <= found.count(0) <= 13


# ---- who is asking ---------------------------------------------------------------------------------------------------


@contextmanager
def wire_from(server: LiveServer, own: str, family: int = socket.AF_INET) -> Iterator[Wire]:
    wire = Wire(server)
    wire.socket.close()
    wire.socket = socket.socket(family)
    wire.socket.settimeout(20)
    wire.socket.bind((own, 0))
    wire.socket.connect(("::1" if family == socket.AF_INET6 else "127.0.0.1", server.port))
    with wire:
        yield wire


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
@pytest.mark.parametrize(
    ("peer", "forwarded", "seen"),
    [
        ("127.0.0.1", "", "127.0.0.1"),
        ("127.0.0.1", "203.0.113.9", "127.0.0.1"),
        ("127.0.0.2", "", "127.0.0.2"),
        ("127.0.0.2", "203.0.113.9", "203.0.113.9"),
        ("127.0.0.2", "203.0.113.1, 203.0.113.9", "203.0.113.9"),
        ("127.0.0.2", "203.0.113.9, 127.0.0.2", "203.0.113.9"),
        ("127.0.0.2", "nonsense", "127.0.0.2"),
        ("127.0.0.2", "2001:db8::1", "2001:db8::1"),
    ],
)
def test_only_a_trusted_proxy_says_who_is_asking(
    client: Client, way: Way, peer: str, forwarded: str, seen: str
) -> None:
    headers = [f"X-Forwarded-For: {forwarded}"] if forwarded else []
    with wire_from(client.server, peer) as wire:
        if way.before:
            wire.send(way.before).reply()
        assert wire.send(get(way.target(ALPHA, "/echo"), *headers)).reply().json["ip"] == seen


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_a_client_may_come_by_ipv6(client: Client, way: Way) -> None:
    with wire_from(client.server, "::1", socket.AF_INET6) as wire:
        for _ in range(2):
            reply = wire.send(get(way.target(ALPHA, "/echo"), "X-Forwarded-For: 203.0.113.9")).reply()
            assert reply.json["ip"] == "::1"


# ---- a service that stops --------------------------------------------------------------------------------------------


def test_a_stop_answers_what_is_under_way(client: Client, admin: Admin) -> None:
    gamma = Project(admin, slug="gamma")
    gamma.slug = "gamma"
    gamma.run("router.get('/', async () => { await utils.sleepAsync(500); return { service: 'gamma' } })")
    with client.open() as busy, client.open() as idle:
        assert who(idle.send(get("/r/gamma/")).reply()) == "gamma"
        busy.send(get("/r/gamma/"))
        time.sleep(0.1)
        gamma.stop()
        reply = busy.reply()
        assert (who(reply), header(reply, "Connection")) == ("gamma", ["close"])
        assert closed(busy)
        assert closed(idle)
    until(lambda: client.ask(get("/r/gamma/")).status == 503)
    gamma.send("DELETE")
