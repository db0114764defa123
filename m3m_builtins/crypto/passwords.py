"""Hashes of the passwords of a service's own users. Slow by intent, so never on the instance's loop."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from m3m_core import Invalid, offload, wrong_argument

LONGEST = 1024
"""Characters."""

SCHEMES = {
    "argon2": {"type": "ID", "memory_cost": 19456, "time_cost": 2, "parallelism": 1},  # KiB; OWASP's first choice
}

ARGON = re.compile(r"\$argon2(?:id|i|d)\$v=\d+\$m=(\d{1,7}),t=(\d{1,3}),p=(\d{1,2})\$[A-Za-z0-9+/$]{16,200}")
PBKDF2 = re.compile(r"\$pbkdf2-sha(?:256|512)\$(\d{1,7})\$[A-Za-z0-9./]*\$[A-Za-z0-9./]{16,200}")
MOST_MEMORY = 256 * 1024
"""KiB that a hash may ask for: it may come from anywhere, and its parameters say what verifying costs."""

MOST_PASSES = 20
MOST_ROUNDS = 2_000_000


def hashed(password: object) -> str:
    return str(offload(_context().hash, _checked(password)))


def matches(password: object, password_hash: object) -> bool:
    """Raises Invalid (`bad_hash`) for what no function here has made, and for one that would cost too much."""
    if not isinstance(password_hash, str) or not _affordable(password_hash):
        raise Invalid("This is not a password hash of argon2 or PBKDF2, or it asks for too much work.", code="bad_hash")
    return bool(offload(_context().verify, _checked(password), password_hash))


def _checked(password: object) -> str:
    if not isinstance(password, str) or not 1 <= len(password) <= LONGEST or "\0" in password:
        raise wrong_argument(f"a password is a text of 1 to {LONGEST} characters")
    return password


def _affordable(password_hash: str) -> bool:
    if found := ARGON.fullmatch(password_hash):
        memory, passes, lanes = (int(group) for group in found.groups())
        return 8 * lanes <= memory <= MOST_MEMORY and 1 <= passes <= MOST_PASSES and 1 <= lanes <= 16
    found = PBKDF2.fullmatch(password_hash)
    return found is not None and 1 <= int(found[1]) <= MOST_ROUNDS


@lru_cache(maxsize=1)
def _context() -> Any:
    from passlib.context import CryptContext  # tens of milliseconds, and few services need it

    settings = {f"argon2__{name}": value for name, value in SCHEMES["argon2"].items()}
    return CryptContext(schemes=["argon2", "pbkdf2_sha256", "pbkdf2_sha512"], **settings)
