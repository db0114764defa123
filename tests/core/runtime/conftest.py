"""Real runs, one bench for all tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from supervised import Bench, bench


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    """Runs that tests share; each test starts projects of its own."""
    limits = {"timeout": "700ms", "shutdown_timeout": "700ms", "memory_limit": "32MB", "log_limit": "1MB"}
    with bench(tmp_path_factory.mktemp("bench"), **limits) as made:
        yield made
