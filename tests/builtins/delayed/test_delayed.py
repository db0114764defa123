"""`delayed.run`: after the piece, a few at a time, errors to the log."""

from __future__ import annotations

from collections.abc import Iterator

import gevent
import pytest

from m3m_core import JSModule, ScriptError, waits
from m3m_core.testing import JSRun, plugin, run_js


@pytest.fixture
def js() -> Iterator[JSRun]:
    with run_js(["delayed", "logger", "webapi", "router"]) as run:
        yield run


def test_it_runs_after_the_current_piece(js: JSRun) -> None:
    js.run("delayed.run((a, b) => { logger.info('then', a, b) }, 1, {x: 2}); logger.info('first')")
    js.until(lambda: len(js.lines) == 2)
    assert js.texts() == ["first", 'then 1 {"x":2}']


def test_the_answer_does_not_wait_for_it(js: JSRun) -> None:
    js.run("""
      router.post("/", () => {
        $delayed.run(async () => { await new Promise((done) => setTimeout(done, 20)); logger.info("worked") })
        return router.response(202, { accepted: true })
      })
    """)
    assert js.request("POST", "/").status == 202
    assert js.texts() == []
    js.until(js.texts)


@pytest.mark.parametrize(
    "function", ["() => { throw new TypeError('late') }", "async () => { throw new TypeError('late') }"]
)
def test_an_error_goes_to_the_log_with_its_place(js: JSRun, function: str) -> None:
    js.run(f"delayed.run({function})")
    js.until(js.lines.__len__)
    [(level, text)] = js.lines
    assert level == "error"
    assert text.startswith("delayed.run: TypeError: late\n    at ")
    assert "main.js:1:" in text


def test_a_result_that_is_no_json_is_nobodys_concern(js: JSRun) -> None:
    js.run("delayed.run(() => { const a = {}; a.self = a; logger.info('done'); return a })")
    js.until(js.texts)
    assert js.texts("error") == []


def test_at_most_the_pool_is_under_way(js: JSRun) -> None:
    js.run("""
      globalThis.now = 0; globalThis.most = 0; globalThis.done = 0
      for (let i = 0; i < 30; i++) delayed.run(async () => {
        most = Math.max(most, ++now)
        await new Promise((done) => setTimeout(done, 5))
        now--; done++
      })
    """)
    js.until(lambda: js.value("done") == 30)
    assert js.value("most") == 10


class Naps:
    @waits
    def take(self) -> None:
        gevent.sleep(0.001)


@pytest.mark.parametrize("workers", [1, 10])
def test_waiting_for_a_host_call_takes_no_place_of_host_calls(workers: int) -> None:
    naps = plugin("naps", m3m_js_modules=lambda: [JSModule("naps", Naps())])
    with run_js(["delayed", naps], workers=workers) as js:
        js.run("""
          globalThis.done = 0
          for (let i = 0; i < 30; i++) delayed.run(async () => { await naps.takeAsync(); done++ })
        """)
        js.until(lambda: js.value("done") == 30, seconds=3)
        assert js.lines == []


@pytest.mark.parametrize("argument", ["", "'later'", "null", "{}"])
def test_only_functions_can_be_delayed(js: JSRun, argument: str) -> None:
    with pytest.raises(ScriptError, match=r"delayed\.run wants a function") as caught:
        js.run(f"delayed.run({argument})")
    assert (caught.value.name, caught.value.line) == ("TypeError", 1)


def test_a_flood_is_refused(js: JSRun) -> None:
    with pytest.raises(ScriptError, match="at most 10000 functions may wait") as caught:
        js.run("globalThis.done = 0; while (true) delayed.run(() => { done++ })")
    assert caught.value.code == "too_many_delayed"
    js.until(lambda: js.value("done") == 10000)
    js.run("delayed.run(() => { done++ })")
    js.until(lambda: js.value("done") == 10001)
