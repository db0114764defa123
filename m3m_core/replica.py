"""Making the embedded server writable: it is a replica set of one, for transactions and change streams."""

from __future__ import annotations

import socket
import time
from pathlib import Path
from typing import Any

import pymongo
from pymongo.errors import OperationFailure, ServerSelectionTimeoutError

from . import mongod
from .paths import mongod_socket
from .settings import Settings

_POLL_SECONDS = 0.02
_NOT_YET_INITIALIZED = 94

Client = pymongo.MongoClient[dict[str, Any]]


def ensure_primary(settings: Settings, seconds: float) -> None:
    """Wait until the embedded server takes writes; where it is not a replica set yet, or its folder moved, set it up.

    Any number of processes may do this at once: the server lets one win, the others see the result. Raises
    ServerSelectionTimeoutError after `seconds`.
    """
    deadline = time.monotonic() + seconds
    path = mongod_socket(settings)
    _wait_for_socket(path, deadline)
    options: dict[str, Any] = {"serverSelectionTimeoutMS": int(seconds * 1000), "socketTimeoutMS": int(seconds * 1000)}
    with pymongo.MongoClient[dict[str, Any]](mongod.uri(settings), **options) as client:
        while not client.admin.command("hello").get("isWritablePrimary"):
            if time.monotonic() > deadline:
                raise ServerSelectionTimeoutError("the embedded database is not ready for writes")
            _configure(client, str(path))
            time.sleep(_POLL_SECONDS)


def _wait_for_socket(path: Path, deadline: float) -> None:
    while True:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
            probe.settimeout(1)
            try:
                return probe.connect(str(path))
            except OSError:
                if time.monotonic() > deadline:
                    raise ServerSelectionTimeoutError("the embedded database is not up") from None
        time.sleep(_POLL_SECONDS)


def _configure(client: Client, host: str) -> None:
    """One step towards a primary. A refusal means that the server is loading, or that another process was quicker."""
    try:
        config = client.admin.command("replSetGetConfig")["config"]
    except OperationFailure as error:
        if error.code == _NOT_YET_INITIALIZED:
            _attempt(client, "replSetInitiate", {"_id": mongod.REPLICA_SET, "members": [{"_id": 0, "host": host}]})
        return
    # The socket's path is the member's name, so data that moved to another folder no longer finds itself in its config.
    if config["members"][0]["host"] != host:
        config["members"][0]["host"] = host
        _attempt(client, "replSetReconfig", config, force=True)


def _attempt(client: Client, command: str, value: dict[str, Any], **options: Any) -> None:
    try:
        client.admin.command(command, value, **options)
    except OperationFailure:
        return
