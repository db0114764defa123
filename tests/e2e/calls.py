"""Callers beside the test: they wait for slow answers, and they look after a neighbour."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPException

from .client import Project, Reply


class Call:
    """A request in a thread of its own. `status` is 0 when the connection was closed without an answer."""

    def __init__(self, ask: Callable[[], Reply]) -> None:
        self.status = -1
        self.seconds = 0.0
        self._ask = ask
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def _run(self) -> None:
        began = time.monotonic()
        try:
            self.status = self._ask().status
        except (OSError, HTTPException):
            self.status = 0
        self.seconds = time.monotonic() - began

    def wait(self) -> int:
        self._thread.join(60)
        assert not self._thread.is_alive(), "the caller hangs"
        return self.status


@contextmanager
def quiet(neighbour: Project) -> Iterator[None]:
    """The neighbour answers all the time."""
    ended = threading.Event()
    answers: list[tuple[int, float]] = []

    def ask() -> None:
        while not answers or not ended.wait(0.05):
            call = Call(lambda: neighbour.get("/ok"))
            answers.append((call.wait(), call.seconds))

    thread = threading.Thread(target=ask)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
    assert answers
    assert {status for status, _ in answers} == {200}
    assert max(seconds for _, seconds in answers) < 2
