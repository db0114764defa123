"""Values that nobody can guess, from the system's own source."""

from __future__ import annotations

import secrets
import time
import uuid

from m3m_core import wrong_argument

MOST_BYTES = 1024 * 1024
SAFE = 2**53 - 1
"""JavaScript's largest whole number."""


def random_bytes(length: object) -> bytes:
    if type(length) is not int or not 0 <= length <= MOST_BYTES:
        raise wrong_argument(f"length is a whole number from 0 to {MOST_BYTES}")
    return secrets.token_bytes(length)


def random_int(low: object, high: object) -> int:
    """Both ends may come out."""
    if type(low) is not int or type(high) is not int or low > high or max(abs(low), abs(high)) > SAFE:
        raise wrong_argument("randomInt wants two whole numbers, the smaller first: randomInt(1, 6)")
    return low + secrets.randbelow(high - low + 1)


def new_uuid(version: object) -> str:
    """RFC 9562: version 4 is chance alone, version 7 begins with the time and so sorts by it."""
    if version in (None, 4):
        return str(uuid.uuid4())
    if version != 7:
        raise wrong_argument("uuid makes versions 4 and 7")
    stamp = time.time_ns() // 1_000_000
    chance = secrets.randbits(74)
    return str(uuid.UUID(int=stamp << 80 | 7 << 76 | (chance >> 62) << 64 | 0b10 << 62 | chance & (1 << 62) - 1))
