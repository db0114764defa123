"""Slots of five minutes, routes of half a day, and what is left out."""

from __future__ import annotations

from typing import Any

import pytest

from m3m_core.runtime.histogram import bucket_of
from m3m_core.runtime.history import SLOT_SECONDS, SLOTS, History
from m3m_core.runtime.metrics import MOST_ROUTES, NAMES, OTHERS, Metrics
from m3m_core.runtime.routebook import PAGE_SECONDS

START = 1_800_000_000.0


class Clock:
    def __init__(self) -> None:
        self.time = START

    def __call__(self) -> float:
        return self.time


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def history(clock: Clock) -> History:
    return History(clock)


def gains(route: str = "GET /", hits: int = 1, errors: int = 0, **more: Any) -> dict[str, Any]:
    return {"routes": [(route, errors, [(40, hits)])], "calls": 0, "failures": 0, "seconds": 0.01, **more}


def test_a_slot(history: History, clock: Clock) -> None:
    history.gain(gains(hits=3, errors=1, calls=2, failures=1))
    history.observe(5.0, 10.0, 1000, 100, 2.0)
    history.observe(1.0, 10.0, 900, 200, 7.5)
    history.restarted()
    (slot,) = history.slots(0)
    assert slot | {"p50_ms": 0, "p95_ms": 0} == {
        "at": "2027-01-15T08:00:00.000Z",
        "cpu_percent": 30.0,
        "memory_bytes": 1000,
        "heap_bytes": 200,
        "lag_ms": 7.5,
        "requests": 3,
        "errors": 2,
        "jobs": 2,
        "restarts": 1,
        "p50_ms": 0,
        "p95_ms": 0,
    }
    assert slot["p50_ms"] < slot["p95_ms"]
    clock.time += SLOT_SECONDS
    assert [each["requests"] for each in history.slots(2)] == [0, 3, 0]
    assert history.slots(0)[0]["p50_ms"] is None


def test_slots_are_kept_for_a_day_and_no_longer(history: History, clock: Clock) -> None:
    for number in range(SLOTS + 50):
        history.gain(gains(hits=number + 1))
        clock.time += SLOT_SECONDS
    shown = history.slots(SLOTS)
    assert len(shown) == SLOTS + 1
    assert [slot["requests"] for slot in shown] == [*range(51, SLOTS + 51), 0]
    clock.time += 2 * SLOTS * SLOT_SECONDS
    assert {slot["requests"] for slot in history.slots(SLOTS)} == {0}
    assert history.totals.requests == sum(range(1, SLOTS + 51))


def test_a_clock_that_is_set_back_loses_nothing(history: History, clock: Clock) -> None:
    history.gain(gains())
    clock.time -= 3600
    history.gain(gains())
    assert history.slots(0)[0]["requests"] == 2


def test_routes_are_told_of_the_last_half_day_or_day(history: History, clock: Clock) -> None:
    history.gain(gains("GET /a", 5, 1))
    history.gain(gains("GET /b", 7))
    clock.time += PAGE_SECONDS
    history.gain(gains("GET /a", 1))
    assert [(row["route"], row["hits"], row["errors"]) for row in history.book.told()] == [
        ("GET /b", 7, 0),
        ("GET /a", 6, 1),
    ]
    assert history.book.since == "2027-01-15T08:00:00.000Z"
    clock.time += PAGE_SECONDS
    assert [(row["route"], row["hits"]) for row in history.book.told()] == [("GET /a", 1)]
    clock.time += 3 * PAGE_SECONDS
    assert history.book.told() == []


def test_routes_beyond_the_bound_are_counted_as_one(history: History) -> None:
    for number in range(MOST_ROUTES + 20):
        history.gain(gains(f"GET /{number}"))
    rows = history.book.told()
    assert len(rows) == MOST_ROUTES + 1
    assert rows[0]["route"] == NAMES[OTHERS]
    assert rows[0]["hits"] == 20


def test_that_something_was_counted_is_said_once_until_it_is_told() -> None:
    metrics, said = Metrics(), []
    metrics.on_news = lambda: said.append(metrics.calls)
    for _ in range(2):
        metrics.called()
        metrics.failed()
        metrics.count(0, 200, 0.001)
        metrics.is_told_soon = False
    assert said == [1, 2]


def test_a_runner_counts_a_bounded_number_of_routes_and_tells_each_request_once() -> None:
    metrics = Metrics()
    names = [{"method": "GET", "path": f"/{number}"} for number in range(300)]
    for number in range(300):
        metrics.count(number, 500 if number == 1 else 200, 0.001)
    told = metrics.take(names)
    assert len(told["routes"]) == MOST_ROUTES + 1
    once = [(bucket_of(0.001), 1)]
    assert told["routes"][:2] == [("(no route)", 0, once), ("GET /0", 1, once)]
    assert sum(count for _, _, counts in told["routes"] for _, count in counts) == 300
    assert told["seconds"] == pytest.approx(0.3)
    assert metrics.take(names) == {"routes": [], "calls": 0, "failures": 0, "seconds": 0.0}
