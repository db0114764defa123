"""A batch or an import of many rows does not hold up the other callers of its process."""

from __future__ import annotations

import time
from typing import Any

import pytest
from worlds import MODELS, field, load, make

from m3m_builtins.datastore import turns
from m3m_core.testing import Client

ROWS = 40
BATCH = f"{MODELS}/things/data/batch"


@pytest.fixture
def breaks(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How often others had their turn, when every row is long work."""
    taken: list[float] = []

    class Clock:
        monotonic = staticmethod(time.monotonic)
        sleep = staticmethod(taken.append)

    monkeypatch.setattr(turns, "SLICE", 0)
    monkeypatch.setattr(turns, "time", Clock)
    return taken


@pytest.mark.parametrize("value", ["good", 5])
def test_others_come_in_between(owner: Client, breaks: list[float], value: Any) -> None:
    make(owner, "things", field("name"))
    rows = [{"name": value} for _ in range(ROWS)]
    sends = (
        lambda: load(owner, rows),
        lambda: load(owner, "name\n" + "x\n" * ROWS, csv=True),
        lambda: owner.post(BATCH, json={"operations": [{"op": "create", "data": row} for row in rows]}),
    )
    for send in sends:
        breaks.clear()
        assert send().status in (200, 422)
        assert len(breaks) >= 2 * ROWS  # while the rows are read, and checked or written
        assert set(breaks) == {0}


def test_short_work_is_done_at_once(owner: Client, breaks: list[float], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "SLICE", 60)
    assert list(turns.in_turns(range(1000))) == list(range(1000))
    assert breaks == []
