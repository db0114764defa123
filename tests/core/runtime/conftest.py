"""Real runs on one bench for all tests, and runs whose processes a test plays itself."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from played import Play
from supervised import Bench, bench


@pytest.fixture(scope="session")
def common(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    limits = {"timeout": "700ms", "shutdown_timeout": "700ms", "memory_limit": "32MB", "log_limit": "1MB"}
    with bench(tmp_path_factory.mktemp("bench"), **limits) as made:
        yield made


@pytest.fixture
def shared(common: Bench) -> Iterator[Bench]:
    """Runs that tests share; each test starts projects of its own, and stops them."""
    yield common
    left = common.clear()
    assert left == []


@pytest.fixture
def play(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Play]]:
    plays: list[Play] = []

    def make(instances: int = 1) -> Play:
        made = Play(tmp_path, instances)
        plays.append(made)
        monkeypatch.setattr(os, "kill", made.spawner.killing)
        return made

    yield make
    for made in plays:
        made.run.stop()
