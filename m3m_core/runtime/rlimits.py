"""What the system itself holds a runner to, whatever runs in it."""

from __future__ import annotations

import os
import resource
from contextlib import suppress

from ..settings import Runtime

MEMORY_FACTOR = 2
MEMORY_BASE = 256 * 1024 * 1024

ROOM = 256 * 1024 * 1024
"""Bytes beyond `process_limit` that a runner cannot even ask for: what it may take between two looks is bounded."""

OOM_SCORE = 800
"""When the machine runs out of memory the kernel ends a runner rather than the database (0) or the system."""


def process_limit(runtime: Runtime) -> int:
    """Bytes that a runner may use: beyond it is host memory that grows, and the supervisor ends the process."""
    return runtime.memory_limit * MEMORY_FACTOR + MEMORY_BASE


def set_limits(runtime: Runtime) -> None:
    """Set this process's limits, for good."""
    most = process_limit(runtime) + ROOM
    resource.setrlimit(resource.RLIMIT_DATA, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a dump would hold what the service knows
    with suppress(OSError):
        fd = os.open("/proc/self/oom_score_adj", os.O_WRONLY)  # each page that pathlib would touch is a copy
        os.write(fd, b"%d" % OOM_SCORE)
        os.close(fd)
