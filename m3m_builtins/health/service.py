"""Whether the parts that everything else needs are there."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pymongo
from pymongo.errors import PyMongoError

if TYPE_CHECKING:
    from pymongo.database import Database

    from m3m_core import Context

LONGEST_SECONDS = 2.0
"""Longest wait for the parts to answer; all are asked at once."""

QUESTIONS = 8
"""Parts asked at the same time by one process; a part that hangs keeps its place until it gives up."""

OK = "ok"
UNAVAILABLE = "unavailable"


@dataclass(frozen=True)
class Health:
    database: str
    supervisor: str

    @property
    def is_good(self) -> bool:
        return self.database == self.supervisor == OK


class HealthService:
    """`database` and `supervisor` say whether they answer; what they have not said in time counts as no."""

    def __init__(self, database: Callable[[], bool], supervisor: Callable[[], bool]) -> None:
        self._database = database
        self._supervisor = supervisor
        self._pool = ThreadPoolExecutor(QUESTIONS, thread_name_prefix="health")

    def check(self) -> Health:
        deadline = time.monotonic() + LONGEST_SECONDS
        database, supervisor = self._pool.submit(self._database), self._pool.submit(self._supervisor)

        def state(answer: Any) -> str:
            try:
                return OK if answer.result(max(deadline - time.monotonic(), 0)) else UNAVAILABLE
            except TimeoutError:
                return UNAVAILABLE

        return Health(state(database), state(supervisor))

    def close(self) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)


def writable(database: Callable[[], Database[dict[str, Any]]]) -> bool:
    """Whether the database takes writes."""
    try:
        with pymongo.timeout(LONGEST_SECONDS):
            return bool(database().client.admin.command("hello").get("isWritablePrimary"))
    except PyMongoError:
        return False


def make(ctx: Context) -> HealthService:
    return HealthService(lambda: writable(lambda: ctx.db), lambda: ctx.runs.ping())
