"""A service that writes 50,000 lines a second: what reaches its log, what its neighbour feels, what a SIGKILL takes.

Wanted: the lines are written, the neighbour's latency stays within twice its idle value, and the last line before the
process was killed is in the log.
"""

from __future__ import annotations

import os
import signal
import time
from dataclasses import dataclass
from typing import Any

from . import options, tables
from .noisy_neighbour import latencies, medians, percentiles
from .programs import HTTP
from .server import HELLO, Server

SLUG = "flood"
FLOOD = """
let n = 0
let timer
router.get('/go/:rate', (ctx) => {
  const each = Number(ctx.params.rate) / 1000, begin = performance.now() - n / each
  timer = setInterval(() => {
    for (const due = (performance.now() - begin) * each; n < due;) logger.info('line', ++n, 'x'.repeat(60))
  }, 10)
})
router.get('/stop', () => { clearInterval(timer) })
router.get('/count', () => n)
"""


@dataclass(frozen=True)
class Death:
    """`known`: the last line that the service was heard to have said; `found`: the last one in its log."""

    known: int
    found: int
    milliseconds: float


def call(server: Server, path: str) -> bytes:
    """On a connection of its own, since the process at its other end is going to be killed."""
    return HTTP.request("GET", server.url(SLUG, path), headers={"Connection": "close"}, timeout=30).data


def count(server: Server) -> int:
    return int(call(server, "/count"))


def entries(server: Server, size: int) -> list[Any]:
    """The newest first."""
    path = f"/api/projects/{SLUG}/logs?per_page={size}&skip_total=true"
    found: list[Any] = server.api.call("GET", path)["items"]
    return found


def flooded(server: Server, rate: int, seconds: int) -> tuple[tuple[float, float, float], float]:
    """The neighbour's percentiles while the flood goes on, and the lines a second that were said."""
    call(server, f"/go/{rate}")
    before, begin = count(server), time.monotonic()
    found = percentiles(latencies(server.url("hello", "/hello/ann"), seconds))
    said = (count(server) - before) / (time.monotonic() - begin)
    call(server, "/stop")
    return found, said


def killed(server: Server, rate: int) -> Death:
    """Kill the process in the middle of its flood."""
    (pid,) = server.api.pids(SLUG)
    call(server, f"/go/{rate}")
    time.sleep(0.5)
    known = count(server)
    os.kill(pid, signal.SIGKILL)
    end = time.time()
    while not any("killed by SIGKILL" in entry["message"] for entry in entries(server, 10)):
        time.sleep(0.05)
    last = next(entry for entry in entries(server, 100) if entry["message"].startswith("line "))
    hours, minutes, seconds = last["time"][11:-1].split(":")
    said = int(hours) * 3600 + int(minutes) * 60 + float(seconds)
    return Death(known, int(last["message"].split()[1]), (end % 86400 - said) * 1000)


def main() -> None:
    arguments = options.parser(__doc__)
    options.count(arguments, "rounds", 5, 20, "idle and flooded")
    options.count(arguments, "seconds", 4, 30, "of each measurement")
    options.count(arguments, "rate", 50_000, 500_000, "lines a second that the service tries to write")
    chosen = options.chosen(arguments)
    idle, noisy, rates, deaths = [], [], [], []
    with options.fresh_server() as server:
        server.run("hello", HELLO)
        version = server.api.create(SLUG, FLOOD)
        for _ in range(chosen.rounds):
            server.api.start(SLUG, version)
            idle.append(percentiles(latencies(server.url("hello", "/hello/ann"), chosen.seconds)))
            found, said = flooded(server, chosen.rate, chosen.seconds)
            noisy.append(found)
            rates.append(said)
            deaths.append(killed(server, chosen.rate))
            server.api.stop(SLUG)
    before, after = medians(idle), medians(noisy)
    rows = [
        ("lines a second", f"{min(rates):,.0f} to {max(rates):,.0f}"),
        *(
            (f"neighbour's {name}, ms", f"{quiet:.2f} → {loud:.2f} (×{loud / quiet:.1f})")
            for name, quiet, loud in zip(("p50", "p95", "p99"), before, after, strict=True)
        ),
        ("after SIGKILL: every line that was known is there", str(all(death.found >= death.known for death in deaths))),
        ("after SIGKILL: last line before the end, ms", f"{max(death.milliseconds for death in deaths):.0f} at most"),
    ]
    tables.show("A flood of lines", ("", "measured"), rows)


if __name__ == "__main__":
    main()
