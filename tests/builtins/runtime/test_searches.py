"""Reading logs: one page of a project at a time, a queue with an end, and nobody else behind it."""

from __future__ import annotations

import threading
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait

import pytest

from m3m_builtins.runtime import searches
from m3m_builtins.runtime.searches import Searches
from m3m_core import Unavailable


def test_of_a_project_one_is_read_at_a_time_and_another_does_not_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searches, "WAITING", 2)
    reading, go_on = threading.Event(), threading.Event()
    running: list[int] = []

    def slow() -> int:
        running.append(1)
        reading.set()
        assert go_on.wait(20)
        return len(running)

    shared = Searches()
    with ThreadPoolExecutor(4) as pool:
        first = pool.submit(shared.run, "shop", slow)
        assert reading.wait(20)
        waiting = [pool.submit(shared.run, "shop", slow) for _ in range(3)]
        refused = wait(waiting, 20, FIRST_COMPLETED).done.pop()
        assert isinstance(refused.exception(), Unavailable)
        assert shared.run("other", divmod, 7, 2) == (3, 1)
        assert len(running) == 1
        go_on.set()
        results = [one.result(20) for one in (first, *waiting) if one is not refused]
    assert sorted(results) == [1, 2, 3]
