"""Calls that can be ended from outside: each runs in a greenlet of its own, whatever it waits for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import gevent

from m3m_core import M3MError, Timeout

R = TypeVar("R")


class Stopped(gevent.GreenletExit):  # type: ignore[misc]  # gevent has no types
    """Thrown into the call that is to end."""


class Work:
    """One call at a time."""

    def __init__(self) -> None:
        self._greenlet: Any = None
        self.stopped = False

    def run(self, seconds: float | None, function: Callable[..., R], *arguments: Any) -> R:
        """Raises what the function raises, Timeout after `seconds`, M3MError (`aborted`) when `stop` is called."""
        if self.stopped:
            raise aborted()
        self._greenlet = gevent.spawn(_outcome, function, arguments)
        try:
            outcome = self._greenlet.get(timeout=seconds)
        except gevent.Timeout:
            self._greenlet.kill(Stopped)
            raise Timeout(f"the exchange took longer than {seconds:g} s") from None
        finally:
            self._greenlet = None
        if self.stopped or isinstance(outcome, gevent.GreenletExit):  # stopped before it began
            raise aborted()
        value, error = outcome
        if error is not None:
            raise error
        result: R = value
        return result

    def stop(self) -> bool:
        """Whether a call was there to be stopped. Does not wait for its end, which comes at once."""
        self.stopped = True
        if self._greenlet is None:
            return False
        self._greenlet.kill(Stopped, block=False)
        return True


def _outcome(function: Callable[..., Any], arguments: tuple[Any, ...]) -> tuple[Any, BaseException | None]:
    """An exception that leaves a greenlet is printed, so that it goes out as a value."""
    try:
        return function(*arguments), None
    except BaseException as error:
        return None, error


def aborted() -> M3MError:
    return M3MError("the request was aborted", code="aborted")
