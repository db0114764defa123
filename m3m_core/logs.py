"""The server's own log: one JSON object a line on stderr."""

from __future__ import annotations

import logging
import sys
from datetime import UTC, datetime
from typing import Any

import orjson

from .stamps import rfc3339

STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "color_message"}


class JSONLines(logging.Formatter):
    """`time` (RFC 3339, milliseconds, Z), `level`, `logger`, `message`, what `extra` held, `exception` as text."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            key: value for key, value in vars(record).items() if key not in STANDARD and not key.startswith("_")
        }
        line |= {
            "time": rfc3339(datetime.fromtimestamp(record.created, UTC)),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        first = ("time", "level", "logger", "message")
        ordered = {key: line[key] for key in first} | {key: line[key] for key in line if key not in first}
        return orjson.dumps(ordered, default=str, option=orjson.OPT_NON_STR_KEYS).decode()


def setup(level: str) -> None:
    """Send the log of this process to stderr. `level` is debug, info, warning or error. Replaces what was set up."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JSONLines())
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    # pymongo logs every command with its values at debug: too much, and data of users.
    logging.getLogger("pymongo").setLevel(max(logging.INFO, logging.getLogger().level))
