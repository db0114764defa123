from __future__ import annotations

from collections.abc import Iterator

import pytest
from notified import Supervisor

from m3m_core.kernel import Kernel
from m3m_core.testing import Client, JSRun, as_user, kernel, run_js


@pytest.fixture
def supervisor() -> Supervisor:
    return Supervisor()


@pytest.fixture
def running(supervisor: Supervisor) -> Iterator[Kernel]:
    with kernel(["environment"], runs=supervisor) as started:
        yield started


@pytest.fixture
def outsider(running: Kernel) -> Client:
    """Owns the project `other`."""
    made = as_user(running, "outsider@example.com", create_projects=True)
    made.post("/api/projects", json={"name": "Other", "slug": "other"})
    return made


@pytest.fixture
def js(running: Kernel, supervisor: Supervisor, shop: str) -> Iterator[JSRun]:
    """An instance of `shop`."""
    with run_js(within=running, project_id=shop, slug="shop") as run:
        supervisor.runs.append(run)
        yield run
