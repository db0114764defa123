"""The latency of a quiet service while a neighbour misbehaves, against its latency while the neighbour is idle.

100 requests a second on one kept-alive connection, idle and noisy by turns. Wanted: within twice the idle latency.
A handler may take 1 s here, so that each measurement sees runaways end and come back.
"""

from __future__ import annotations

import contextlib
import statistics
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass

import urllib3

from . import options, tables
from .server import HELLO, Server

PACE = 0.01
"""Seconds between two requests."""

SETTINGS = {"runtime": {"timeout": "1s", "shutdown_timeout": "1s"}}


@dataclass(frozen=True)
class Noise:
    """`handler` is the body of the route that `callers` call at once, again and again."""

    handler: str
    callers: int = 1


NOISE = {
    "endless loop": Noise("while (true) {}"),
    "regular expression bomb": Noise(f"return /^(a+)+$/.test('{'a' * 40}!')"),
    "memory eater": Noise("const kept = []; while (true) kept.push(new Uint8Array(1 << 20).fill(1))"),
    "unbounded recursion": Noise("const dig = (depth) => dig(depth + 1) + 1; return dig(0)"),
    "10,000 timers": Noise(
        "if (!globalThis.fired) { globalThis.fired = 1; for (let i = 0; i < 1e4; i++) setInterval(() => fired++, 1) }"
    ),
    "promises that never settle": Noise("return new Promise(() => {})", callers=50),
    "polluted Object.prototype": Noise(
        "Object.prototype.toJSON = Object.prototype.get = () => { throw new Error('polluted') }; return {}"
    ),
    "log flood": Noise("while (true) logger.info('x'.repeat(200))"),
}


def latencies(url: str, seconds: int) -> list[float]:
    """Milliseconds of each request. One that comes late because the one before it was slow still counts."""
    found = []
    due = time.perf_counter()
    with urllib3.PoolManager(retries=False) as client:
        for _ in range(int(seconds / PACE)):
            due += PACE
            time.sleep(max(0, due - time.perf_counter()))
            begin = time.perf_counter()
            if client.request("GET", url, timeout=30).status != 200:
                raise RuntimeError(f"{url} no longer answers 200.")
            found.append((time.perf_counter() - begin) * 1000)
    return found


@contextlib.contextmanager
def calling(url: str, callers: int) -> Iterator[None]:
    """Call `url` again and again beside the block, whatever it answers."""
    ended = threading.Event()

    def call() -> None:
        with urllib3.PoolManager(retries=False) as client:
            while not ended.wait(0.02):
                with contextlib.suppress(urllib3.exceptions.HTTPError):
                    client.request("GET", url, timeout=2)

    threads = [threading.Thread(target=call) for _ in range(callers)]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        ended.set()
        for thread in threads:
            thread.join()


def measure(server: Server, noise: str, *, rounds: int, seconds: int) -> tuple[list[float], list[float]]:
    """The percentiles idle, and noisy: medians of the rounds. The neighbour is started anew for each round."""
    kind = NOISE[noise]
    slug = f"noisy-{list(NOISE).index(noise)}"
    version = server.api.create(slug, f"router.get('/noise', () => {{ {kind.handler} }})")
    quiet = server.url("hello", "/hello/ann")
    latencies(quiet, 1)
    idle, noisy = [], []
    for _ in range(rounds):
        server.api.start(slug, version)
        idle.append(percentiles(latencies(quiet, seconds)))
        with calling(server.url(slug, "/noise"), kind.callers):
            noisy.append(percentiles(latencies(quiet, seconds)))
        server.api.stop(slug)
    return medians(idle), medians(noisy)


def percentiles(found: list[float]) -> tuple[float, float, float]:
    """p50, p95 and p99."""
    cuts = statistics.quantiles(found, n=100)
    return cuts[49], cuts[94], cuts[98]


def medians(rounds: list[tuple[float, float, float]]) -> list[float]:
    """Of each percentile; so one round that something else disturbed does not count."""
    return [statistics.median(values) for values in zip(*rounds, strict=True)]


def main() -> None:
    arguments = options.parser(__doc__)
    options.count(arguments, "rounds", 3, 20, "idle and noisy, of each kind of noise")
    options.count(arguments, "seconds", 4, 30, "of each measurement")
    chosen = options.chosen(arguments)
    rows = []
    with options.fresh_server(SETTINGS) as server:
        server.run("hello", HELLO)
        for noise in NOISE:
            idle, noisy = measure(server, noise, rounds=chosen.rounds, seconds=chosen.seconds)
            rows.append((noise, *(f"{a:.2f} → {b:.2f} (×{b / a:.1f})" for a, b in zip(idle, noisy, strict=True))))
    tables.show("Latency of a quiet service, neighbour idle → noisy, ms", ("neighbour", "p50", "p95", "p99"), rows)


if __name__ == "__main__":
    main()
