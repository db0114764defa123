"""JSON as the API speaks it: UTC times with milliseconds and `Z`, ids as text."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import orjson
from bson import ObjectId
from falcon.media import JSONHandler
from pydantic import BaseModel

from ..stamps import rfc3339


def _default(value: Any) -> Any:
    if isinstance(value, datetime):
        return rfc3339(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, ObjectId):
        return str(value)
    if isinstance(value, BaseModel):
        return value.model_dump()
    if isinstance(value, set | frozenset):
        return sorted(value)
    raise TypeError(f"{type(value).__name__} is not JSON")


def dumps(value: Any) -> bytes:
    return orjson.dumps(value, default=_default, option=orjson.OPT_PASSTHROUGH_DATETIME)


HANDLER = JSONHandler(dumps=dumps, loads=orjson.loads)
