"""Errors that cross between JavaScript and Python: what is told of one, and what was told."""

from __future__ import annotations

import logging
import re
from typing import Any

import orjson

from ..contributions import ScriptError
from ..errors import M3MError

AWAY = {
    ("pymongo.errors", "ConnectionFailure"),
    ("pymongo.errors", "ConfigurationError"),
    ("mongoengine.connection", "ConnectionFailure"),
}
"""Errors of a database that is not there: the last when the first use of it fails."""

SLOW = ("pymongo.errors", "ExecutionTimeout")
"""A read that the database has broken off."""

PLACE = re.compile(r"([^:]*):([0-9]{1,9}):([0-9]{1,9})")
"""A stack is a text that the service may write itself: its numbers are as long as those of the longest file."""

log = logging.getLogger("m3m.bridge")


def encode_error(error: BaseException) -> str:
    told = describe_error(error)
    return "e" + orjson.dumps(told).decode()


def describe_error(error: BaseException) -> dict[str, Any]:
    if isinstance(error, ScriptError):
        code = error.code or ("invalid_arguments" if error.name == "TypeError" else None)
        return {"name": error.name, "message": error.message, "code": code}
    if isinstance(error, M3MError):
        more = {"fields": error.fields or None, "position": error.details.get("position")}
        return {"name": type(error).__name__, "message": error.message, "code": error.code} | more
    if isinstance(error, RecursionError):
        return {"name": "TypeError", "message": "a value is nested too deeply", "code": "invalid_arguments"}
    if isinstance(error, OSError):
        return {"name": "SystemError", "message": error.strerror or "input or output failed", "code": "io_error"}
    if is_database_away(error):
        log.warning("a host function has no database: %s", error)
        sentence = "the database is not available right now"
        return {"name": "Unavailable", "message": sentence, "code": "database_unavailable"}
    if SLOW in kinds(error):
        log.warning("a host function's query took too long: %s", error)
        return {"name": "Timeout", "message": "the query took too long", "code": "query_timeout"}
    log.error("a host function failed", exc_info=error)
    return {"name": "InternalError", "message": "the module failed; the server's log says why", "code": "internal"}


def is_database_away(error: BaseException) -> bool:
    """Told by the name: the driver is not imported where nothing uses it.

    A ConfigurationError is what it says of a server that starts again and is no primary yet.
    """
    return not AWAY.isdisjoint(kinds(error))


def kinds(error: BaseException) -> set[tuple[str, str]]:
    """Modules and names of its class and of those above."""
    return {(kind.__module__, kind.__name__) for kind in type(error).__mro__}


def script_error(told: dict[str, Any]) -> ScriptError:
    """The error that JavaScript described; its first stack line gives file, line and column."""
    stack = told.get("stack", "")
    file, line, column = position(stack)
    return ScriptError(
        told.get("message", ""),
        name=told.get("name", "Error"),
        code=told.get("code", ""),
        stack=stack,
        file=file,
        line=line,
        column=column,
        causes=told.get("causes", "").splitlines(),
    )


def position(stack: str) -> tuple[str, int, int]:
    """File, line and column of the first frame, `    at name (file:line:column)`; empty and zeros without one."""
    first = stack.partition("\n")[0].rpartition("(")[2].removeprefix("    at ").rstrip(")")
    found = PLACE.fullmatch(first)
    return (found[1], int(found[2]), int(found[3])) if found else ("", 0, 0)
