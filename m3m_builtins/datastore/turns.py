"""Long work on many rows, beside which others in the process get their turn: a front answers all of its callers."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")

SLICE = 0.02
"""Seconds of work, after which others come first."""


def in_turns(items: Iterable[T]) -> Iterator[T]:
    """The same items, for a loop over them."""
    until = time.monotonic() + SLICE
    for each in items:
        if time.monotonic() >= until:
            time.sleep(0)  # lets the others run where threads are greenlets, as in fronts and runners
            until = time.monotonic() + SLICE
        yield each
