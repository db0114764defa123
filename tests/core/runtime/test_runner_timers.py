"""Timers: in order, on time, and never in the way of others."""

from __future__ import annotations

import time

import gevent

from m3m_core.agenda import SLACK
from m3m_core.runtime.timers import Timers
from m3m_core.testing import run_js


def until(timers: Timers) -> None:
    with gevent.Timeout(5):
        while timers._agenda:
            gevent.sleep(0.001)


def test_order_is_by_time_and_then_by_age() -> None:
    fired: list[int] = []
    timers = Timers(fired.append)
    for number, delay in enumerate((30, 10, 10, 0, 20, 10)):
        timers.add(number, delay)
    until(timers)
    assert fired == [3, 1, 2, 5, 4, 0]


def test_a_sooner_timer_wakes_the_sleeper() -> None:
    fired: list[float] = []
    timers = Timers(lambda _: fired.append(time.monotonic()))
    began = time.monotonic()
    timers.add(1, 60_000)
    gevent.sleep(0.01)
    timers.add(2, 10)
    gevent.sleep(0.1)
    assert len(fired) == 1
    assert fired[0] - began < 0.09


def test_cleared_timers_do_not_fire_and_do_not_stay() -> None:
    fired: list[int] = []
    timers = Timers(fired.append)
    for number in range(SLACK * 3):
        timers.add(number, 60_000)
        timers.clear(number)
    assert len(timers._agenda._heap) <= SLACK + 1
    timers.add(-1, 1)
    timers.clear(12345)
    with gevent.Timeout(10):
        while not fired:
            gevent.sleep(0.002)
    assert fired == [-1]


def test_a_timer_may_be_set_and_cleared_while_others_fire() -> None:
    fired: list[int] = []

    def fire(number: int) -> None:
        fired.append(number)
        if number < 5:
            timers.add(number + 1, 0)
            timers.clear(100)

    timers = Timers(fire)
    timers.add(100, 1)
    timers.add(0, 0)
    until(timers)
    assert fired == [0, 1, 2, 3, 4, 5]


def test_others_come_in_between_however_many_are_due() -> None:
    """A service that sets itself a timer again and again still answers."""
    with run_js(["webapi", "router"]) as js:
        js.run("""
            let turns = 0
            const turn = () => { turns++; setTimeout(turn, 0) }
            router.get("/", () => turns)
            for (let i = 0; i < 50; i++) turn()
        """)
        seen = [js.request("GET", "/").json for _ in range(5)]
        js.until(lambda: js.request("GET", "/").json > 500)
        assert seen == sorted(seen)


def test_delays_of_any_kind() -> None:
    with run_js(["webapi"], "globalThis.fired = []") as js:
        js.run("""
            for (const delay of [-1, 0, NaN, undefined, null, "2", 1.5, [], {}]) {
              setTimeout(() => fired.push(String(delay)), delay)
            }
            setTimeout(() => fired.push("never"), Infinity)
            setTimeout(() => fired.push("never"), 1e12)
        """)
        js.until(lambda: len(js.value("fired")) == 9)
        assert "never" not in js.value("fired")


def test_an_interval_goes_on_after_errors_until_it_is_cleared() -> None:
    with run_js(["webapi", "logger"]) as js:
        js.run("""
            let n = 0
            const id = setInterval(() => { if (++n === 4) clearInterval(id); throw new Error(`tick ${n}`) }, 1)
        """)
        js.until(lambda: len(js.texts("error")) == 4)
        gevent.sleep(0.02)
        assert [text.splitlines()[0] for text in js.texts("error")] == [f"timer: Error: tick {n}" for n in range(1, 5)]


def test_ten_thousand_at_most() -> None:
    with run_js(["webapi"]) as js:
        js.run("""
            let set = 0
            try {
              while (true) { setTimeout(() => {}, 60_000); set++ }
            } catch (error) { globalThis.told = [set, error.name, error.code] }
        """)
        assert js.value("told") == [10_000, "RangeError", "too_many_timers"]
