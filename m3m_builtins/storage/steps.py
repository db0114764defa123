"""Long work in small pieces, so that nobody else in the process waits for all of it."""

from __future__ import annotations

from collections.abc import Generator
from typing import TypeVar

from m3m_core import offload

CHUNK = 1024 * 1024
"""Bytes of one piece."""

R = TypeVar("R")

Steps = Generator[None, None, R]
"""Work that stops after each piece and returns its result at the end."""


def finish(work: Steps[R]) -> R:
    """Do all of it: each piece away from the loop, others' work in between."""
    while True:
        try:
            offload(next, work)
        except StopIteration as end:
            result: R = end.value
            return result
