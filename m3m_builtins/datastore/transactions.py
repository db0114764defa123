"""All or nothing, where the server can: a replica set has transactions, a single server has none."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from pymongo.client_session import ClientSession
from pymongo.database import Database

T = TypeVar("T")

Session = ClientSession | None


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
        """Call `work` in a transaction, maybe more than once; with None where none is needed or the server has none."""
        if not needed or not self.supported:
            return work(None)
        with self._db().client.start_session() as session:
            return session.with_transaction(work)
