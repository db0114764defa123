"""No piece of JavaScript, and no wait inside of one, is longer than the limit."""

from __future__ import annotations

import json
import time
from contextlib import ExitStack

import gevent
import pytest
from supervised import Bench, lives, log_of, until

LOOPS = {
    "handler": "router.get('/', () => { while (true) {} })",
    "waiting host call": "router.get('/', () => { utils.sleep(60000) })",
    "regular expression": f"router.get('/', () => /^(a+)+$/.test('{'a' * 40}!'))",
    "microtasks": "router.get('/', () => { (function next() { Promise.resolve().then(next) })() })",
}


@pytest.mark.parametrize("loop", LOOPS.values(), ids=LOOPS)
def test_the_caller_gets_504_and_the_log_says_why(shared: Bench, loop: str) -> None:
    spec = shared.start(loop)
    (pid,) = shared.pids(spec)
    began = time.monotonic()
    status, body = shared.get(spec)
    assert 0.7 < time.monotonic() - began < 5
    told = json.loads(body)
    assert (status, told["code"]) == (504, "timeout")
    until(lambda: not lives(pid))
    assert f"[ERROR] GET /, request {told['request_id']}: stopped after 0." in log_of(spec)
    assert "the limit is 0.7 s; the instance ends" in log_of(spec)
    until(lambda: shared.runs.status(spec.project_id)["last_error"])
    assert "the limit is 0.7 s" in shared.runs.status(spec.project_id)["last_error"]["message"]
    shared.runs.stop(spec.project_id)


def test_a_full_heap_is_told_with_the_request_that_filled_it(shared: Bench) -> None:
    spec = shared.start("globalThis.kept = []; router.get('/', () => { for (;;) kept.push([1, 2, 3]) })")
    status, body = shared.get(spec)
    assert status == 500
    told = f"GET /, request {json.loads(body)['request_id']}: out of memory: the JavaScript heap may hold "
    until(lambda: f"[ERROR] {told}" in log_of(spec))
    until(lambda: shared.runs.status(spec.project_id)["last_error"])
    assert shared.runs.status(spec.project_id)["last_error"]["message"].startswith(told)
    shared.runs.stop(spec.project_id)


def test_those_who_wait_behind_get_503_at_once(shared: Bench) -> None:
    """On a connection that was used before, on those handed over later, on a line that was not taken up yet."""
    spec = shared.start("router.get('/loop', () => { while (true) {} }); router.get('/', () => 'ok')")
    with shared.connect(spec) as stuck, ExitStack() as stack:
        behind = [stack.enter_context(shared.connect(spec))]
        assert behind[0].get("/") == (200, "ok")
        stuck.ask("/loop")
        gevent.sleep(0.2)
        behind += [stack.enter_context(shared.connect(spec)) for _ in range(5)]
        for client in behind:
            client.ask("/")
        assert stuck.answer()[0] == 504
        answers = [client.answer() for client in behind]
    assert [status for status, _ in answers] == [503] * 6
    assert all('"code":"unavailable"' in body for _, body in answers)
    shared.runs.stop(spec.project_id)


def test_work_below_the_limit_is_left_alone(shared: Bench) -> None:
    spec = shared.start("router.get('/', () => { for (const end = Date.now() + 300; Date.now() < end;); return 'ok' })")
    assert [shared.get(spec) for _ in range(4)] == [(200, "ok")] * 4
    assert shared.runs.status(spec.project_id)["restarts"] == 0
    shared.runs.stop(spec.project_id)


def test_a_wait_that_lets_others_in_has_a_limit_too(shared: Bench) -> None:
    spec = shared.start("router.get('/', () => new Promise(() => {})); router.get('/ok', () => 'ok')")
    with shared.connect(spec) as client:
        client.ask("/")
        assert shared.get(spec, "/ok") == (200, "ok")
        assert client.answer()[0] == 504
    assert shared.runs.status(spec.project_id)["restarts"] == 0
    shared.runs.stop(spec.project_id)


@pytest.mark.parametrize(
    "shutdown",
    ["while (true) {}", "utils.sleep(60000)", "await new Promise(() => {})"],
    ids=["loop", "sleep", "promise"],
)
def test_a_shutdown_ends_within_its_limit(shared: Bench, shutdown: str) -> None:
    spec = shared.start(f"service.shutdown(async () => {{ logger.info('closing'); {shutdown} }})")
    (pid,) = shared.pids(spec)
    began = time.monotonic()
    assert shared.runs.stop(spec.project_id)["status"] == "stopped"
    assert time.monotonic() - began < 3
    assert not lives(pid)
    assert "closing" in log_of(spec)
    assert "[ERROR] service.shutdown: " in log_of(spec)
