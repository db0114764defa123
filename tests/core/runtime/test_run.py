"""One run: its states, its restarts, and who wins when several things happen at once."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import gevent
import pytest
from gevent.event import Event
from supervised import Played, PlayedForge, log_of, spec_for, until

from m3m_core.errors import Conflict, Invalid
from m3m_core.runtime import run as run_module
from m3m_core.runtime.exits import EXIT_STUCK, UNKNOWN
from m3m_core.runtime.restarts import WINDOW, Restarts
from m3m_core.runtime.run import Run
from m3m_core.settings import Data, Runtime, Seconds, Settings

DELAYS = (0.01, 0.02, 0.03)
BROKEN = {"message": "TypeError: no", "file": "main.js", "line": 3, "column": 7, "stack": ""}


class Play:
    """A run whose processes the test plays."""

    def __init__(self, folder: Path, instances: int = 1) -> None:
        self.spec = spec_for(folder, instances=instances)
        self.forge = PlayedForge()
        self.statuses: list[str] = []
        settings = Settings(data=Data(folder / "data"), runtime=Runtime(shutdown_timeout=Seconds(0.2)))
        self.run = Run(self.spec, settings, self.forge, lambda run: self.statuses.append(run.status), DELAYS)  # type: ignore[arg-type]
        self.forge.on_exit = self.run.exited

    @property
    def last(self) -> Played:
        return self.forge.processes[-1]

    def starting(self) -> gevent.Greenlet:
        """Start it beside the test; the result is the error, or None."""

        def start() -> Exception | None:
            try:
                self.run.boot()
                self.run.start()
            except Exception as error:
                return error
            return None

        return gevent.spawn(start)

    def started(self) -> Play:
        starting = self.starting()
        until(lambda: len(self.forge.processes) == self.spec.instances)
        for process in self.forge.processes:
            process.say("booted")
        until(lambda: all(told(process, "go") for process in self.forge.processes))
        for process in self.forge.processes:
            process.say("started")
        assert starting.get() is None
        return self

    def comes_back(self) -> None:
        """Play the restart of the newest process."""
        self.last.say("booted")
        until(lambda: told(self.last, "go"))
        self.last.say("started")


def told(process: Played, operation: str) -> bool:
    return any(message.get("op") == operation for message in process.heard)


@pytest.fixture
def play(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Play]]:
    plays: list[Play] = []

    def make(instances: int = 1) -> Play:
        made = Play(tmp_path, instances)
        plays.append(made)
        monkeypatch.setattr(os, "kill", made.forge.killing)
        return made

    yield make
    for made in plays:
        made.run.stop()


# ---- start and stop ----


def test_a_start_and_a_stop(play: Callable[..., Play]) -> None:
    made = play(instances=2).started()
    assert made.statuses == ["starting", "running"]
    made.run.stop()
    assert made.statuses == ["starting", "running", "stopping", "stopped"]
    assert all(told(process, "stop") for process in made.forge.processes)
    assert made.run.describe()["instances"] == []
    assert "starting branch develop" in log_of(made.spec)
    assert log_of(made.spec).endswith("[INFO] stopped\n")


def test_the_error_of_the_code_is_the_answer_and_nothing_is_left(play: Callable[..., Play]) -> None:
    made = play(instances=2)
    starting = made.starting()
    until(lambda: len(made.forge.processes) == 2)
    made.forge.processes[0].say("booted")
    made.last.say("failed", error=BROKEN, final=True)
    made.last.exit(65 << 8)
    error = starting.get()
    assert isinstance(error, Invalid)
    assert (error.code, error.details) == ("start_failed", BROKEN)
    assert all(process.gone for process in made.forge.processes)
    assert made.statuses == ["starting", "stopped"]


def test_a_process_that_dies_while_it_starts_fails_the_start(play: Callable[..., Play]) -> None:
    made = play()
    starting = made.starting()
    until(lambda: made.forge.processes)
    made.last.exit(signal.SIGKILL)
    error = starting.get()
    assert isinstance(error, Invalid)
    assert error.message == "The service did not start: the process was killed by SIGKILL"


@pytest.mark.parametrize("moment", ["forking", "booting", "booted", "starting", "started"])
def test_a_stop_wins_over_a_start(play: Callable[..., Play], moment: str) -> None:
    """Whenever it comes, the start fails, the run is stopped, and no process is left."""
    made = play()
    if moment == "forking":
        made.forge.gate = Event()
    starting = made.starting()
    gevent.sleep(0)
    if moment != "forking":
        until(lambda: made.forge.processes)
    if moment in ("booted", "starting", "started"):
        made.last.say("booted")
    if moment in ("starting", "started"):
        until(lambda: told(made.last, "go"))
    if moment == "started":
        made.last.send(b'{"event":"started"}\n')  # heard in the same moment as the stop
    made.run.stop()
    assert made.run.status == "stopped"
    if made.forge.gate is not None:
        made.forge.gate.set()
    error = starting.get()
    assert isinstance(error, Conflict)
    assert error.code == "start_stopped"
    until(lambda: all(process.gone for process in made.forge.processes))
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


# ---- crashes ----


def test_a_crash_is_restarted_counted_and_explained(play: Callable[..., Play]) -> None:
    made = play().started()
    made.last.say("dying", message="GET /loop: stopped after 1.0 s, the limit is 1 s")
    made.last.exit(EXIT_STUCK << 8)
    assert made.run.status == "running"
    until(lambda: len(made.forge.processes) == 2)
    made.comes_back()
    told = made.run.describe()
    assert (told["restarts"], told["last_error"]["message"]) == (1, "GET /loop: stopped after 1.0 s, the limit is 1 s")
    until(lambda: "instance 0 is back" in log_of(made.spec))
    assert made.statuses == ["starting", "running"]


def test_after_too_many_crashes_it_stays_down(play: Callable[..., Play]) -> None:
    made = play(instances=2).started()
    for restarts in range(len(DELAYS) + 1):
        until(lambda count=2 + restarts: len(made.forge.processes) == count)  # type: ignore[misc]
        made.forge.processes[0 if restarts == 0 else -1].exit(signal.SIGSEGV)
    until(lambda: made.run.status == "crashed")
    assert all(process.gone for process in made.forge.processes)
    assert made.statuses[-2:] == ["stopping", "crashed"]
    assert made.run.describe()["last_error"]["message"] == "the process was killed by SIGSEGV"
    assert f"not restarted: it crashed more than {len(DELAYS)} times within an hour" in log_of(made.spec)


def test_each_instance_has_its_own_count(play: Callable[..., Play]) -> None:
    made = play(instances=8).started()
    for process in list(made.forge.processes):
        process.exit(signal.SIGSEGV)
    until(lambda: len(made.forge.processes) == 16)
    assert made.run.status == "running"
    made.run.stop()


def test_an_error_of_the_code_at_a_restart_is_final(play: Callable[..., Play]) -> None:
    made = play().started()
    made.last.exit(signal.SIGSEGV)
    until(lambda: len(made.forge.processes) == 2)
    made.last.say("failed", error=BROKEN, final=True)
    made.last.exit(65 << 8)
    until(lambda: made.run.status == "crashed")
    assert len(made.forge.processes) == 2
    assert made.run.describe()["last_error"]["line"] == 3
    assert "not restarted: the code itself fails to start" in log_of(made.spec)


def test_a_restart_that_ran_into_a_limit_is_tried_again(play: Callable[..., Play]) -> None:
    made = play().started()
    made.last.exit(signal.SIGSEGV)
    until(lambda: len(made.forge.processes) == 2)
    made.last.say("failed", error=BROKEN | {"line": 0}, final=False)
    made.last.exit(65 << 8)
    until(lambda: len(made.forge.processes) == 3)
    made.comes_back()
    assert made.run.describe()["restarts"] == 2


def test_runners_that_died_with_their_zygote_come_back_at_once_and_uncounted(play: Callable[..., Play]) -> None:
    made = play().started()
    for restarts in range(1, len(DELAYS) + 3):
        made.last.exit(UNKNOWN)
        until(lambda count=restarts: len(made.forge.processes) == count + 1)  # type: ignore[misc]
        made.comes_back()
    assert made.run.status == "running"
    made.last.exit(signal.SIGSEGV)
    until(lambda: f"restarted in {DELAYS[0]:g} s" in log_of(made.spec))


def test_an_instance_that_dies_while_another_still_starts_comes_back(play: Callable[..., Play]) -> None:
    made = play(instances=2)
    starting = made.starting()
    until(lambda: len(made.forge.processes) == 2)
    first, second = made.forge.processes
    for process in (first, second):
        process.say("booted")
    until(lambda: told(second, "go"))
    first.say("started")
    first.exit(signal.SIGKILL)
    second.say("started")
    assert starting.get() is None
    until(lambda: len(made.forge.processes) == 3)
    assert made.run.status == "running"


@pytest.mark.parametrize("moment", ["waiting", "forking", "booting", "starting"])
def test_a_stop_wins_over_a_pending_restart(play: Callable[..., Play], moment: str) -> None:
    made = play().started()
    if moment == "forking":
        made.forge.gate = Event()
    made.last.exit(signal.SIGSEGV)
    if moment == "forking":
        until(lambda: made.run.restarts)
    elif moment != "waiting":
        until(lambda: len(made.forge.processes) == 2)
    if moment == "starting":
        made.last.say("booted")
    made.run.stop()
    assert made.run.status == "stopped"
    if made.forge.gate is not None:
        made.forge.gate.set()
    gevent.sleep(3 * DELAYS[0])
    assert made.run.status == "stopped"
    assert all(process.gone for process in made.forge.processes)
    assert made.statuses[-1] == "stopped"


def test_a_restart_waits_for_a_process_to_be_had(play: Callable[..., Play], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run_module, "NO_PROCESS_DELAY", 0.01)
    made = play().started()
    made.forge.missing = 2
    made.last.exit(signal.SIGSEGV)
    until(lambda: len(made.forge.processes) == 2)
    made.comes_back()
    assert log_of(made.spec).count("No process could be made for the service.") == 2


def test_delays_grow_and_an_hour_is_forgotten() -> None:
    now = 1000.0
    restarts = Restarts(clock=lambda: now)
    assert [restarts.next_delay(0) for _ in range(6)] == [1, 2, 4, 8, 16, None]
    assert restarts.next_delay(1) == 1
    now += WINDOW + 1
    assert restarts.next_delay(0) == 1


def test_what_a_process_cannot_finish_saying_is_its_end(play: Callable[..., Play]) -> None:
    made = play().started()
    made.last.send(b'{"event":"sam\n')
    until(lambda: len(made.forge.processes) == 2)


def test_figures_come_from_whom_can_give_them(play: Callable[..., Play]) -> None:
    made = play(instances=2).started()
    first, second = made.forge.processes
    shown: Any = None

    def ask() -> None:
        nonlocal shown
        shown = made.run.describe()

    asking = gevent.spawn(ask)
    until(lambda: told(first, "sample"))
    first.say("sample", sample={"requests": 3, "errors": 1, "reports": {"routes": [{"path": "/"}]}})
    asking.get()
    assert (shown["requests"], shown["errors"], shown["routes"]) == (3, 1, [{"path": "/"}])
    gevent.joinall([gevent.spawn(ask) for _ in range(3)])
    assert len([message for message in second.heard if message.get("op") == "sample"]) == 1


def test_a_process_that_gives_no_sign_of_life_is_ended(
    play: Callable[..., Play], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run_module, "SILENCE_GRACE", -29.9)  # a tenth of a second in all
    made = play(instances=2).started()
    first, second = made.forge.processes
    for _ in range(20):
        made.run.care()
        if told(first, "ping"):
            first.say("pong")
        gevent.sleep(0.01)
    assert (first.gone, second.gone) == (False, True)
    assert len([message for message in second.heard if message.get("op") == "ping"]) == 1
    assert "instance 1: the process stood still for 0.1 s" in log_of(made.spec)
