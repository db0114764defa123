"""One real server for all tests of this folder; those that stop or kill a server have one of their own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from m3m_core.testing import LiveServer, live_server

from .client import Admin, Project, sign_up
from .upstream import PostOffice, Upstream, post_office, upstream

CONFIG = {"runtime": {"timeout": "3s", "shutdown_timeout": "2s"}, "jwt": {"expiration": "2h"}}
SERVICES = Path(__file__).parents[1] / "js/services"


@pytest.fixture(scope="session")
def server() -> Iterator[LiveServer]:
    with live_server(CONFIG) as running:
        yield running


@pytest.fixture(scope="session")
def admin(server: LiveServer) -> Admin:
    return sign_up(server)


@pytest.fixture
def project(admin: Admin) -> Iterator[Project]:
    made = Project(admin)
    yield made
    made.send("DELETE")


@pytest.fixture(scope="session")
def routes(admin: Admin) -> Iterator[Project]:
    """A service with every kind of route and answer."""
    made = Project(admin)
    made.run(Path(__file__).with_name("routes.js").read_text())
    yield made
    made.send("DELETE")


@pytest.fixture(scope="session")
def code() -> dict[str, str]:
    """The services in tests/js by name."""
    return {path.stem: path.read_text() for path in SERVICES.glob("*.js")}


@pytest.fixture
def world() -> Iterator[Upstream]:
    with upstream() as made:
        yield made


@pytest.fixture
def office() -> Iterator[PostOffice]:
    with post_office() as made:
        yield made
