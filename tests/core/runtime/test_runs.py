"""All runs together: starts, stops, and what happens to runners."""

from __future__ import annotations

import os
import signal
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path

import gevent
import psutil
import pytest
from supervised import Bench, attempt, bench, kill, lives, log_of, open_files, until

from m3m_core import Conflict, Invalid, new_id, paths
from m3m_core.runtime import care as care_module
from m3m_core.runtime import runs as runs_module

HELLO = "router.get('/', () => 'hello')"
SLOW = "service.start(async () => { await utils.sleepAsync(300) }); " + HELLO


# ---- in this process: start, stop, and both at once ----


def test_a_second_start_is_refused_while_the_first_goes_on(shared: Bench) -> None:
    spec = shared.spec(SLOW)
    first = gevent.spawn(shared.runs.start, spec)
    gevent.sleep(0)
    with pytest.raises(Conflict) as refused:
        shared.runs.start(spec)
    assert refused.value.code == "already_starting"
    assert first.get()["status"] == "running"
    with pytest.raises(Conflict) as refused:
        shared.runs.start(spec)
    assert refused.value.code == "already_running"
    assert len(shared.pids(spec)) == 1
    stopping = gevent.spawn(shared.runs.stop, spec.project_id)
    until(lambda: shared.runs.status(spec.project_id)["status"] == "stopping")
    with pytest.raises(Conflict) as refused:
        shared.runs.start(spec)
    assert refused.value.code == "already_stopping"
    assert stopping.get()["status"] == "stopped"
    assert shared.statuses(spec) == ["starting", "running", "stopping", "stopped"]


def test_a_stop_answers_when_the_start_is_really_over(shared: Bench) -> None:
    spec = shared.spec(SLOW)
    starting = gevent.spawn(shared.runs.start, spec)
    until(lambda: shared.pids(spec))
    (pid,) = shared.pids(spec)
    assert shared.runs.stop(spec.project_id)["status"] == "stopped"
    assert not lives(pid)
    with pytest.raises(Conflict):
        starting.get()
    shared.runs.start(spec)
    assert shared.get(spec) == (200, "hello")
    shared.runs.stop(spec.project_id)


def test_no_job_begins_while_the_service_shuts_down(shared: Bench) -> None:
    spec = shared.start("""
      schedule.every("100ms", () => { logger.info("tick") })
      service.shutdown(async () => {
        logger.info("closing")
        schedule.delay(1, () => { logger.info("late") })
        await utils.sleepAsync(300)
        logger.info(`closed, ${schedule.list().length} jobs`)
      })
    """)
    until(lambda: "tick" in log_of(spec))
    shared.runs.stop(spec.project_id)
    texts = [line.rpartition("] ")[2] for line in log_of(spec).splitlines()]
    assert texts[texts.index("closing") :] == ["closing", "closed, 2 jobs", "stopped"]


SLOW_END = "service.shutdown(async () => { await utils.sleepAsync(300) }); " + HELLO


def test_a_stop_ends_a_restart_that_is_under_way(shared: Bench) -> None:
    spec = shared.start(SLOW_END)
    restarting = gevent.spawn(attempt, partial(shared.runs.restart, replace(spec, run_id=new_id())))
    until(lambda: shared.runs.status(spec.project_id)["status"] == "stopping")
    assert shared.runs.stop(spec.project_id)["status"] == "stopped"
    assert restarting.get() == "start_stopped"
    assert shared.runs.status(spec.project_id)["status"] == "stopped"


def test_a_restart_that_comes_after_a_stop_starts(shared: Bench) -> None:
    spec = shared.start(SLOW_END)
    stopping = gevent.spawn(shared.runs.stop, spec.project_id)
    until(lambda: shared.runs.status(spec.project_id)["status"] == "stopping")
    assert shared.runs.restart(replace(spec, run_id=new_id()))["status"] == "running"
    stopping.get()
    assert len(shared.pids(spec)) == 1
    shared.runs.stop(spec.project_id)


def test_restarts_at_once_are_one(shared: Bench) -> None:
    spec = shared.start(SLOW_END)
    running = [gevent.spawn(attempt, partial(shared.runs.restart, replace(spec, run_id=new_id()))) for _ in range(3)]
    gevent.joinall(running)
    assert [greenlet.value for greenlet in running].count("already_starting") == 2
    assert len(shared.pids(spec)) == 1
    shared.runs.stop(spec.project_id)


def test_the_place_of_an_error_is_told(shared: Bench) -> None:
    spec = shared.spec("const a = 1\n\nservice.start(() => { nothing.here() })", instances=2)
    with pytest.raises(Invalid) as refused:
        shared.runs.start(spec)
    error = refused.value
    assert (error.code, error.details["file"], error.details["line"]) == ("start_failed", "main.js", 3)
    assert "nothing is not defined" in error.message
    assert shared.runs.status(spec.project_id)["instances"] == []
    assert shared.runs.status(spec.project_id)["last_error"]["line"] == 3


def test_many_start_and_one_that_fails_holds_up_nobody(shared: Bench) -> None:
    running = shared.start(HELLO)
    good = [shared.spec(HELLO) for _ in range(10)]
    broken, endless = shared.spec("throw new Error('broken')"), shared.spec("while (true) {}")
    errors = shared.runs.start_many([good[0], broken, running, endless, *good[1:]])
    assert set(errors) == {broken.project_id, running.project_id, endless.project_id}
    assert "broken" in errors[broken.project_id]
    assert "top level of main.js: stopped after" in errors[endless.project_id]
    assert [shared.get(spec) for spec in (*good, running)] == [(200, "hello")] * 11
    for spec in (*good, running):
        shared.runs.stop(spec.project_id)


def test_sixteen_instances(shared: Bench) -> None:
    spec = shared.start("router.get('/', () => service.info().instance)", instances=16)
    assert len(set(shared.pids(spec))) == 16
    assert [shared.get(spec, instance=number)[1] for number in range(16)] == [str(number) for number in range(16)]
    pids = shared.pids(spec)
    shared.runs.stop(spec.project_id)
    assert [pid for pid in pids if lives(pid)] == []


def test_what_is_unknown_is_stopped(shared: Bench) -> None:
    assert shared.runs.stop("unknown")["status"] == "stopped"
    assert shared.runs.status("unknown")["instances"] == []


def test_a_service_is_coming_while_it_starts_or_is_restarted(shared: Bench) -> None:
    spec = shared.spec(SLOW)
    starting = gevent.spawn(shared.runs.start, spec)
    until(lambda: spec.slug in shared.runs.coming())
    starting.get()
    kill(shared.pids(spec)[0])
    until(lambda: shared.runs.status(spec.project_id)["instances"][0]["state"] == "dead")
    assert spec.slug in shared.runs.coming()
    shared.runs.stop(spec.project_id)
    assert spec.slug not in shared.runs.coming()


# ---- in this process: what happens to runners ----


def test_a_killed_runner_comes_back(shared: Bench) -> None:
    spec = shared.start(HELLO)
    (pid,) = shared.pids(spec)
    kill(pid)
    until(lambda: shared.runs.status(spec.project_id)["restarts"] == 1)
    until(lambda: shared.runs.status(spec.project_id)["instances"][0]["state"] == "running")
    assert shared.get(spec) == (200, "hello")
    assert shared.runs.status(spec.project_id)["last_error"]["message"] == "the process was killed by SIGKILL"
    shared.runs.stop(spec.project_id)


def test_a_runner_that_is_told_from_outside_to_end_does_it_gently(shared: Bench) -> None:
    spec = shared.start(
        "service.shutdown(() => logger.info('closing')); "
        "router.get('/', async () => { await utils.sleepAsync(300); return 'done' })"
    )
    with shared.connect(spec) as client:
        client.ask("/")
        gevent.sleep(0.1)
        kill(shared.pids(spec)[0], signal.SIGTERM)
        assert client.answer() == (200, "done")
    until(lambda: shared.runs.status(spec.project_id)["restarts"] == 1)
    assert "[WARN] the process was told from outside to end (SIGTERM)" in log_of(spec)
    assert "closing" in log_of(spec)
    assert "the process was ended from outside with SIGTERM" in log_of(spec)
    shared.runs.stop(spec.project_id)


def test_host_memory_that_grows_is_ended_by_the_process_limit(shared: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """Names of jobs are kept outside of the JavaScript heap."""
    monkeypatch.setattr(runs_module, "CARE_EVERY", 0.05)
    monkeypatch.setattr(care_module, "process_limit", lambda runtime: 96 * 1024 * 1024)
    spec = shared.start(
        "let n = 0; router.get('/', () => { schedule.every('1h', () => {}, {name: `${n++}`.padEnd(1e6)}) })"
    )
    with suppress(OSError):  # it is ended while it is asked
        for _ in range(500):
            shared.get(spec)
    until(lambda: shared.runs.status(spec.project_id)["last_error"])
    assert "out of memory: the process may use 96 MB" in log_of(spec)
    shared.runs.stop(spec.project_id)


def test_cycles_leave_nothing_behind(shared: Bench) -> None:
    """Fewer is right too: what other tests left in this process may be closed meanwhile."""

    def held() -> tuple[int, int, int]:
        zygote = shared.zygote()
        children = len(psutil.Process().children(recursive=True))
        return open_files(os.getpid()), open_files(zygote), children

    spec = shared.start(HELLO)
    shared.runs.stop(spec.project_id)
    before = held()
    for _ in range(50):
        shared.runs.start(spec)
        shared.runs.stop(spec.project_id)
    assert all(after <= found for after, found in zip(held(), before, strict=True))
    assert list((paths.runners(shared.settings) / spec.slug).iterdir()) == []


def test_a_close_stops_all_and_tells_nobody(tmp_path: Path) -> None:
    """What ran shall run again at the next start of the server."""
    with bench(tmp_path) as own:
        specs = [own.start("service.shutdown(() => logger.info('closing'))") for _ in range(3)]
        pids = [pid for spec in specs for pid in own.pids(spec)]
        starting = gevent.spawn(own.runs.start, own.spec("service.start(() => new Promise(() => {}))"))
        gevent.sleep(0.05)
        own.runs.close()
        with pytest.raises(Conflict):
            starting.get()
    assert [pid for pid in pids if lives(pid)] == []
    assert all("closing" in log_of(spec) for spec in specs)
    assert {own.statuses(spec)[-1] for spec in specs} == {"running"}
