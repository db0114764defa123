"""`GET /health`: well, or which part is not, and always in time."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pymongo.errors import ServerSelectionTimeoutError

from m3m_builtins.health.service import Health, HealthService, writable
from m3m_core.db import Database
from m3m_core.testing import client, kernel, settings
from m3m_core.version import VERSION


class Runs:
    """Stands in for the supervisor's client."""

    def __init__(self, answer: bool) -> None:
        self.answer = answer

    def ping(self) -> bool:
        return self.answer


def hangs() -> bool:
    time.sleep(3)
    return True


def test_all_is_well() -> None:
    with kernel(["health"], runs=Runs(True)) as running:
        status, body, headers = client(running).get("/health")
    assert (status, body) == (200, {"status": "ok", "version": VERSION, "database": "ok", "supervisor": "ok"})
    assert headers["cache-control"] == "no-store"


def test_without_a_supervisor() -> None:
    with kernel(["health"], runs=Runs(False)) as running:
        status, body, headers = client(running).get("/health")
    assert (status, body["status"], body["database"], body["supervisor"]) == (503, "unavailable", "ok", "unavailable")
    assert headers["retry-after"] == "2"


def test_without_a_database(tmp_path: Path) -> None:
    nowhere = f"mongodb://{str(tmp_path / 'no.sock').replace('/', '%2F')}/?directConnection=true"
    with kernel(["health"], runs=Runs(True), ready=False) as running:
        made = Database(settings(tmp_path, mongodb={"uri": nowhere}))
        running.__dict__["db"] = made
        started = time.monotonic()
        status, body, _ = client(running).get("/health")
        assert time.monotonic() - started < 2.5
    assert (status, body["database"], body["supervisor"]) == (503, "unavailable", "ok")


@pytest.mark.parametrize(
    ("database", "supervisor", "expected"),
    [
        (lambda: True, lambda: True, Health("ok", "ok")),
        (lambda: False, lambda: True, Health("unavailable", "ok")),
        (lambda: True, lambda: False, Health("ok", "unavailable")),
    ],
)
def test_each_part_counts(database: Callable[[], bool], supervisor: Callable[[], bool], expected: Health) -> None:
    service = HealthService(database, supervisor)
    assert service.check() == expected
    service.close()


def test_parts_that_hang_do_not_hold_up_the_answer() -> None:
    service = HealthService(hangs, hangs)
    started = time.monotonic()
    assert service.check() == Health("unavailable", "unavailable")
    assert time.monotonic() - started < 2.5
    service.close()


def test_a_failing_driver_is_no_failure_of_ours() -> None:
    def away() -> Any:
        raise ServerSelectionTimeoutError("nobody there")

    assert writable(away) is False
