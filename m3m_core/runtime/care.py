"""The limits that a runner cannot keep by itself; the supervisor looks at each every few seconds."""

from __future__ import annotations

from ..settings import Runtime
from .instance import Instance
from .rlimits import process_limit
from .sizes import shown

SILENCE_GRACE = 15.0
"""Seconds beyond the longest piece of JavaScript after which a runner that says nothing is taken for stuck."""


def care(instance: Instance, runtime: Runtime) -> None:
    """End it when it is beyond them."""
    if instance.state == "dead":
        return
    limit = process_limit(runtime)
    silence = runtime.timeout + SILENCE_GRACE
    if instance.gauge.memory() > limit:
        instance.end_for(f"out of memory: the process may use {shown(limit)}")
    elif instance.heartbeat.silence() > silence:
        instance.end_for(f"the process stood still for {silence:g} s")
