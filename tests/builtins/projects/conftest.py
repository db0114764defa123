from __future__ import annotations

from collections.abc import Iterator

import pytest

from m3m_builtins.projects.service import ProjectService
from m3m_core.kernel import Kernel
from m3m_core.testing import Client, as_user, kernel


@pytest.fixture
def running() -> Iterator[Kernel]:
    with kernel(["projects"]) as started:
        yield started


@pytest.fixture
def projects(running: Kernel) -> ProjectService:
    service: ProjectService = running.host.context("projects").service
    return service


@pytest.fixture
def member(running: Kernel) -> Client:
    return as_user(running, "member@example.com")


@pytest.fixture
def outsider(running: Kernel) -> Client:
    return as_user(running, "outsider@example.com")


@pytest.fixture
def shop(owner: Client, member: Client) -> str:
    """The id of the project `shop`, which has an owner and a member."""
    made = owner.post("/api/projects", json={"name": "Shop", "slug": "shop"})
    owner.post("/api/projects/shop/members", json={"user_id": member.user.id})
    project_id: str = made.json["id"]
    return project_id
