"""For the tests of all builtins."""

from __future__ import annotations

import pytest
from passlib.context import CryptContext

from m3m_builtins.auth import passwords


@pytest.fixture(autouse=True)
def _quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashes that take a millisecond: the real ones take a tenth of a second each."""
    cheap = CryptContext(["argon2"], argon2__memory_cost=64, argon2__time_cost=1, argon2__parallelism=1)
    monkeypatch.setattr(passwords, "CONTEXT", cheap)
    monkeypatch.setattr(passwords, "NOBODY", cheap.hash("nobody's password"))
