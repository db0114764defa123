"""One run from its start to its end, and who wins when several things happen at once."""

from __future__ import annotations

import signal
from collections.abc import Callable
from typing import Any

import gevent
import pytest
from gevent.event import Event
from played import BROKEN, NO_GAINS, Play, Played, told
from supervised import log_of, until

from m3m_core.errors import Conflict, Invalid, Unavailable
from m3m_core.runtime import run as run_module
from m3m_core.runtime.exits import UNKNOWN
from m3m_core.runtime.figures import describe

# ---- start and stop ----


def test_a_start_and_a_stop(play: Callable[..., Play]) -> None:
    made = play(instances=2).started()
    assert made.statuses == ["starting", "running"]
    made.run.stop()
    assert made.statuses == ["starting", "running", "stopping", "stopped"]
    assert all(told(process, "stop") for process in made.spawner.processes)
    assert describe(made.run)["instances"] == []
    assert "starting branch develop" in log_of(made.spec)
    assert log_of(made.spec).endswith("[INFO] stopped\n")


def test_the_error_of_the_code_is_the_answer_and_nothing_is_left(play: Callable[..., Play]) -> None:
    made = play(instances=2)
    starting = made.starting()
    until(lambda: len(made.spawner.processes) == 2)
    made.spawner.processes[0].say("booted")
    made.last.say("failed", error=BROKEN, final=True, gains=NO_GAINS)
    made.last.exit(65 << 8)
    error = starting.get()
    assert isinstance(error, Invalid)
    assert (error.code, error.details) == ("start_failed", BROKEN)
    assert all(process.gone for process in made.spawner.processes)
    assert made.statuses == ["starting", "stopped"]


def test_a_process_that_dies_while_it_starts_fails_the_start(play: Callable[..., Play]) -> None:
    made = play()
    starting = made.starting()
    until(lambda: made.spawner.processes)
    made.last.exit(signal.SIGKILL)
    error = starting.get()
    assert isinstance(error, Invalid)
    assert error.message == "The service did not start: the process was killed by SIGKILL"


@pytest.mark.parametrize("moment", ["forking", "booting", "booted", "starting", "started"])
def test_a_stop_wins_over_a_start(play: Callable[..., Play], moment: str) -> None:
    """Whenever it comes, the start fails, the run is stopped, and no process is left."""
    made = play()
    if moment == "forking":
        made.spawner.gate = Event()
    starting = made.starting()
    gevent.sleep(0)
    if moment != "forking":
        until(lambda: made.spawner.processes)
    if moment in ("booted", "starting", "started"):
        made.last.say("booted")
    if moment in ("starting", "started"):
        until(lambda: told(made.last, "go"))
    if moment == "started":
        made.last.send(b'{"event":"started"}\n')  # heard in the same moment as the stop
    stopping = gevent.spawn(made.run.stop)
    if made.spawner.gate is not None:
        gevent.sleep(0.01)
        assert not made.run.over  # another run may take its socket then
        made.spawner.gate.set()
    stopping.get()
    assert made.run.status == "stopped"
    assert all(process.gone for process in made.spawner.processes)
    error = starting.get()
    assert isinstance(error, Conflict)
    assert error.code == "start_stopped"
    assert made.statuses == ["starting", "stopped"]


def test_two_stops_run_the_shutdown_once(play: Callable[..., Play]) -> None:
    made = play().started()
    gevent.joinall([gevent.spawn(made.run.stop), gevent.spawn(made.run.stop)], raise_error=True)
    assert [message for message in made.last.heard if message.get("op") == "stop"] == [{"op": "stop"}]
    assert made.statuses[-2:] == ["stopping", "stopped"]


def test_who_does_not_stop_is_killed_and_the_log_says_so(
    play: Callable[..., Play], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run_module, "STOP_GRACE", 0.0)
    made = play().started()
    made.last.exit = lambda status: None if status == 0 else Played.exit(made.last, status)  # type: ignore[method-assign]
    made.run.stop()
    assert made.run.status == "stopped"
    assert "instance 0 did not end within 0.2 s and was killed" in log_of(made.spec)


def test_a_start_whose_zygote_was_lost_can_be_tried_again(play: Callable[..., Play]) -> None:
    made = play(instances=2)
    starting = made.starting()
    until(lambda: len(made.spawner.processes) == 2)
    made.last.exit(UNKNOWN)
    made.spawner.processes[0].exit(UNKNOWN)
    assert isinstance(starting.get(), Unavailable)
    assert made.statuses == ["starting", "stopped"]


def test_figures_come_from_whom_can_give_them(play: Callable[..., Play]) -> None:
    made = play(instances=2).started()
    first, second = made.spawner.processes
    shown: Any = None

    def ask() -> None:
        nonlocal shown
        shown = describe(made.run)

    asking = gevent.spawn(ask)
    until(lambda: told(first, "sample"))
    gains = {"routes": [("GET /", 1, [(10, 2), (20, 1)])], "calls": 5, "failures": 1, "seconds": 0.1}
    reports = {"routes": [{"method": "GET", "path": "/"}]}
    sample = {"lag_ms": 1.5, "heap_bytes": 1000, "gains": gains, "reports": reports, "failure": None}
    first.say("sample", sample=sample)
    asking.get()
    assert (shown["requests"], shown["errors"], shown["routes"]) == (3, 2, reports["routes"])
    assert [(each["heap_bytes"], each["lag_ms"]) for each in shown["instances"]] == [(1000, 1.5), (0, 0.0)]
    gevent.joinall([gevent.spawn(ask) for _ in range(3)])
    assert len([message for message in second.heard if message.get("op") == "sample"]) == 1
