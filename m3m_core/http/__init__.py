"""What routes of plugins may import from the kernel. Loaded on first use: a process without HTTP never pays for it."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .bodies import read
    from .bodystream import BodyStream
    from .closing import is_closing
    from .json import dumps
    from .paging import Paged, PageQuery, Search, paged
    from .values import check_values

__all__ = ["BodyStream", "PageQuery", "Paged", "Search", "check_values", "dumps", "is_closing", "paged", "read"]

_HOMES = {
    "BodyStream": "bodystream",
    "PageQuery": "paging",
    "Paged": "paging",
    "Search": "paging",
    "check_values": "values",
    "dumps": "json",
    "is_closing": "closing",
    "paged": "paging",
    "read": "bodies",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{_HOMES[name]}", __name__), name)
