"""The time from the start of the server until 50 services that run by themselves all answer.

Wanted: at most 5 s from the moment that the server answers `/health`.
"""

from __future__ import annotations

import functools
import time

from . import options, tables
from .programs import answers, wait_for
from .server import HELLO, Server


def measure(server: Server, services: int) -> tuple[float, float]:
    """Seconds from launch to `/health`, and from launch to the last service's first 200."""
    urls = []
    for number in range(services):
        server.run(f"hello-{number}", HELLO, auto_start=True)
        urls.append(server.url(f"hello-{number}", "/hello/ann"))
    server.program.stop()
    begin = time.perf_counter()
    server.program.launch()
    healthy = server.program.wait()
    for url in urls:
        wait_for(functools.partial(answers, url), seconds=60, what=url)
    return healthy, time.perf_counter() - begin


def main() -> None:
    arguments = options.parser(__doc__)
    options.count(arguments, "services", 50, 200, "how many")
    chosen = options.chosen(arguments)
    with options.fresh_server() as server:
        healthy, done = measure(server, chosen.services)
    rows = [
        ("server started → /health", f"{healthy:.2f}"),
        (f"/health → {chosen.services} services answer", f"{done - healthy:.2f}"),
        ("together", f"{done:.2f}"),
    ]
    tables.show("Start of a server with services that start by themselves", ("", "seconds"), rows)


if __name__ == "__main__":
    main()
