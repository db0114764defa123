"""All or nothing, where the server can: a replica set has transactions, a single server has none."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import pymongo
from pymongo.client_session import ClientSession
from pymongo.database import Database
from pymongo.errors import PyMongoError

from m3m_core import Timeout

from .faults import translated

T = TypeVar("T")

Session = ClientSession | None

LONGEST = 30.0
"""Seconds of all that is done at once. MongoDB itself ends a transaction after a minute."""


class Transactions:
    def __init__(self, db: Callable[[], Database[dict[str, Any]]]) -> None:
        self._db = db
        self._supported: bool | None = None

    @property
    def supported(self) -> bool:
        if self._supported is None:
            hello = self._db().command("hello")
            self._supported = "setName" in hello or hello.get("msg") == "isdbgrid"
        return self._supported

    def run(self, work: Callable[[Session], T], *, needed: bool = True) -> T:
        """Call `work` in a transaction, maybe more than once; with None where none is needed or the server has none.

        Raises Timeout, and what `faults.translated` does.
        """
        if not needed:
            return work(None)
        with translated(), in_time(LONGEST):
            if not self.supported:
                return work(None)
            with self._db().client.start_session() as session:
                return session.with_transaction(work)


@contextmanager
def in_time(seconds: float) -> Iterator[None]:
    """Around changes. Raises Timeout."""
    try:
        with pymongo.timeout(seconds):
            yield
    except PyMongoError as error:
        if error.timeout:
            raise Timeout("The change took too long.", code="query_timeout") from error
        raise
