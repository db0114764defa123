"""Runners that die, and what becomes of their run."""

from __future__ import annotations

import signal
from collections.abc import Callable

import gevent
import pytest
from gevent.event import Event
from played import BROKEN, DELAYS, NO_GAINS, Play, Played, told
from supervised import log_of, until

from m3m_core.runtime import heartbeat as heartbeat_module
from m3m_core.runtime import run as run_module
from m3m_core.runtime.care import SILENCE_GRACE
from m3m_core.runtime.exits import EXIT_STUCK, UNKNOWN
from m3m_core.runtime.figures import describe
from m3m_core.runtime.restarts import WINDOW, Restarts
from m3m_core.runtime.run import Run
from m3m_core.settings import Settings


def test_a_crash_is_restarted_counted_and_explained(play: Callable[..., Play]) -> None:
    made = play().started()
    made.last.say("dying", message="GET /loop: stopped after 1.0 s, the limit is 1 s", gains=NO_GAINS)
    made.last.exit(EXIT_STUCK << 8)
    assert made.run.status == "running"
    until(lambda: len(made.spawner.processes) == 2)
    made.comes_back()
    told = describe(made.run)
    assert (told["restarts"], told["last_error"]["message"]) == (1, "GET /loop: stopped after 1.0 s, the limit is 1 s")
    until(lambda: "instance 0 is back" in log_of(made.spec))
    assert made.statuses == ["starting", "running"]


def test_after_too_many_crashes_it_stays_down(play: Callable[..., Play]) -> None:
    made = play(instances=2).started()
    for restarts in range(len(DELAYS) + 1):
        until(lambda count=2 + restarts: len(made.spawner.processes) == count)  # type: ignore[misc]
        made.spawner.processes[0 if restarts == 0 else -1].exit(signal.SIGSEGV)
    until(lambda: made.run.status == "crashed")
    assert all(process.gone for process in made.spawner.processes)
    assert made.statuses[-2:] == ["stopping", "crashed"]
    assert describe(made.run)["last_error"]["message"] == "the process was killed by SIGSEGV"
    assert f"not restarted: it crashed more than {len(DELAYS)} times within an hour" in log_of(made.spec)
    made.run.stop()
    assert made.statuses[-2:] == ["crashed", "stopped"]


def test_each_instance_has_its_own_count(play: Callable[..., Play]) -> None:
    made = play(instances=8).started()
    for process in list(made.spawner.processes):
        process.exit(signal.SIGSEGV)
    until(lambda: len(made.spawner.processes) == 16)
    assert made.run.status == "running"
    made.run.stop()


def test_an_error_of_the_code_at_a_restart_is_final(play: Callable[..., Play]) -> None:
    made = play().started()
    made.last.exit(signal.SIGSEGV)
    until(lambda: len(made.spawner.processes) == 2)
    made.last.say("failed", error=BROKEN, final=True, gains=NO_GAINS)
    made.last.exit(65 << 8)
    until(lambda: made.run.status == "crashed")
    assert len(made.spawner.processes) == 2
    assert describe(made.run)["last_error"]["line"] == 3
    assert "not restarted: the code itself fails to start" in log_of(made.spec)


def test_a_restart_that_ran_into_a_limit_is_tried_again(play: Callable[..., Play]) -> None:
    made = play().started()
    made.last.exit(signal.SIGSEGV)
    until(lambda: len(made.spawner.processes) == 2)
    made.last.say("failed", error=BROKEN | {"line": 0}, final=False, gains=NO_GAINS)
    made.last.exit(65 << 8)
    until(lambda: len(made.spawner.processes) == 3)
    made.comes_back()
    assert describe(made.run)["restarts"] == 2


def test_runners_that_died_with_their_zygote_come_back_at_once_and_uncounted(play: Callable[..., Play]) -> None:
    made = play().started()
    for restarts in range(1, len(DELAYS) + 3):
        made.last.exit(UNKNOWN)
        until(lambda count=restarts: len(made.spawner.processes) == count + 1)  # type: ignore[misc]
        made.comes_back()
    assert made.run.status == "running"
    made.last.exit(signal.SIGSEGV)
    until(lambda: f"restarted in {DELAYS[0]:g} s" in log_of(made.spec))


def test_an_instance_that_dies_while_another_still_starts_comes_back(play: Callable[..., Play]) -> None:
    made = play(instances=2)
    starting = made.starting()
    until(lambda: len(made.spawner.processes) == 2)
    first, second = made.spawner.processes
    for process in (first, second):
        process.say("booted")
    until(lambda: told(second, "go"))
    first.say("started")
    first.exit(signal.SIGKILL)
    second.say("started")
    assert starting.get() is None
    until(lambda: len(made.spawner.processes) == 3)
    assert made.run.status == "running"


@pytest.mark.parametrize("moment", ["waiting", "forking", "booting", "starting"])
def test_a_stop_wins_over_a_pending_restart(play: Callable[..., Play], moment: str) -> None:
    made = play().started()
    if moment == "forking":
        made.spawner.gate = Event()
    made.last.exit(signal.SIGSEGV)
    if moment == "forking":
        until(lambda: made.run.meter.totals.restarts)
    elif moment != "waiting":
        until(lambda: len(made.spawner.processes) == 2)
    if moment == "starting":
        made.last.say("booted")
    stopping = gevent.spawn(made.run.stop)
    if made.spawner.gate is not None:
        gevent.sleep(0.01)
        assert not made.run.over
        made.spawner.gate.set()
    stopping.get()
    assert made.run.status == "stopped"
    assert all(process.gone for process in made.spawner.processes)
    gevent.sleep(3 * DELAYS[0])
    assert made.run.status == "stopped"
    assert all(process.gone for process in made.spawner.processes)
    assert made.statuses[-1] == "stopped"


def test_a_restart_waits_for_a_process_to_be_had(play: Callable[..., Play], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run_module, "NO_PROCESS_DELAY", 0.01)
    made = play().started()
    made.spawner.missing = 2
    made.last.exit(signal.SIGSEGV)
    until(lambda: len(made.spawner.processes) == 2)
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
    until(lambda: len(made.spawner.processes) == 2)


class Clock:
    """A clock that the test sets. `run` is looked at every two seconds while it goes on."""

    def __init__(self) -> None:
        self.now = 100.0

    def monotonic(self) -> float:
        return self.now

    def go(self, run: Run, seconds: float) -> None:
        end = self.now + seconds
        while self.now < end:
            self.now = min(self.now + 2, end)
            run.care()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(heartbeat_module, "time", made)
    return made


SILENCE = Settings().runtime.timeout + SILENCE_GRACE


def test_a_process_that_gives_no_sign_of_life_is_ended(play: Callable[..., Play], clock: Clock) -> None:
    made = play(instances=2).started()
    first, second = made.spawner.processes

    def answers(times: int) -> None:
        """The first process answers, and when that has arrived, it is asked again."""
        first.say("pong")
        until(lambda: made.run.care() or pings(first) == times)

    made.run.care()
    until(lambda: pings(first) == pings(second) == 1)
    answers(2)
    clock.go(made.run, SILENCE - 0.1)
    answers(3)
    assert (first.gone, second.gone) == (False, False)
    clock.go(made.run, 0.2)
    until(lambda: second.gone)
    assert (first.gone, pings(second)) == (False, 1)
    until(lambda: f"instance 1: the process stood still for {SILENCE:g} s" in log_of(made.spec))


def test_a_supervisor_that_stood_still_itself_blames_nobody(play: Callable[..., Play], clock: Clock) -> None:
    made = play().started()
    made.run.care()
    until(lambda: pings(made.last) == 1)
    clock.now += 10 * SILENCE
    made.run.care()
    made.last.say("pong")
    until(lambda: made.run.care() or pings(made.last) == 2)
    assert not made.last.gone


def pings(process: Played) -> int:
    return [message.get("op") for message in process.heard].count("ping")
