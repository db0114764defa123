"""The connection to MongoDB of one process: one client, opened on first use, shared with mongoengine."""

from __future__ import annotations

import threading
import time
from contextlib import suppress
from typing import Any, ClassVar

import mongoengine
import pymongo
from pymongo.database import Database as MongoDatabase
from pymongo.errors import ConfigurationError, PyMongoError

from . import mongod, replica
from .errors import Unavailable
from .reads import Client
from .settings import Settings

SELECTION_SECONDS = 3
"""Seconds that an operation waits for a server before it fails."""

CLIENT_OPTIONS: dict[str, Any] = {
    "tz_aware": True,
    "uuidRepresentation": "standard",
    "serverSelectionTimeoutMS": SELECTION_SECONDS * 1000,
    "connectTimeoutMS": SELECTION_SECONDS * 1000,
    "heartbeatFrequencyMS": 5000,  # a server that hangs is noticed after this and the time above, not after 13 s
    "socketTimeoutMS": 60_000,
    "w": "majority",
    "journal": True,
    "wTimeoutMS": 10_000,
    "appname": "m3m",
}

_ALIAS = "default"
_POLL_SECONDS = 0.05


class Database:
    """Open it after a fork, never before: a client has threads and sockets that a child cannot share.

    mongoengine has one default connection in a process, so the newest Database is the one that documents use.
    """

    _default: ClassVar[Database | None] = None

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._client: Client | None = None
        self._unopened: Client | None = None
        self._lock = threading.Lock()
        self._register()

    def _register(self) -> None:
        mongoengine.disconnect(_ALIAS)
        # mongoengine knows the database's name only; the client is ours, made when a document is first used.
        mongoengine.register_connection(
            _ALIAS,
            db=self._settings.mongodb.database,
            uuidRepresentation="standard",
            mongo_client_class=self._for_mongoengine,
        )
        Database._default = self

    def get(self) -> MongoDatabase[dict[str, Any]]:
        """Raises PyMongoError while the server cannot be reached."""
        return self._open(SELECTION_SECONDS)[self._settings.mongodb.database]

    def ping(self, seconds: float = 2.0) -> bool:
        """Whether the database takes writes. Answers within `seconds`, even when the server hangs."""
        return self._complaint(seconds) is None

    def wait(self, seconds: float) -> None:
        """Wait until the database takes writes. Raises Unavailable, with the reason, after `seconds`."""
        deadline = time.monotonic() + seconds
        while complaint := self._complaint(min(seconds, 2.0)):
            if time.monotonic() > deadline:
                raise Unavailable(f"The database does not answer: {complaint}.", code="database_unavailable")
            time.sleep(_POLL_SECONDS)

    def close(self) -> None:
        """Close the client. The next use opens another."""
        with self._lock:
            client, self._client = self._client, None
        if client is not None:
            client.close()
        if Database._default is self:
            self._register()

    def prepare(self) -> None:
        """Make the client, to be opened on first use: it has no thread and no socket, so forks may take it over.

        Most of what a first client costs are pages that it touches, two megabytes of each fork that would make its own.
        An address whose servers the name service knows is left to the forks: who opens first asks it, without a lock.
        """
        if self._settings.mongodb.uri.startswith("mongodb+srv://"):
            return
        with suppress(PyMongoError):  # an address that is wrong is named to whoever uses it
            self._unopened = self._make(connect=False)

    def _complaint(self, seconds: float) -> str | None:
        """Why the database takes no writes."""
        started = time.monotonic()
        try:
            client = self._open(seconds)
            with pymongo.timeout(max(seconds - (time.monotonic() - started), 0.1)):
                if client.admin.command("hello").get("isWritablePrimary"):
                    return None
                return "it takes no writes"
        except PyMongoError as error:
            return _reason(error)

    def _for_mongoengine(self, **_options: Any) -> Client:
        return self._open(SELECTION_SECONDS)

    def _open(self, seconds: float) -> Client:
        if self._client is not None:
            return self._client
        if mongod.is_embedded(self._settings):
            # A client that meets the server before it is a primary would believe that it has no sessions.
            replica.ensure_primary(self._settings, seconds)
        with self._lock:
            if self._client is None:
                self._client, self._unopened = self._unopened or self._make(), None
            return self._client

    def _make(self, **options: Any) -> Client:
        embedded = mongod.is_embedded(self._settings)
        address = mongod.uri(self._settings) if embedded else self._settings.mongodb.uri
        try:
            return Client(address, **CLIENT_OPTIONS, **options)
        except (
            ConfigurationError,
            ValueError,
            OSError,
        ) as error:  # of a port that is none, of a file that is not there
            raise ConfigurationError(f"mongodb.uri: {error}") from None


def _reason(error: PyMongoError) -> str:
    """The driver's own words, which never hold a password, without its report on every server and time limit."""
    return str(error).partition(" (configured timeouts:")[0].partition(", Timeout: ")[0].rstrip(".")
