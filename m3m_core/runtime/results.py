"""What JavaScript gives later: envelopes by the number of the call that waits for them."""

from __future__ import annotations

from collections.abc import Callable

from gevent import Timeout
from gevent.event import AsyncResult

from ..contributions import ScriptError

LOOK = 0.5
"""Seconds between looks whether a result is still wanted."""


class Results:
    def __init__(self) -> None:
        self._waiting: dict[int, AsyncResult] = {}
        self._last_call = 0

    def open(self) -> int:
        """The number of a call that begins; `close` ends it."""
        self._last_call += 1
        self._waiting[self._last_call] = AsyncResult()
        return self._last_call

    def close(self, call: int) -> None:
        self._waiting.pop(call, None)

    def settled(self, call: int, envelope: str) -> None:
        waiting = self._waiting.get(int(call))
        if waiting is not None:
            waiting.set(envelope)

    def wait(self, call: int, label: str, seconds: float, still: Callable[[], bool] | None) -> str:
        """Raises ScriptError when it takes more than `seconds`; with `still`, when that says no."""
        result = self._waiting[call]
        try:
            while still is not None and not result.ready() and still():
                result.wait(LOOK)
            envelope: str = result.get(timeout=seconds if still is None else 0)
        except Timeout:
            raise ScriptError(
                f"{label}: the promise did not settle within {seconds:g} s", name="TimeoutError", code="timeout"
            ) from None
        return envelope
