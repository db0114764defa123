"""Fixtures on top of the public test kit."""

from __future__ import annotations

import pytest

from m3m_core import testing


@pytest.fixture(scope="session")
def mongod() -> str:
    """The address of this run's own database server. Started by the first test that asks for it."""
    return testing.mongod()
