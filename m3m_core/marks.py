"""Marks that plugins put on their functions, and the kernel reads."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

F = TypeVar("F", bound=Callable[..., Any])
C = TypeVar("C")


def waits(function: F) -> F:
    """Mark a host method that waits (network, database, files, sleep): it gets an `…Async` twin in JavaScript."""
    function.waits = True  # type: ignore[attr-defined]  # a mark on the function object itself
    return function


def unpooled(function: F) -> F:
    """Mark a host method with `@waits` that bounds by itself how many wait, and that may wait for long.

    Its `…Async` twin takes no place among `runtime.worker_pool_size`, where others would queue behind it.
    """
    function.unpooled = True  # type: ignore[attr-defined]  # a mark on the function object itself
    return function


def offline_unless(option: str) -> Callable[[C], C]:
    """Mark a command that runs without a database unless `option` is given; unmarked ones always have one."""

    def mark(command: C) -> C:
        command.offline_unless = option  # type: ignore[attr-defined]  # a mark on the command itself
        return command

    return mark
