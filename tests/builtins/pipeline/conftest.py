from __future__ import annotations

from collections.abc import Iterator

import pytest

from m3m_builtins.pipeline.service import PipelineService
from m3m_builtins.projects.documents import Project
from m3m_builtins.projects.service import ProjectService
from m3m_core import SYSTEM
from m3m_core.kernel import Kernel
from m3m_core.testing import Client, as_user, kernel


@pytest.fixture
def running() -> Iterator[Kernel]:
    with kernel(["pipeline"]) as started:
        yield started


@pytest.fixture
def projects(running: Kernel) -> ProjectService:
    service: ProjectService = running.host.context("projects").service
    return service


@pytest.fixture
def pipeline(running: Kernel) -> PipelineService:
    service: PipelineService = running.host.context("pipeline").service
    return service


@pytest.fixture
def owner(running: Kernel) -> Client:
    """Owns the project `shop`."""
    client = as_user(running, "owner@example.com", create_projects=True)
    client.post("/api/projects", json={"name": "Shop", "slug": "shop"})
    return client


@pytest.fixture
def shop(owner: Client, projects: ProjectService) -> Project:
    """The project as it is at the beginning."""
    return projects.find_visible("shop", SYSTEM)
