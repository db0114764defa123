"""Lists of many records: the API, the same query by plain pymongo, and PocketBase, by turns on the same data.

Wanted: a p95 of the API of at most twice pymongo's and 3 ms. The records are put into the databases directly.
"""

from __future__ import annotations

import contextlib
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pymongo
from pymongo.database import Database

from m3m_core import Settings, mongod
from m3m_core.settings import Data

from . import options, tables
from .peers import pocketbase
from .programs import HTTP
from .recorddata import AMOUNTS, CITIES, FIELDS, fill_mongo, fill_sqlite
from .server import Server

SLUG, MODEL = "shop", "orders"
PAGE = 30
Ask = Callable[[str, str, bool], int]
"""Filter, sort, and whether to count; how many records came."""


def by_city(chance: random.Random) -> tuple[str, str]:
    return f"city = 'city-{chance.randrange(CITIES)}'", "-amount"


def by_amount(chance: random.Random) -> tuple[str, str]:
    return f"amount >= {chance.randrange(AMOUNTS // 2)}", "amount"


QUERIES = {
    "city = …, sort -amount": (by_city, False),
    "the same with the total": (by_city, True),
    "amount >= …, sort amount": (by_amount, False),
}


def database(folder: Path) -> Database[dict[str, Any]]:
    """Of the server in this folder."""
    settings = Settings(data=Data(folder / "data"))
    return pymongo.MongoClient[dict[str, Any]](mongod.uri(settings), tz_aware=True)[settings.mongodb.database]


def plain(folder: Path, project_id: str) -> Ask:
    records = database(folder)[f"data_{project_id}_{MODEL}"]

    def ask(text: str, sort: str, count: bool) -> int:
        key, operator, value = text.split(" ", 2)
        match = {key: value.strip("'")} if operator == "=" else {key: {"$gte": int(value)}}
        way = -1 if sort.startswith("-") else 1
        found = list(records.find(match, sort=[(sort.lstrip("-"), way), ("_id", way)], limit=PAGE))
        if count:
            records.count_documents(match)
        return len(found)

    return ask


def over_http(url: str, headers: dict[str, str], names: tuple[str, str, str]) -> Ask:
    """`names` are those of the parameters for the page's size, for leaving the total out, and what ends the sort."""
    size, skip, last = names

    def ask(text: str, sort: str, count: bool) -> int:
        query = {"filter": text, "sort": sort + last, size: str(PAGE), skip: str(not count).lower()}
        answer = HTTP.request("GET", f"{url}?{urlencode(query)}", headers=headers)
        if answer.status != 200:
            raise RuntimeError(f"{url}: {answer.status} {answer.data.decode()}")
        return len(answer.json()["items"])

    return ask


@contextlib.contextmanager
def m3m(folder: Path, count: int) -> Iterator[dict[str, Ask]]:
    with Server(folder) as server:
        project_id = server.api.call("POST", "/api/projects", {"name": SLUG, "slug": SLUG})["id"]
        path = f"/api/projects/{SLUG}/models"
        server.api.call("POST", path, {"name": MODEL, "slug": MODEL, "fields": FIELDS})
        fill_mongo(database(folder)[f"data_{project_id}_{MODEL}"], count)
        headers = {"Authorization": f"Bearer {server.api.token}"}
        api = over_http(f"{server.base}{path}/{MODEL}/data", headers, ("per_page", "skip_total", ""))
        yield {"pymongo": plain(folder, project_id), "M3M": api}


@contextlib.contextmanager
def peer(folder: Path, count: int) -> Iterator[dict[str, Ask]]:
    kinds = {"string": "text", "number": "number", "datetime": "date", "bool": "bool"}
    fields = [{"name": each["key"], "type": kinds[each["type"]]} for each in FIELDS]
    indexes = [f"CREATE INDEX i_{key} ON {MODEL} ({key}, id)" for key in ("city", "amount", "at")]
    made = {"name": MODEL, "type": "base", "listRule": "", "fields": fields, "indexes": indexes}
    with (program := pocketbase.server(folder)) as url:
        pocketbase.collection(url.removesuffix("/hello/ann"), folder, made)
    fill_sqlite(folder / "pb_data" / "data.db", count)
    with program as url:
        base = f"{url.removesuffix('/hello/ann')}/api/collections/{MODEL}/records"
        yield {"PocketBase": over_http(base, {}, ("perPage", "skipTotal", ",id"))}


def measure(asks: dict[str, Ask], calls: int) -> dict[str, dict[str, list[float]]]:
    """Milliseconds of each call, by query and contestant."""
    found: dict[str, dict[str, list[float]]] = {query: {name: [] for name in asks} for query in QUERIES}
    for query, (make, count) in QUERIES.items():
        chance = random.Random(query)
        for number in range(-calls // 10, calls):
            text, sort = make(chance)
            for name, ask in asks.items():
                begin = time.perf_counter()
                ask(text, sort, count)
                if number >= 0:
                    found[query][name].append((time.perf_counter() - begin) * 1000)
    return found


def show(found: dict[str, dict[str, list[float]]], count: int) -> None:
    rows = []
    for query, times in found.items():
        base = statistics.quantiles(times["pymongo"], n=20)[18]
        for name, taken in times.items():
            p95 = statistics.quantiles(taken, n=20)[18]
            limit = f"{base * 2 + 3:.2f}" if name == "M3M" else ""
            rows.append((f"{query}: {name}", f"{statistics.median(taken):.2f}", f"{p95:.2f}", limit))
    tables.show(f"{count:,} records, a page of {PAGE}", ("", "p50 ms", "p95 ms", "p95 wanted"), rows)


def main() -> None:
    arguments = options.parser(__doc__)
    options.count(arguments, "count", 1_000_000, 5_000_000, "how many records")
    options.count(arguments, "calls", 300, 10_000, "of each query to each contestant")
    arguments.add_argument("--alone", action="store_true", help="without PocketBase")
    chosen = options.chosen(arguments)
    with contextlib.ExitStack() as stack:
        folders = [Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="m3m-benchmark-"))) for _ in range(2)]
        asks = stack.enter_context(m3m(folders[0], chosen.count))
        if not chosen.alone:
            asks |= stack.enter_context(peer(folders[1], chosen.count))
        show(measure(asks, chosen.calls), chosen.count)


if __name__ == "__main__":
    main()
