from __future__ import annotations

from collections.abc import Iterator

import pytest

from m3m_builtins.auth.service import AuthService
from m3m_core.kernel import Kernel
from m3m_core.testing import Client, as_user, kernel


@pytest.fixture
def running() -> Iterator[Kernel]:
    with kernel(["projects"]) as started:
        yield started


@pytest.fixture
def auth(running: Kernel) -> AuthService:
    service: AuthService = running.host.context("auth").service
    return service


@pytest.fixture
def ann(running: Kernel) -> Client:
    """A user without rights."""
    return as_user(running, "ann@example.com")


@pytest.fixture
def manager(running: Kernel) -> Client:
    """A user who manages users, and has no other right."""
    return as_user(running, "manager@example.com", manage_users=True)
