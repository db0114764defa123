"""Whether this front is on its way out: a stream that never ends by itself asks, and ends."""

from __future__ import annotations

_closing = False


def is_closing() -> bool:
    return _closing


def begin_closing() -> None:
    global _closing  # one fact about the whole process
    _closing = True
