"""How much work one check may be: a schema of a few lines can ask for more than all the time there is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from m3m_core import TooLarge

MOST_STEPS = 100_000
"""Keywords of the schema applied to values: about a second at most."""

_left: ContextVar[list[int]] = ContextVar("left")


@contextmanager
def limited() -> Iterator[None]:
    token = _left.set([MOST_STEPS])
    try:
        yield
    finally:
        _left.reset(token)


def step() -> None:
    """Raises TooLarge (`too_much_work`) when there have been too many."""
    left = _left.get()
    left[0] -= 1
    if left[0] < 0:
        raise TooLarge("The schema and the value together are too much work.", code="too_much_work")
