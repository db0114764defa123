"""What became of a run is told until it is taken in, and only the newest counts."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import gevent
import pytest
from gevent.event import Event
from supervised import spec_for, until

from m3m_core import RunChange, RunSpec
from m3m_core.runtime.announcer import Announcer


class Listener:
    """Takes in what it is told, unless it is `away`; `slow` holds it up."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, str]] = []
        self.away = False
        self.attempts = 0
        self.slow: Event | None = None

    def __call__(self, change: RunChange) -> None:
        self.attempts += 1
        if self.slow is not None:
            self.slow.wait()
        if self.away:
            raise ConnectionError("the database is away")
        self.heard.append((change.spec.slug, change.status))


@pytest.fixture
def listener() -> Listener:
    return Listener()


@contextmanager
def announcing(listener: Listener) -> Iterator[Announcer]:
    announcer = Announcer(listener, first_pause=0.01)
    yield announcer
    announcer.close()


def change(spec: RunSpec, status: str) -> RunChange:
    return RunChange(spec, status, "boot")


def test_changes_arrive_in_order(listener: Listener, tmp_path: Path) -> None:
    spec = spec_for(tmp_path, slug="a")
    with announcing(listener) as announcer:
        for status in ("starting", "running", "stopped"):
            announcer.tell(change(spec, status))
            announcer.wait(spec.project_id, 5)
    assert listener.heard == [("a", "starting"), ("a", "running"), ("a", "stopped")]


def test_the_newest_takes_the_place_of_what_still_waits(listener: Listener, tmp_path: Path) -> None:
    spec = spec_for(tmp_path, slug="a")
    listener.slow = Event()
    with announcing(listener) as announcer:
        announcer.tell(change(spec, "starting"))
        until(lambda: listener.attempts)
        announcer.tell(change(spec, "running"))
        announcer.tell(change(spec, "stopped"))
        listener.slow.set()
        announcer.wait(spec.project_id, 5)
    assert listener.heard == [("a", "starting"), ("a", "stopped")]


def test_it_is_told_again_until_it_is_taken_in(
    listener: Listener, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    one, other = spec_for(tmp_path, slug="one"), spec_for(tmp_path, slug="other")
    listener.away = True
    with announcing(listener) as announcer, caplog.at_level(logging.WARNING):
        announcer.tell(change(one, "running"))
        until(lambda: listener.attempts > 2)
        announcer.tell(change(one, "stopped"))
        announcer.tell(change(other, "running"))
        listener.away = False
        announcer.wait(one.project_id, 5)
        announcer.wait(other.project_id, 5)
    assert sorted(listener.heard) == [("one", "stopped"), ("other", "running")]
    assert "one is running: the database is away; telling it again in 0.01 s" in caplog.text


def test_nobody_waits_for_longer_than_asked(listener: Listener, tmp_path: Path) -> None:
    spec = spec_for(tmp_path)
    listener.away = True
    with announcing(listener) as announcer:
        announcer.tell(change(spec, "running"))
        started = time.monotonic()
        announcer.wait(spec.project_id, 0.05)
        assert time.monotonic() - started < 2
        announcer.wait("unknown project", 60)


def test_nothing_is_told_once_it_is_closed(listener: Listener, tmp_path: Path) -> None:
    spec = spec_for(tmp_path)
    with announcing(listener) as announcer:
        announcer.close()
        announcer.tell(change(spec, "stopped"))
        gevent.sleep(0.02)
    assert listener.heard == []
