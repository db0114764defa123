"""How much work one check may be: a schema of a few lines can ask for more than all the time there is."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from m3m_core import TooLarge

MOST_STEPS = 100_000
"""Keywords of the schema applied to values."""

LONGEST = 1.0
"""Seconds of the processor. A step of a deeply nested schema takes many times as long as one of a flat one."""


@dataclass
class Budget:
    steps: int
    until: float


_left: ContextVar[Budget] = ContextVar("left")


@contextmanager
def limited() -> Iterator[None]:
    token = _left.set(Budget(MOST_STEPS, time.thread_time() + LONGEST))
    try:
        yield
    finally:
        _left.reset(token)


def step() -> None:
    """Raises TooLarge (`too_much_work`) when there have been too many, or they took too long."""
    left = _left.get()
    left.steps -= 1
    if left.steps < 0 or time.thread_time() > left.until:
        raise TooLarge("The schema and the value together are too much work.", code="too_much_work")
