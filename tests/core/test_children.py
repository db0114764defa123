"""Programs beside the fronts: started again when they end, with patience when they keep failing."""

from __future__ import annotations

import time

import pytest

from m3m_core.children import LONGEST_PAUSE_SECONDS, QUICK_DEATH_SECONDS, Kept


class Fragile:
    name = "fragile"
    pid = None

    def __init__(self) -> None:
        self.starts = 0
        self.up = False

    def start(self) -> None:
        self.starts += 1
        self.up = True

    def alive(self) -> bool:
        return self.up

    def stop(self) -> None:
        self.up = False


def test_a_child_that_keeps_failing_is_started_with_growing_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = 1000.0
    monkeypatch.setattr(time, "monotonic", lambda: clock)
    child = Fragile()
    kept = Kept(child)
    kept.start()
    waited = []
    for _ in range(8):
        child.up = False
        began = clock
        while not child.up:
            kept.tend()
            clock += 0.25
        waited.append(int(clock - began))
    assert waited == [0, 1, 2, 4, 8, 16, LONGEST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS]
    clock += QUICK_DEATH_SECONDS + 1
    child.up = False
    kept.tend()
    assert child.up


def test_a_child_that_cannot_be_started_is_tried_again() -> None:
    class Missing(Fragile):
        def start(self) -> None:
            super().start()
            self.up = False
            raise FileNotFoundError("mongod")

    kept = Kept(Missing())
    kept.start()
    kept.tend()
    assert isinstance(kept.child, Missing)
    assert kept.child.starts == 2
