"""A notice reaches every instance, and who sent it waits until it is taken in, but not long."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import gevent
import pytest
from played import Played, PlayedSpawner, spec_for, until

from m3m_core.runtime import run as run_module
from m3m_core.runtime.notices import Notices
from m3m_core.runtime.run import Run
from m3m_core.settings import Data, Settings


@pytest.fixture
def spawner() -> PlayedSpawner:
    return PlayedSpawner()


@pytest.fixture
def run(tmp_path: Path, spawner: PlayedSpawner) -> Run:
    """Two instances, at the start of `service.boot`."""
    settings = Settings(data=Data(tmp_path / "data"))
    made = Run(spec_for(tmp_path, instances=2), settings, spawner, lambda _run: None)  # type: ignore[arg-type]
    spawner.on_exit = made.exited
    gevent.spawn(made.boot)
    until(lambda: len(spawner.processes) == 2)
    return made


def notices(process: Played) -> list[dict[str, Any]]:
    return [message for message in process.heard if message.get("op") == "notice"]


def answer(process: Played) -> None:
    (notice,) = until(lambda: notices(process))
    assert notice["topic"] == "tea"
    process.say("noticed", number=notice["number"])


def test_all_have_taken_it_in_before_it_returns(run: Run, spawner: PlayedSpawner) -> None:
    for process in spawner.processes:
        process.say("booted")
    telling = gevent.spawn(run.notify, "tea")
    answer(spawner.processes[0])
    assert not telling.ready()
    answer(spawner.processes[1])
    telling.get(timeout=0.5)


def test_nobody_waits_for_the_dead(run: Run, spawner: PlayedSpawner) -> None:
    first, second = spawner.processes
    first.say("booted")
    second.say("booted")
    telling = gevent.spawn(run.notify, "tea")
    answer(first)
    second.exit(9)
    telling.get(timeout=0.5)


def test_a_busy_one_is_waited_for_a_moment_only(
    run: Run, spawner: PlayedSpawner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run_module, "NOTICE_WAIT", 0.05)
    for process in spawner.processes:
        process.say("booted")
    run.notify("tea")
    assert [len(notices(process)) for process in spawner.processes] == [1, 1]


def test_one_that_boots_is_told_when_it_has_booted(
    run: Run, spawner: PlayedSpawner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may have read what has changed since; before that it reads nothing but its order."""
    monkeypatch.setattr(run_module, "NOTICE_WAIT", 0.05)
    run.notify("tea")
    assert notices(spawner.processes[0]) == []
    spawner.processes[0].say("booted")
    answer(spawner.processes[0])


def test_every_function_of_the_topic_is_called(caplog: pytest.LogCaptureFixture) -> None:
    def fail() -> None:
        raise RuntimeError("no tea")

    heard: list[str] = []
    made = Notices()
    for topic, function in (
        ("tea", fail),
        ("tea", lambda: heard.append("tea")),
        ("cake", lambda: heard.append("cake")),
    ):
        made.add(topic, function)
    with caplog.at_level(logging.ERROR):
        made.tell("tea")
    made.tell("nothing")
    assert heard == ["tea"]
    assert "failed to take in a notice of tea" in caplog.text
