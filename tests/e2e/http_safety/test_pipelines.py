"""Many requests at once on one connection: each is answered by the one that it asks, in order."""

from __future__ import annotations

import itertools
import json
import random
import threading

import pytest

from m3m_core.testing import Reply, Wire

from .ways import ALPHA, BETA, Client, get, request, who

STEPS: dict[str, tuple[bytes, object]] = {
    "alpha": (get("/r/alpha/echo?n={n}"), ALPHA),
    "beta": (request("POST", "/api/r/beta/echo?n={n}", body=b"GET /r/alpha/echo HTTP/1.1\r\nHost: x\r\n\r\n"), BETA),
    "admin": (get("/health?n={n}"), 200),
    "refused admin": (get("/api/projects?n={n}"), 401),
    "alpha, proxied": (get("http://localhost/r/alpha/echo?n={n}"), ALPHA),
    "nobody": (get("/r/nobody/?n={n}"), 503),
}


def sent(names: tuple[str, ...]) -> bytes:
    """The requests in a row; each carries its number."""
    return b"".join(STEPS[name][0].replace(b"{n}", b"%d" % number) for number, name in enumerate(names))


def check(wire: Wire, names: tuple[str, ...]) -> None:
    for number, name in enumerate(names):
        reply = wire.reply()
        assert who(reply) == STEPS[name][1], names
        assert number_of(reply) in (None, str(number)), names


def number_of(reply: Reply) -> str | None:
    query: dict[str, str] = json.loads(reply.body).get("query", {})
    return query.get("n")


@pytest.mark.parametrize("first", STEPS)
def test_every_order_of_four(client: Client, first: str) -> None:
    for others in itertools.permutations([name for name in STEPS if name != first], 3):
        names = (first, *others)
        with client.open() as wire:
            check(wire.send(sent(names)), names)


def test_a_long_mixed_pipeline(client: Client) -> None:
    """More than is read or handed over at once."""
    names = tuple(random.Random(1).choices(list(STEPS), k=2000))
    with client.open() as wire:
        writer = threading.Thread(target=wire.send, args=[sent(names)])
        writer.start()
        check(wire, names)
        writer.join()


def test_many_connections_at_once(client: Client) -> None:
    names = tuple(STEPS) * 5
    wires = [client.open().send(sent(names)) for _ in range(40)]
    for wire in wires:
        with wire:
            check(wire, names)


def test_an_async_answer_holds_the_ones_behind_it(client: Client) -> None:
    with client.open() as wire:
        wire.send(get("/r/alpha/late/200") + get("/r/alpha/late/1") + get("/r/beta/late/50") + get("/r/alpha/tiny"))
        assert [who(wire.reply()) for _ in range(4)] == [ALPHA, ALPHA, BETA, ALPHA]


def test_a_pipeline_does_not_hold_up_others(client: Client) -> None:
    """Thousands of requests lie ready on one connection, and another gets its answer in between."""
    data, times = get("/r/alpha/tiny"), 20_000
    with client.open() as greedy, client.open() as modest:
        writer = threading.Thread(target=greedy.send, args=[data * times])
        reader = threading.Thread(target=lambda: [greedy.reply() for _ in range(times)])
        writer.start()
        reader.start()
        modest.socket.settimeout(1)
        answered = 0
        while reader.is_alive():
            assert who(modest.send(data).reply()) == ALPHA
            answered += 1
        writer.join()
        reader.join()
        assert answered > 50
