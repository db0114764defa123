"""Making the embedded server writable: it is a replica set of one, for transactions and change streams."""

from __future__ import annotations

import socket
import struct
import time
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO

import bson
import pymongo
from pymongo.errors import OperationFailure, ServerSelectionTimeoutError

from . import mongod
from .paths import mongod_socket
from .settings import Settings

_POLL_SECONDS = 0.02
_NOT_YET_INITIALIZED = 94

_QUESTION = bson.encode({"hello": 1, "$db": "admin"})
_OP_MSG = struct.Struct("<iiiiiB")
"""Of MongoDB's wire protocol: length of all, request, response to, 2013, flags, kind of the section that follows."""

Client = pymongo.MongoClient[dict[str, Any]]


def ensure_primary(settings: Settings, seconds: float) -> None:
    """Wait until the embedded server takes writes; where it is not a replica set yet, or its folder moved, set it up.

    Any number of processes may do this at once: the server lets one win, the others see the result. Raises
    ServerSelectionTimeoutError after `seconds`.
    """
    deadline = time.monotonic() + seconds
    path = mongod_socket(settings)
    if _is_primary(path, deadline):
        return
    options: dict[str, Any] = {"serverSelectionTimeoutMS": int(seconds * 1000), "socketTimeoutMS": int(seconds * 1000)}
    with pymongo.MongoClient[dict[str, Any]](mongod.uri(settings), **options) as client:
        while not client.admin.command("hello").get("isWritablePrimary"):
            if time.monotonic() > deadline:
                raise ServerSelectionTimeoutError("the embedded database is not ready for writes")
            _configure(client, str(path))
            time.sleep(_POLL_SECONDS)


def _is_primary(path: Path, deadline: float) -> bool:
    """What the server says as soon as it is up.

    Asked by hand: a client of the driver for this one question would take half a megabyte of each runner.
    """
    while True:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection, suppress(OSError):
            connection.settimeout(max(deadline - time.monotonic(), _POLL_SECONDS))
            connection.connect(str(path))
            return bool(_hello(connection).get("isWritablePrimary"))
        if time.monotonic() > deadline:
            raise ServerSelectionTimeoutError("the embedded database is not up")
        time.sleep(_POLL_SECONDS)


def _hello(connection: socket.socket) -> dict[str, Any]:
    connection.sendall(_OP_MSG.pack(_OP_MSG.size + len(_QUESTION), 1, 0, 2013, 0, 0) + _QUESTION)
    with connection.makefile("rb") as stream:
        length = max(_OP_MSG.unpack(_exactly(stream, _OP_MSG.size))[0], _OP_MSG.size)
        return bson.decode(_exactly(stream, length - _OP_MSG.size))


def _exactly(stream: BinaryIO, size: int) -> bytes:
    data = stream.read(size)
    if len(data) < size:
        raise ConnectionError("the server hung up")
    return data


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
