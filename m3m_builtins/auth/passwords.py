"""Password hashes (argon2id). One takes about a tenth of a second, so it never runs on a front's loop."""

from __future__ import annotations

from contextlib import AbstractContextManager
from functools import cache
from typing import TYPE_CHECKING

from m3m_core import Invalid, Threads, Turns, field

if TYPE_CHECKING:
    from passlib.context import CryptContext

SHORTEST = 8
LONGEST = 256

AT_ONCE = 2
"""Hashes at once in a process: each takes 64 MB and four threads."""

WAITING = 50
"""Further ones that wait for their turn, some seconds at most; then it is said that there are too many."""

NOBODY = "$argon2id$v=19$m=65536,t=3,p=4$K6UUIkSI0RojpPReq9Xauw$7ud/B9M2O6JcCkfu7Tsxew04/vWwn37iqM6jT+/JSRI"
"""Of no account. What the password is compared with when there is no such user: it takes as long as for a wrong one."""


@cache
def context() -> CryptContext:
    from passlib.context import CryptContext  # 1 MB that runners, which never hash, need not carry

    return CryptContext(
        schemes=["argon2"],
        argon2__type="ID",
        argon2__memory_cost=65536,  # KiB
        argon2__time_cost=3,
        argon2__parallelism=4,
    )


THREADS = Threads(AT_ONCE)


@cache
def _turns() -> Turns:
    return Turns(AT_ONCE, WAITING)


def turn() -> AbstractContextManager[None]:
    """For `matches`: what is asked in it about earlier attempts counts all but the few that have their turn too.

    Raises Unavailable when too many wait.
    """
    return _turns().turn()


def hashed(password: str) -> str:
    """Raises Invalid for a password that is too short or too long, Unavailable when too many wait."""
    if not SHORTEST <= len(password) <= LONGEST:
        message = f"A password has {SHORTEST} to {LONGEST} characters."
        raise Invalid(message, fields={"password": field("password_length", message)})
    with turn():
        return str(THREADS.offload(context().hash, password))


def matches(password: str, password_hash: str | None) -> bool:
    """Whether the password is that of the hash; None stands for an unknown user and is always False.

    Within a `turn`.
    """
    same = bool(THREADS.offload(context().verify, password, password_hash or NOBODY))
    return same and password_hash is not None
