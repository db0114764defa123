"""The records of `benchmarks.records`: the same for every contestant, made from their numbers alone."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from pymongo.collection import Collection

CITIES = 1000
AMOUNTS = 1_000_000
BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
CHUNK = 10_000

FIELDS: list[dict[str, Any]] = [
    {"key": "title", "type": "string"},
    {"key": "city", "type": "string", "index": True},
    {"key": "amount", "type": "number", "index": True},
    {"key": "at", "type": "datetime", "index": True},
    {"key": "done", "type": "bool"},
]


class Order(NamedTuple):
    title: str
    city: str
    amount: int
    at: datetime
    done: bool


def order(number: int) -> Order:
    moment = BEGIN + timedelta(seconds=number * 25 % 31_536_000)
    return Order(
        f"order {number}",
        f"city-{number * 7919 % CITIES}",
        number * 104_729 % AMOUNTS,
        moment,
        number % 3 == 0,
    )


def chunks(count: int) -> Iterator[range]:
    return (range(begin, min(begin + CHUNK, count)) for begin in range(0, count, CHUNK))


def fill_mongo(records: Collection[dict[str, Any]], count: int) -> None:
    """As M3M stores them."""
    for chunk in chunks(count):
        records.insert_many([stored(number) for number in chunk], ordered=False)


def stored(number: int) -> dict[str, Any]:
    made = order(number)
    return made._asdict() | {"created_at": made.at, "updated_at": made.at, "_rev": 1}


def fill_sqlite(database: Path, count: int) -> None:
    """As PocketBase stores them, into its table `orders`."""
    with sqlite3.connect(database) as connection:
        for chunk in chunks(count):
            rows = [
                (f"{number:015d}", *order(number)[:3], _stamp(order(number).at), order(number).done) for number in chunk
            ]
            connection.executemany(
                "INSERT INTO orders (id, title, city, amount, at, done) VALUES (?, ?, ?, ?, ?, ?)", rows
            )
        connection.execute("ANALYZE")


def _stamp(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d %H:%M:%S.000Z")
