"""setTimeout and its family."""

from __future__ import annotations

from collections.abc import Iterator

import gevent
import pytest

from m3m_core import ScriptError
from m3m_core.testing import JSRun, run_js


@pytest.fixture
def js() -> Iterator[JSRun]:
    with run_js(["webapi", "logger"]) as run:
        yield run


def test_timers_come_in_order_with_their_arguments(js: JSRun) -> None:
    js.run("""
      setTimeout((...all) => { logger.info("late", ...all) }, 30, 1, "x")
      setTimeout(() => { logger.info("soon") }, 5)
      setTimeout(() => { logger.info("now") })
      Promise.resolve().then(() => { logger.info("microtask") })
      logger.info("sync")
    """)
    js.until(lambda: len(js.texts()) == 5)
    assert js.texts() == ["sync", "microtask", "now", "soon", "late 1 x"]


def test_an_interval_repeats_until_it_is_cleared(js: JSRun) -> None:
    js.run("let n = 0; const id = setInterval((x) => { logger.info(x); if (++n === 3) clearInterval(id) }, 2, 'tick')")
    js.until(lambda: len(js.texts()) == 3)
    gevent.sleep(0.02)
    assert js.texts() == ["tick"] * 3


def test_a_cleared_timer_does_not_come(js: JSRun) -> None:
    js.run("const a = setTimeout(() => { logger.info('a') }, 5); clearTimeout(a); clearTimeout(a)")
    js.run("for (const odd of [undefined, null, 'x', 99999, {}]) { clearTimeout(odd); clearInterval(odd) }")
    gevent.sleep(0.03)
    assert js.texts() == []


@pytest.mark.parametrize("function", ["() => { throw new Error('bad') }", "async () => { throw new Error('bad') }"])
def test_an_error_goes_to_the_log_and_an_interval_goes_on(js: JSRun, function: str) -> None:
    js.run(f"setInterval({function}, 2)")
    js.until(lambda: len(js.texts("error")) >= 2)
    assert js.texts("error")[0].startswith("timer: Error: bad\n    at ")


@pytest.mark.parametrize("call", ["setTimeout('code', 5)", "setInterval()", "setTimeout(null)"])
def test_only_functions(js: JSRun, call: str) -> None:
    with pytest.raises(ScriptError, match="wants a function"):
        js.run(call)


@pytest.mark.parametrize("delay", ["undefined", "-5", "NaN", "'2'", "null"])
def test_odd_delays_are_short_ones(js: JSRun, delay: str) -> None:
    js.run(f"setTimeout(() => {{ logger.info('came') }}, {delay})")
    js.until(js.texts)


def test_a_flood_of_timers_is_refused(js: JSRun) -> None:
    with pytest.raises(ScriptError, match="at most 10000 may wait") as caught:
        js.run("while (true) setTimeout(() => {}, 1e6)")
    assert caught.value.code == "too_many_timers"
