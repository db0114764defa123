"""The rate of the hello route alone and with 50 other services running idle, by turns.

Wanted: within 10 %.
"""

from __future__ import annotations

from . import options, tables, wrk
from .server import HELLO, Server


def measure(server: Server, *, rounds: int, seconds: int, neighbours: int) -> tuple[wrk.Result, wrk.Result]:
    """The medians without and with the neighbours."""
    versions = {f"idle-{number}": "" for number in range(neighbours)}
    for slug in versions:
        versions[slug] = server.api.create(slug, HELLO)
    server.run("hello", HELLO)
    url = server.url("hello", "/hello/ann")
    wrk.run(url, seconds=2)
    alone, among = [], []
    for number in range(1, rounds + 1):
        alone.append(wrk.run(url, seconds=seconds))
        for slug, version in versions.items():
            server.api.start(slug, version)
        among.append(wrk.run(url, seconds=seconds))
        for slug in versions:
            server.api.stop(slug)
        print(f"round {number}: alone {alone[-1].rate:,.0f}/s, among {among[-1].rate:,.0f}/s", flush=True)
    return wrk.median(alone), wrk.median(among)


def main() -> None:
    arguments = options.parser(__doc__)
    options.count(arguments, "rounds", 5, 20, "how many of each")
    options.count(arguments, "seconds", 4, 30, "of each run")
    options.count(arguments, "neighbours", 50, 200, "idle services")
    chosen = options.chosen(arguments)
    with options.fresh_server() as server:
        alone, among = measure(server, rounds=chosen.rounds, seconds=chosen.seconds, neighbours=chosen.neighbours)
    rows = [
        (name, f"{result.rate:,.0f}", f"{result.rate / alone.rate:.2f}", f"{result.p50:.2f}", f"{result.p99:.2f}")
        for name, result in (("alone", alone), (f"with {chosen.neighbours} idle services", among))
    ]
    tables.show("Idle neighbours", ("hello route", "requests/s", "share", "p50 ms", "p99 ms"), rows)


if __name__ == "__main__":
    main()
