"""How a runner ends: its exit statuses, and a wait status in words."""

from __future__ import annotations

import os
import signal

EXIT_FAILED = 65
"""The user's code did not start (EX_DATAERR)."""

EXIT_STUCK = 70
"""A piece of code did not return in time (EX_SOFTWARE)."""

EXIT_MEMORY = 71
"""The JavaScript heap is full (EX_OSERR)."""

EXIT_TERMINATED = 143
"""SIGTERM from outside, as shells have it."""

UNKNOWN = -1
"""In place of a wait status: the zygote died, so nobody could ask how its runners ended."""

REASONS = {
    EXIT_FAILED: "the service failed to start",
    EXIT_STUCK: "a piece of code did not return in time",
    EXIT_MEMORY: "the memory limit was reached",
    EXIT_TERMINATED: "the process was ended from outside with SIGTERM",
}


def reason(status: int | None) -> str:
    """A wait status as the end of a sentence for a person; None while it is not known."""
    if status is None:
        return "the process is gone"
    if status == UNKNOWN:
        return "the process ended together with the one that made it"
    if os.WIFSIGNALED(status):
        return f"the process was killed by {signal.Signals(os.WTERMSIG(status)).name}"
    code = os.WEXITSTATUS(status)
    return REASONS.get(code, f"the process exited with status {code}")
