"""The hello route of M3M, PocketBase and workerd under wrk, by turns in the same run.

Wanted: at least 1.3 times the rate of either peer, and a p99 no worse than theirs.
"""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from . import options, server, tables, wrk
from .peers import pocketbase, workerd

Contestant = Callable[[Path], AbstractContextManager[str]]
CONTESTANTS: dict[str, Contestant] = {"M3M": server.hello, "PocketBase": pocketbase.server, "workerd": workerd.server}


def measure(urls: dict[str, str], *, rounds: int, seconds: int) -> dict[str, wrk.Result]:
    """The median of each program's rounds; a first round warms all up and is not counted."""
    results: dict[str, list[wrk.Result]] = {name: [] for name in urls}
    for url in urls.values():
        wrk.run(url, seconds=2)
    for number in range(1, rounds + 1):
        for name, url in urls.items():
            result = wrk.run(url, seconds=seconds)
            results[name].append(result)
            print(f"round {number} {name:<10} {result.rate:>8,.0f}/s", flush=True)
    return {name: wrk.median(found) for name, found in results.items()}


def show(results: dict[str, wrk.Result]) -> None:
    first = next(iter(results))
    rows = [
        (
            name,
            f"{result.rate:,.0f}",
            f"{results[first].rate / result.rate:.2f}",
            f"{result.p50:.2f}",
            f"{result.p99:.2f}",
            str(result.failed),
        )
        for name, result in results.items()
    ]
    columns = ("hello route", "requests/s", f"{first} is × as fast", "p50 ms", "p99 ms", "failed")
    tables.show("wrk -t1 -c32, medians", columns, rows)


def main() -> None:
    parser = options.parser(__doc__)
    parser.add_argument("names", nargs="*", help=f"which of {', '.join(CONTESTANTS)}; all when none is given")
    options.count(parser, "rounds", 5, 20, "how many runs of each")
    options.count(parser, "seconds", 4, 30, "of each run")
    chosen = options.chosen(parser)
    unknown = set(chosen.names) - set(CONTESTANTS)
    if unknown:
        parser.error(f"no such program: {', '.join(sorted(unknown))}. Known: {', '.join(CONTESTANTS)}.")
    with contextlib.ExitStack() as stack:
        urls: dict[str, str] = {}
        for name in chosen.names or CONTESTANTS:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="m3m-benchmark-")))
            urls[name] = stack.enter_context(CONTESTANTS[name](folder))
        show(measure(urls, rounds=chosen.rounds, seconds=chosen.seconds))


if __name__ == "__main__":
    main()
