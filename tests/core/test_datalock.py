"""A data folder has one owner at a time."""

from __future__ import annotations

import os
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from m3m_core import Conflict, Settings, datalock
from m3m_core.settings import Data, Runtime, Seconds


@pytest.fixture
def settings() -> Iterator[Settings]:
    with tempfile.TemporaryDirectory(prefix="m3m-") as folder:
        yield Settings(data=Data(Path(folder)))


def test_a_second_server_is_refused(settings: Settings) -> None:
    lock = datalock.for_server(settings)
    with pytest.raises(Conflict, match=rf"process {os.getpid()}"):
        datalock.for_server(settings)
    lock.release()
    datalock.for_server(settings).release()


def test_a_server_waits_for_a_command(settings: Settings) -> None:
    entered, leave = threading.Event(), threading.Event()

    def command() -> None:
        with datalock.for_command(settings) as ours:
            assert ours
            entered.set()
            leave.wait(10)

    thread = threading.Thread(target=command)
    thread.start()
    assert entered.wait(10)
    threading.Timer(0.2, leave.set).start()
    datalock.for_server(settings).release()
    assert leave.is_set()
    thread.join()


def test_what_is_left_of_a_killed_server_is_waited_for(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    lock = datalock.for_server(settings)
    lock.path.write_text("serve 999999999\n")
    threading.Timer(0.2, lock.release).start()
    datalock.for_server(settings).release()

    impatient = Settings(data=settings.data, runtime=Runtime(shutdown_timeout=Seconds(0)))
    monkeypatch.setattr(datalock, "LEAVING_SECONDS", 0.1)
    held = datalock.for_server(settings)
    held.path.write_text("serve 999999999\n")
    with pytest.raises(Conflict, match="what is left of an earlier server"):
        datalock.for_server(impatient)
    held.release()
