"""Fixtures on top of the public test kit."""

from __future__ import annotations

import pytest

from m3m_core import testing


@pytest.fixture(scope="session")
def mongod() -> str:
    """The address of this run's own database server. Started by the first test that asks for it."""
    return testing.mongod()


def pytest_make_parametrize_id(val: object) -> str | None:
    """Archives have the time in them, and every process must call a case by the same name."""
    return f"{len(val)} bytes" if isinstance(val, bytes) and len(val) > 20 else None
