"""Records from JavaScript in one running service, and by batch, each beside plain pymongo in a Python loop.

Wanted: `findOne` by id and `insert` at half of pymongo's rate or more; 10,000 records by batch in at most three times
`insert_many`. pymongo acknowledges as M3M does: by the journal.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pymongo import WriteConcern
from pymongo.collection import Collection

from . import options, tables
from .recorddata import FIELDS, order, stored
from .records import MODEL, SLUG, database
from .server import Server

SERVICE = """
let ids = []

router.post('/fill', () => { ids = database.orders.find({}, { limit: 1000, fields: 'id' }).map((found) => found.id) })
router.post('/findOne/:n', (ctx) => timed(ctx, (i) => database.orders.findOne(ids[i % ids.length])))
router.post('/insert/:n', (ctx) => timed(ctx, (i) => database.orders.insert(
  { title: `order ${i}`, city: `city-${i % 1000}`, amount: i, at: '2026-11-22T10:15:30.123Z', done: i % 3 === 0 })))

function timed(ctx, work) {
  const begin = Date.now()
  for (let i = 0; i < Number(ctx.params.n); i++) work(i)
  return { ms: Date.now() - begin }
}
"""
BATCH = 10_000


def timed(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def find_each(records: Collection[dict[str, Any]], calls: int) -> None:
    ids = [each["_id"] for each in records.find({}, {"_id": 1}, limit=1000)]
    for number in range(calls):
        records.find_one({"_id": ids[number % len(ids)]})


def insert_each(records: Collection[dict[str, Any]], calls: int) -> None:
    for number in range(calls):
        records.insert_one(stored(number))


def batch(server: Server) -> None:
    rows = [order(number)._asdict() | {"at": "2026-11-22T10:15:30.123Z"} for number in range(BATCH)]
    operations = [{"op": "create", "data": row} for row in rows]
    server.api.call("POST", f"/api/projects/{SLUG}/models/{MODEL}/data/batch", {"operations": operations})


def rounds(server: Server, folder: Path, calls: int, times: int) -> dict[str, list[tuple[float, float]]]:
    """Seconds of pymongo and of M3M, by turns."""
    project_id = server.api.call("GET", f"/api/projects/{SLUG}")["id"]
    safe = WriteConcern(w="majority", j=True)
    own = database(folder)[f"data_{project_id}_{MODEL}"].with_options(write_concern=safe)
    found: dict[str, list[tuple[float, float]]] = {"findOne by id": [], "insert": [], f"batch of {BATCH:,}": []}

    def service(name: str) -> float:
        return float(server.call(SLUG, f"/{name}/{calls}")["ms"]) / 1000

    for _ in range(times):
        batch(server)  # something to find, and all is warm
        server.call(SLUG, "/fill")
        found["findOne by id"].append((timed(lambda: find_each(own, calls)), service("findOne")))
        found["insert"].append((timed(lambda: insert_each(own, calls)), service("insert")))
        documents = [stored(number) for number in range(BATCH)]
        begin = time.perf_counter()
        own.insert_many(documents)
        found[f"batch of {BATCH:,}"].append((time.perf_counter() - begin, timed(lambda: batch(server))))
    return found


def main() -> None:
    arguments = options.parser(__doc__)
    options.count(arguments, "calls", 2000, 100_000, "of findOne and of insert, in each round")
    options.count(arguments, "rounds", 5, 50, "how many of each; the figures are medians")
    chosen = options.chosen(arguments)
    with tempfile.TemporaryDirectory(prefix="m3m-benchmark-") as folder, Server(Path(folder)) as server:
        version = server.api.create(SLUG, SERVICE)
        server.api.call("POST", f"/api/projects/{SLUG}/models", {"name": MODEL, "slug": MODEL, "fields": FIELDS})
        server.api.start(SLUG, version)
        found = rounds(server, Path(folder), chosen.calls, chosen.rounds)
    rows = []
    for name, times in found.items():
        count = BATCH if name.startswith("batch") else chosen.calls
        pymongo, ours = (statistics.median(column) for column in zip(*times, strict=True))
        share = statistics.median(first / second for first, second in times)
        rows.append((name, f"{count / pymongo:,.0f}", f"{count / ours:,.0f}", f"{share:.2f}", f"{1 / share:.2f}"))
    columns = ("medians", "pymongo/s", "M3M/s", "share of its rate", "times its time")
    tables.show("Writing and finding records", columns, rows)


if __name__ == "__main__":
    main()
