"""The figures of real runs: counted once, kept across runs, gone with the project."""

from __future__ import annotations

import signal
from pathlib import Path
from typing import Any

import gevent
import pytest
from supervised import Bench, bench, kill, log_of, until

from m3m_core import REPORT_LIMIT, Invalid
from m3m_core.runtime import monitor as monitor_module
from m3m_core.runtime.histogram import bucket_of, lower
from m3m_core.runtime.reports import Reports

CODE = """
router.get('/', () => 'hello')
router.get('/users/:id', (ctx) => ctx.params.id)
router.get('/throw', () => { throw new Error('no') })
router.get('/five', () => { throw router.error(503, 'later') })
router.get('/later', () => { setTimeout(() => { throw new Error('in a timer') }, 1) })
router.get('/delayed', () => { delayed.run(() => { throw new Error('delayed') }) })
router.get('/loop', () => { while (true) {} })
router.get('/wait', () => utils.sleep(100))
"""


def current(shown: dict[str, Any]) -> dict[str, Any]:
    slot: dict[str, Any] = shown["slots"][-1]
    return slot


def test_what_is_counted(shared: Bench) -> None:
    spec = shared.start(CODE)
    for path in ("/", "/users/1", "/users/2", "/throw", "/five", "/none", "/later", "/delayed", "/wait"):
        shared.get(spec, path)
    until(lambda: "delayed" in log_of(spec) and "in a timer" in log_of(spec))
    shown = shared.runs.monitor(spec.project_id, 3)
    assert len(shown["slots"]) == 4
    slot = current(shown)
    assert (slot["requests"], slot["errors"], slot["jobs"], slot["restarts"]) == (9, 4, 1, 0)
    assert (shown["requests"], shown["errors"]) == (9, 4)
    rows = {row["route"]: row for row in shown["by_route"]}
    assert rows["GET /users/:id"]["hits"] == 2
    assert [rows[name]["errors"] for name in ("GET /throw", "GET /five", "(no route)", "GET /")] == [1, 1, 0, 0]
    assert 100 <= rows["GET /wait"]["p50_ms"] < 1000
    assert shown["instances"][0]["heap_bytes"] > 50_000
    assert shown["host"]["memory_total_bytes"] > shown["host"]["memory_bytes"] > 0
    shared.runs.stop(spec.project_id)


def test_a_stream_that_fails_is_one_error(shared: Bench) -> None:
    spec = shared.start("router.get('/', () => router.stream(async () => { throw new Error('cut') }))")
    with shared.connect(spec) as client:
        client.ask("/")
        until(lambda: "cut" in log_of(spec))
    shown = until(lambda: (status := shared.runs.status(spec.project_id))["last_error"] and status)
    assert (shown["requests"], shown["errors"]) == (1, 1)
    assert shown["last_error"]["where"].startswith("GET /, request ")
    shared.runs.stop(spec.project_id)


def test_the_history_goes_on_with_the_next_run_and_ends_with_the_project(shared: Bench) -> None:
    spec = shared.start(CODE)
    shared.get(spec)
    shared.runs.stop(spec.project_id)
    shared.runs.start(spec)
    shared.get(spec)
    shown = shared.runs.monitor(spec.project_id, 0)
    assert (current(shown)["requests"], shown["requests"]) == (2, 1)
    shared.runs.forget(spec.project_id)
    shared.runs.forget(spec.project_id)
    gone = shared.runs.monitor(spec.project_id, 0)
    assert (gone["status"], current(gone)["requests"], gone["by_route"]) == ("stopped", 0, [])
    assert spec.slug not in [project["slug"] for project in shared.runs.figures()["projects"]]


def test_what_is_used_is_told_of_many_at_once_without_asking_them(shared: Bench) -> None:
    one, two, over = (shared.start(CODE) for _ in range(3))
    shared.runs.stop(over.project_id)
    asked = [one.project_id, two.project_id, over.project_id, "0" * 24]
    used = shared.runs.usage(asked)
    assert set(used) == {one.project_id, two.project_id}
    assert all(each["memory_bytes"] > 1_000_000 and each["cpu_percent"] >= 0 for each in used.values())
    assert set(shared.runs.usage([two.project_id])) == {two.project_id}
    for spec in (one, two):
        shared.runs.stop(spec.project_id)


def test_requests_that_were_cut_off_are_errors(shared: Bench) -> None:
    spec = shared.start(CODE)
    shared.get(spec)
    assert shared.get(spec, "/loop")[0] == 504
    until(lambda: shared.runs.status(spec.project_id)["restarts"])
    shown = shared.runs.monitor(spec.project_id, 0)
    assert (shown["requests"], shown["errors"], current(shown)["restarts"]) == (2, 1, 1)
    shared.runs.stop(spec.project_id)


CUT_OFF = """
router.get('/loop/:id', () => { while (true) {} })
router.get('/never', () => new Promise(() => {}))
router.get('/after', async () => { await utils.sleepAsync(1); while (true) {} })
globalThis.kept = []
router.get('/keep', () => { for (;;) kept.push([1, 2, 3]) })
"""


@pytest.mark.parametrize(
    ("path", "status", "route", "dies"),
    [
        ("/loop/1", 504, "GET /loop/:id", True),
        ("/never", 504, "GET /never", False),
        ("/after", 504, "GET /after", True),
        ("/keep", 500, "GET /keep", True),
    ],
)
def test_a_request_without_an_answer_is_an_error_of_its_route(
    shared: Bench, path: str, status: int, route: str, dies: bool
) -> None:
    spec = shared.start(CUT_OFF)
    assert shared.get(spec, path)[0] == status
    if dies:
        until(lambda: shared.runs.status(spec.project_id)["restarts"])
    shown = shared.runs.monitor(spec.project_id, 0)
    assert [(row["route"], row["hits"], row["errors"]) for row in shown["by_route"]] == [(route, 1, 1)]
    assert (shown["requests"], shown["errors"]) == (1, 1)
    shared.runs.stop(spec.project_id)


@pytest.mark.parametrize("hook", ["boot", "start"])
def test_a_hook_that_fails_is_an_error(shared: Bench, hook: str) -> None:
    spec = shared.spec(f"service.{hook}(() => {{ throw new Error('no') }})")
    with pytest.raises(Invalid):
        shared.runs.start(spec)
    assert current(shared.runs.monitor(spec.project_id, 0))["errors"] == 1


@pytest.mark.parametrize(
    ("code", "errors"),
    [
        ("Promise.reject(new Error('no'))", 1),
        ("for (let i = 0; i < 250; i++) Promise.reject(i)", 250),
        ("queueMicrotask(() => { throw new Error('no') })", 1),
        (
            "for (let i = 0; i < 2; i++) service.shutdown(async () => { throw new Error('no') })",
            2,
        ),
    ],
)
def test_what_fails_beside_requests_is_an_error(shared: Bench, code: str, errors: int) -> None:
    spec = shared.start(code)
    shared.runs.stop(spec.project_id)
    assert current(shared.runs.monitor(spec.project_id, 0))["errors"] == errors


def test_a_job_may_be_called_like_a_request(shared: Bench) -> None:
    spec = shared.start("schedule.delay(1, () => { throw new Error('no') }, { name: 'x, request y' })")
    until(lambda: "x, request y: Error: no" in log_of(spec))
    assert shared.runs.monitor(spec.project_id, 0)["errors"] == 1
    shared.runs.stop(spec.project_id)


def test_of_too_many_routes_the_first_are_shown(shared: Bench) -> None:
    jobs = "schedule.delay(1e8, () => {}, { name: 'one' })"
    routes = "for (let i = 0; i < 1200; i++) router.get('/' + i + 'x'.repeat(990), () => 1)"
    spec = shared.start(f"router.get('/', () => 1); {jobs}; {routes}")
    shared.get(spec)
    shown = shared.runs.monitor(spec.project_id, 0)
    assert (shown["routes_total"], [job["name"] for job in shown["jobs"]]) == (1201, ["one"])
    assert 1000 < len(shown["routes"]) < 1100
    assert shown["routes"][:2] == [{"method": "GET", "path": "/"}, {"method": "GET", "path": f"/0{'x' * 990}"}]
    assert [row["route"] for row in shown["by_route"]] == ["GET /"]
    shared.runs.stop(spec.project_id)


def test_a_report_that_is_too_large_takes_no_other_with_it(caplog: pytest.LogCaptureFixture) -> None:
    reports = Reports()
    reports.add("large", lambda: "x" * REPORT_LIMIT)
    reports.add("small", lambda: [1])
    assert [reports.collect() for _ in range(2)] == [{"small": [1]}] * 2
    assert [record.getMessage() for record in caplog.records] == [
        f"the report of large is larger than {REPORT_LIMIT} bytes and not shown"
    ]


def test_of_too_many_jobs_the_first_are_shown(shared: Bench) -> None:
    spec = shared.start("for (let i = 0; i < 110; i++) schedule.delay(1e8, () => {}, { name: i + 'x'.repeat(10000) })")
    shown = shared.runs.status(spec.project_id)
    assert shown["jobs_total"] == 110
    assert 90 < len(shown["jobs"]) < 110
    assert [job["id"] for job in shown["jobs"]] == [f"job-{number + 1}" for number in range(len(shown["jobs"]))]
    shared.runs.stop(spec.project_id)


def test_what_a_job_that_never_returns_does_is_an_error(shared: Bench) -> None:
    spec = shared.start("router.get('/', () => { delayed.run(() => { while (true) {} }) })")
    assert shared.get(spec)[0] == 204
    until(lambda: shared.runs.status(spec.project_id)["restarts"])
    assert shared.runs.monitor(spec.project_id, 0)["errors"] == 1
    shared.runs.stop(spec.project_id)


def test_what_is_used_is_measured_now_and_then(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(monitor_module, "MEASURE_EVERY", 0.05)
    with bench(tmp_path) as own:
        spec = own.start("router.get('/', () => { const end = Date.now() + 300; while (Date.now() < end) {} })")
        own.get(spec)
        slot = until(
            lambda: next((s for s in [current(own.runs.monitor(spec.project_id, 0))] if s["cpu_percent"]), None)
        )
        assert slot["memory_bytes"] > slot["heap_bytes"] > 50_000
        assert until(lambda: current(own.runs.monitor(spec.project_id, 0))["lag_ms"] > 50)
        (figures,) = own.runs.figures()["projects"]
        assert (figures["slug"], figures["status"], figures["requests"]) == (spec.slug, "running", 1)
        assert figures["cpu_seconds"] > 0.02
        counts = [count for _, count in figures["latencies"]]
        assert counts == sorted(counts)
        assert (counts[0], counts[-1]) == (0, 1)


def test_what_was_counted_outlives_a_process_that_is_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(monitor_module, "MEASURE_EVERY", 1000)
    with bench(tmp_path) as own:
        spec = own.start(CODE)
        (pid,) = own.pids(spec)  # a question, so it comes before what is counted
        for path in ("/", "/throw", "/later"):
            own.get(spec, path)
        until(lambda: [each["requests"] for each in own.runs.figures()["projects"]] == [3], 5)
        kill(pid)
        until(lambda: own.runs.status(spec.project_id)["restarts"])
        shown = own.runs.monitor(spec.project_id, 0)
        assert (shown["requests"], shown["errors"]) == (3, 2)


def test_bounds_are_where_buckets_begin() -> None:
    assert all(lower(bucket_of(bound)) == bound for bound in monitor_module.BOUNDS)


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSEGV])
def test_the_last_line_before_a_crash_is_there(shared: Bench, number: signal.Signals) -> None:
    spec = shared.start("router.get('/', () => { while (true) logger.info(Date.now()) })")
    (pid,) = shared.pids(spec)
    asking = gevent.spawn(shared.get, spec)
    until(lambda: log_of(spec).count("\n") > 500)
    kill(pid, number)
    asking.get()
    until(lambda: "the process was killed" in log_of(spec))
    lines = log_of(spec).splitlines()
    end = next(index for index, text in enumerate(lines) if "the process was killed" in text)
    written, killed = (text[1:25] for text in (lines[end - 1], lines[end]))
    assert lines[end - 1].partition("] ")[2].startswith("[INFO] ")
    assert written[:22] <= killed[:22]
    shared.runs.stop(spec.project_id)
