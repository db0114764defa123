from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from m3m_builtins.goals.service import GoalService
from m3m_core.kernel import Kernel
from m3m_core.testing import Client, as_user, kernel


@pytest.fixture
def running() -> Iterator[Kernel]:
    with kernel(["goals"]) as started:
        yield started


@pytest.fixture
def service(running: Kernel) -> GoalService:
    found: GoalService = running.host.context("goals").service
    return found


@pytest.fixture
def outsider(running: Kernel) -> Client:
    """Owns `other` once a test asks for it."""
    return as_user(running, "outsider@example.com", create_projects=True)


@pytest.fixture
def other(outsider: Client) -> str:
    """The id of somebody else's project."""
    made: str = outsider.post("/api/projects", json={"name": "Other", "slug": "other"}).json["id"]
    return made


@pytest.fixture
def orders(owner: Client, shop: str) -> dict[str, Any]:
    """A daily counter of `shop`."""
    body = {"name": "Orders", "slug": "orders", "type": "daily_counter"}
    made: dict[str, Any] = owner.post("/api/projects/shop/goals", json=body).json
    return made


@pytest.fixture
def visits(root: Client, shop: str) -> dict[str, Any]:
    """A global counter that `shop` may add to."""
    body = {"name": "Visits", "slug": "visits", "type": "counter", "allowed_projects": [shop]}
    made: dict[str, Any] = root.post("/api/goals", json=body).json
    return made
