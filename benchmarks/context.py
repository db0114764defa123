"""What a service's JavaScript context costs: the engine, a runner up to its code loaded, each heavy module's first use.

Wanted: less than 2 ms for the context of a service that uses no module, since polyfills load on first use.
"""

from __future__ import annotations

import json
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from m3m_core import RunSource, RunSpec, config, new_id
from m3m_core.paths import runner_socket
from m3m_core.runtime.engine import Engine
from m3m_core.runtime.instance import Instance
from m3m_core.runtime.spawner import Spawner
from m3m_core.settings import Settings

from . import options, tables

USES = {
    "logger": "logger",
    "timers of the web": "setTimeout",
    "URL": "new URL('http://example.com/a?b')",
    "TextEncoder": "new TextEncoder()",
    "Request, Response, Headers": "new Response(new Request('http://example.com').url, { headers: new Headers() })",
    "fetch": "fetch",
    "web streams": "new ReadableStream()",
    "crypto.subtle": "crypto.subtle",
    "schedule": "schedule",
    "database": "database",
    "validator": "validator",
    "draw": "draw",
    "all that hono takes": "[new Request('http://example.com'), new Response('x'), new Headers(), URL, URLSearchParams,"
    " TextEncoder, TextDecoder, ReadableStream, TransformStream, FormData, Blob, AbortController, crypto.subtle]",
}


class Workshop:
    """Runners without a server around them; all end with this process. There is no database: no code here asks it."""

    def __init__(self, folder: Path, settings: Settings) -> None:
        self._folder = folder
        self._settings = settings
        self._forge = Spawner(["--config", str(settings.file)], self._ended)
        self._instances: dict[int, Instance] = {}

    def load(self, code: str) -> tuple[float, str]:
        """Milliseconds from the order of a process to its code loaded, and the log. Raises RuntimeError."""
        spec = RunSpec(
            project_id=(number := new_id()),
            slug="context",
            run_id=number,
            source=RunSource("branch", "develop"),
            files={"main": code},
            log_path=str(self._folder / f"{number}.log"),
        )
        begin = time.perf_counter()
        socket = runner_socket(self._settings, spec.slug, 0)
        instance = Instance(spec, 0, self._forge, socket, lambda _: None, lambda _: None)
        self._instances[instance.pid] = instance
        instance.order()
        if not instance.wait_booted():
            raise RuntimeError(f"The code did not load: {instance.error}")
        spent = (time.perf_counter() - begin) * 1000
        instance.stop(5)
        with suppress(FileNotFoundError):
            return spent, Path(spec.log_path).read_text()
        return spent, ""

    def _ended(self, pid: int, status: int) -> None:
        if pid in self._instances:
            self._instances.pop(pid).exited(status)


@contextmanager
def workshop() -> Iterator[Workshop]:
    with tempfile.TemporaryDirectory(prefix="m3m-benchmark-") as name:
        folder = Path(name)
        file = folder / "config.yaml"
        paths = {key: {"path": str(folder / key)} for key in ("data", "storage", "logging", "plugins")}
        file.write_text(json.dumps(paths))
        yield Workshop(folder, config.load(file, {}))


def engine() -> float:
    begin = time.perf_counter()
    Engine(memory_limit=128 << 20, timeout=30)
    return (time.perf_counter() - begin) * 1000


def first_use(shop: Workshop, use: str) -> float:
    """Milliseconds that the service sees, in a process of its own."""
    code = f"performance.now(); const begin = performance.now(); ({use}); const spent = performance.now() - begin;"
    log = shop.load(f"{code} console.log('spent', spent)")[1]
    return float(log.partition("spent ")[2].split()[0])


def row(name: str, measure: Callable[[], float], times: int) -> tuple[str, str, str, str]:
    found = [measure() for _ in range(times)]
    return name, *(f"{value:.2f}" for value in (min(found), statistics.median(found), max(found)))


def main() -> None:
    arguments = options.parser(__doc__)
    options.count(arguments, "times", 20, 200, "how often each")
    times = options.chosen(arguments).times
    with workshop() as shop:
        shop.load("")  # the process that others are forked from is made now
        rows = [
            row("engine and prelude alone", engine, times),
            row("fork to code loaded, no module", lambda: shop.load("const answer = 42")[0], times),
            *(row(f"first use: {name}", lambda use=use: first_use(shop, use), times) for name, use in USES.items()),
        ]
    tables.show("A JavaScript context", ("", "least ms", "median ms", "most ms"), rows)


if __name__ == "__main__":
    main()
