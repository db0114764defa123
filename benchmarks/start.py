"""The time from `start` of a release to the first 200 of its route.

Wanted: at most 100 ms (median of 20).
"""

from __future__ import annotations

import statistics
import time

from . import options, tables
from .programs import answers, wait_for
from .server import HELLO, Server


def measure(server: Server, times: int) -> list[float]:
    """Milliseconds of each start."""
    version = server.api.create("hello", HELLO)
    url = server.url("hello", "/hello/ann")
    found = []
    for _ in range(times):
        begin = time.perf_counter()
        server.api.start("hello", version)
        wait_for(lambda: answers(url), seconds=30, what="the first 200")
        found.append((time.perf_counter() - begin) * 1000)
        server.api.stop("hello")
    return found


def main() -> None:
    arguments = options.parser(__doc__)
    options.count(arguments, "times", 20, 200, "how many starts")
    chosen = options.chosen(arguments)
    with options.fresh_server() as server:
        found = measure(server, chosen.times)
    row = (f"{len(found)} starts", *(f"{value:.0f}" for value in (min(found), statistics.median(found), max(found))))
    tables.show("Release start to first 200", ("", "least ms", "median ms", "most ms"), [row])


if __name__ == "__main__":
    main()
