"""For the tests of all builtins. Where the fixture `running`, a started kernel, is, the folder's own conftest says."""

from __future__ import annotations

import pytest
from passlib.context import CryptContext

from m3m_builtins.auth import passwords
from m3m_core.kernel import Kernel
from m3m_core.testing import Client, as_user, client


@pytest.fixture(autouse=True)
def _quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashes that take a millisecond: the real ones take a tenth of a second each."""
    cheap = CryptContext(["argon2"], argon2__memory_cost=64, argon2__time_cost=1, argon2__parallelism=1)
    monkeypatch.setattr(passwords, "context", lambda: cheap)
    monkeypatch.setattr(passwords, "NOBODY", cheap.hash("nobody's password"))


@pytest.fixture
def guest(running: Kernel) -> Client:
    return client(running)


@pytest.fixture
def root(running: Kernel) -> Client:
    return as_user(running, root=True)


@pytest.fixture
def owner(running: Kernel) -> Client:
    """Owns the project `shop` once a test asks for it."""
    return as_user(running, "owner@example.com", create_projects=True)


@pytest.fixture
def shop(owner: Client) -> str:
    """The id of the project `shop`."""
    made: str = owner.post("/api/projects", json={"name": "Shop", "slug": "shop"}).json["id"]
    return made


@pytest.fixture
def with_key(running: Kernel, owner: Client, shop: str) -> Client:
    """Comes with the key of `shop`."""
    return client(running).with_headers(X_API_Key=owner.get("/api/projects/shop").json["api_key"])
