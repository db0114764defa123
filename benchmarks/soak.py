"""Memory of every kind of process over time under mixed load: hello, records, fetch to itself, jobs, lines, restarts.

Counted is what a process has written to and shares with nobody. Wanted: flat lines. The slope is of the second half of
the run, in MB an hour; the database fills its own cache first, and is flat only after hours.
"""

from __future__ import annotations

import contextlib
import itertools
import re
import statistics
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import psutil
import urllib3

from . import options, tables
from .server import HELLO, Server

PACE = 0.02
"""Seconds between two requests of one caller."""

RESTART_EVERY = 20
"""Seconds."""
KINDS = ("front", "supervisor", "zygote", "runner", "mongod")

SERVICES = {
    "hello": ("/hello/ann", HELLO),
    "records": (
        "/",
        """
let n = 0
router.get('/', () => {
  const id = database.notes.insert({ text: `note ${++n}` }).id
  const found = database.notes.find({ text: { $ne: 'none' } }, { limit: 10 })
  database.notes.delete(id)
  return { found: found.length }
})
""",
    ),
    "itself": (
        "/outer",
        """
router.get('/inner', () => ({ size: 'x'.repeat(1000) }))
router.get('/outer', async () => (await fetch('BASE/inner')).json())
""",
    ),
    "jobs": (
        "/",
        """
let runs = 0
schedule.every('1s', () => { runs++; delayed.run(() => { JSON.stringify(new Array(1000).fill(runs)) }) })
router.get('/', () => runs)
""",
    ),
    "lines": ("/", "router.get('/', () => { for (let i = 0; i < 20; i++) logger.info('line', i, 'x'.repeat(100)) })"),
    "restarted": ("/", "const kept = new Array(10000).fill('kept'); router.get('/', () => kept.length)"),
}


class Sample(NamedTuple):
    """Seconds since the start, megabytes by kind."""

    at: float
    memory: dict[str, float]


class Load:
    """Callers of all services, and one who restarts a service and reads its figures now and then."""

    def __init__(self, server: Server) -> None:
        self.statuses: dict[int, int] = {}
        self._server = server
        self._ended = threading.Event()
        callers = [threading.Thread(target=self._call, args=(slug, path)) for slug, (path, _) in SERVICES.items()]
        self._threads = [*callers, threading.Thread(target=self._tend)]

    def _call(self, slug: str, path: str) -> None:
        with urllib3.PoolManager(retries=False) as client:
            while not self._ended.wait(PACE):
                try:
                    status = client.request("GET", self._server.url(slug, path), timeout=30).status
                except urllib3.exceptions.HTTPError:
                    status = 0  # its process was restarted in the middle of it
                self.statuses[status] = self.statuses.get(status, 0) + 1

    def _tend(self) -> None:
        for number in itertools.count():
            if self._ended.wait(1):
                return
            for slug in SERVICES:
                self._server.api.call("GET", f"/api/projects/{slug}/monitor")
            self._server.api.call("GET", "/api/projects/lines/logs?per_page=100&search=line")
            if number % RESTART_EVERY == 0:
                self._server.api.call("POST", "/api/projects/restarted/restart")

    @contextlib.contextmanager
    def going_on(self) -> Iterator[None]:
        for thread in self._threads:
            thread.start()
        try:
            yield
        finally:
            self._ended.set()
            for thread in self._threads:
                thread.join()


def kind_of(process: psutil.Process) -> str:
    """Runners are forks of the zygote, fronts forks of the first process; both keep the command line."""
    command = " ".join(process.cmdline())
    parent = process.parent()
    if "zygote_main.py" in command:
        return "runner" if parent is not None and "zygote_main.py" in " ".join(parent.cmdline()) else "zygote"
    if "m3m_core.runtime.supervisor" in command:
        return "supervisor"
    return "mongod" if "--dbpath" in command else "front"


def private(pid: int) -> float:
    """Megabytes that are this process's own."""
    text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    found = re.search(r"^Private_Dirty:\s+(\d+) kB", text, re.MULTILINE)
    return int(found[1]) / 1024 if found is not None else 0.0


def look(server: Server, began: float) -> Sample:
    memory = dict.fromkeys(KINDS, 0.0)
    for pid in server.program.pids[1:]:
        with contextlib.suppress(psutil.Error, OSError):  # it has just ended
            memory[kind_of(psutil.Process(pid))] += private(pid)
    return Sample(time.monotonic() - began, memory)


def slope(samples: list[Sample], kind: str) -> float:
    """MB an hour."""
    half = samples[len(samples) // 2 :]
    line = statistics.linear_regression([sample.at / 3600 for sample in half], [one.memory[kind] for one in half])
    return line.slope


def prepare(server: Server) -> None:
    for slug, (_, code) in SERVICES.items():
        version = server.api.create(slug, code.replace("BASE", server.url(slug, "")))
        if slug == "records":
            model = {"name": "Notes", "slug": "notes", "fields": [{"key": "text", "type": "string"}]}
            server.api.call("POST", f"/api/projects/{slug}/models", model)
        server.api.start(slug, version)


def show(samples: list[Sample], rows: int) -> None:
    step = max(1, len(samples) // rows)
    table = [(f"{sample.at / 60:.1f}", *(f"{sample.memory[kind]:.1f}" for kind in KINDS)) for sample in samples[::step]]
    table.append(("slope, MB/h", *(f"{slope(samples, kind):+.1f}" for kind in KINDS)))
    tables.show("Memory of all processes of a kind, MB", ("minute", *KINDS), table)


def main() -> None:
    arguments = options.parser(__doc__)
    options.count(arguments, "minutes", 15, 24 * 60, "of load")
    options.count(arguments, "every", 5, 60, "seconds between two looks")
    chosen = options.chosen(arguments)
    with options.fresh_server() as server:
        prepare(server)
        load = Load(server)
        samples: list[Sample] = []
        began = time.monotonic()
        with load.going_on():
            while time.monotonic() - began < chosen.minutes * 60:
                time.sleep(chosen.every)
                samples.append(look(server, began))
        show(samples, 15)
    counted = ", ".join(f"{status or 'no answer'}: {count:,}" for status, count in sorted(load.statuses.items()))
    print(f"\nAnswers by status: {counted}")


if __name__ == "__main__":
    main()
