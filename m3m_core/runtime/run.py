"""One start of a project: its instances, its restarts, its end. Lives in the supervisor."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import gevent

from ..contributions import RunSpec
from ..errors import Conflict, Invalid
from ..settings import Runtime
from .forge import Forge
from .instance import Instance
from .runlog import RunLog, now

RESTART_DELAYS = (1, 2, 4, 8, 16)
"""Seconds before each restart of a crashed instance; after as many within an hour it stays down."""

RESTART_WINDOW = 3600.0
STOP_GRACE = 2.0
"""Seconds that a runner may take beyond its shutdown timeout to close down by itself."""

MEMORY_FACTOR = 2
MEMORY_BASE = 256 * 1024 * 1024
"""A process may use this much and twice its JavaScript limit; beyond that it is host memory that leaks, and it is killed."""


class Run:
    """`status` is starting, running, stopping, stopped or crashed; every change of it is told to `on_change`."""

    def __init__(self, spec: RunSpec, runtime: Runtime, forge: Forge, on_change: Callable[[Run], None]) -> None:
        self.spec = spec
        self.status = "starting"
        self.error: Mapping[str, Any] | None = None
        self.started_at: str | None = None
        self.restarts = 0
        self.instances: dict[int, Instance] = {}
        self._runtime = runtime
        self._forge = forge
        self._on_change = on_change
        self._log = RunLog(Path(spec.log_path))
        self._crashes: deque[float] = deque()
        self._wanted = True
        self._since = 0.0
        self._restarting: dict[int, gevent.Greenlet] = {}

    # ---- start ----

    def boot(self) -> bool:
        """Make every instance and run `service.boot` in it. False when one failed: then nothing is left running."""
        self._change("starting")
        self._log.write("info", f"starting {self.spec.source.kind} {self.spec.source.name}")
        try:
            for number in range(self.spec.instances):
                self._make(number)
        except BaseException:
            self.abandon()
            raise
        return self._all(Instance.wait_booted)

    def start(self) -> bool:
        """Run `service.start` in every instance and take requests. False when one failed: then nothing is left running."""
        for instance in self.instances.values():
            instance.go()
        if not self._all(Instance.wait_started):
            return False
        if self._wanted:
            self.started_at = now()
            self._since = time.monotonic()
            self._change("running")
        return self._wanted

    def refuse(self) -> None:
        """Raise what a start that failed is answered with."""
        if not self._wanted and self.error is None:
            raise Conflict("The start was stopped before it had finished.", code="start_stopped")
        error = dict(self.error or {"message": "the service did not start"})
        raise Invalid(f"The service did not start: {error['message']}", code="start_failed", details=error)

    def _all(self, wait: Callable[[Instance], bool]) -> bool:
        good = [wait(instance) for instance in list(self.instances.values())]
        if all(good):
            return True
        errors = [instance.error for instance in self.instances.values() if instance.error]
        self.error = next((error for error in errors if error.get("line")), errors[0] if errors else None)
        self.abandon()
        return False

    def _make(self, number: int) -> Instance:
        instance = self.instances[number] = Instance(self.spec, number, self._forge, self._died)
        instance.order()
        return instance

    def abandon(self) -> None:
        """Kill all there is; the start has failed."""
        self._wanted = False
        gevent.joinall([gevent.spawn(instance.kill) for instance in self.instances.values()])
        self.instances.clear()
        self._change("stopped")

    # ---- crash and restart ----

    def exited(self, pid: int, status: int) -> None:
        for instance in self.instances.values():
            if instance.pid == pid:
                instance.exited(status)

    def _died(self, instance: Instance) -> None:
        if not self._wanted or self.status == "starting" or self.instances.get(instance.number) is not instance:
            return
        self.error = {**(instance.error or {"message": "the process is gone"}), "at": now()}
        self._log.write("error", f"instance {instance.number}: {self.error['message']}")
        delay = None if instance.code_is_wrong else self._next_delay()
        if delay is None:
            self._log.write("error", "not restarted: " + self._why_not(instance))
            self._wanted = False
            self._change("crashed")
            gevent.spawn(self._end_instances)
            return
        self._log.write("info", f"instance {instance.number} is restarted in {delay} s")
        self._restarting[instance.number] = gevent.spawn_later(delay, self._restart, instance.number)

    def _next_delay(self) -> int | None:
        moment = time.monotonic()
        while self._crashes and moment - self._crashes[0] > RESTART_WINDOW:
            self._crashes.popleft()
        if len(self._crashes) >= len(RESTART_DELAYS):
            return None
        self._crashes.append(moment)
        return RESTART_DELAYS[len(self._crashes) - 1]

    def _why_not(self, instance: Instance) -> str:
        if instance.code_is_wrong:
            return "the code itself fails to start"
        return f"it crashed more than {len(RESTART_DELAYS)} times within an hour"

    def _restart(self, number: int) -> None:
        self._restarting.pop(number, None)
        if not self._wanted:
            return
        self.restarts += 1
        try:
            instance = self._make(number)
        except Exception:
            self._log.write("error", f"instance {number}: no process could be made; trying again in 5 s")
            self._restarting[number] = gevent.spawn_later(5, self._restart, number)
            return
        if instance.wait_booted():
            instance.go()
            if instance.wait_started():
                self._log.write("info", f"instance {number} is back")
                self._on_change(self)

    # ---- stop ----

    def stop(self) -> None:
        """End it. From here on nothing is restarted, and a start that is under way fails."""
        self._wanted = False
        for pending in self._restarting.values():
            pending.kill(block=False)
        self._restarting.clear()
        if self.status == "starting":
            for instance in list(self.instances.values()):
                instance.kill()
            return
        if self.over:
            return
        self._change("stopping")
        self._end_instances()
        self._log.write("info", "stopped")
        self._log.flush()
        self._change("stopped")

    def _end_instances(self) -> None:
        seconds = self._runtime.shutdown_timeout + STOP_GRACE
        gevent.joinall([gevent.spawn(instance.stop, seconds) for instance in self.instances.values()])
        self.instances.clear()

    @property
    def over(self) -> bool:
        return self.status in ("stopped", "crashed")

    def _change(self, status: str) -> None:
        self.status = status
        self._on_change(self)

    # ---- care and figures ----

    def check_memory(self) -> None:
        limit = self._runtime.memory_limit * MEMORY_FACTOR + MEMORY_BASE
        for instance in list(self.instances.values()):
            if instance.state == "running" and instance.memory() > limit:
                instance.end_for(f"the process used more than {limit // (1024 * 1024)} MB of memory")

    def describe(self) -> dict[str, Any]:
        samples = [instance.sample() for instance in list(self.instances.values())]
        reports = next((sample["reports"] for sample in samples if sample), {})
        source = self.spec.source
        return {
            "status": self.status,
            "source": {**asdict(source), "is_stable": source.tag == "stable"},
            "run_id": self.spec.run_id,
            "started_at": self.started_at,
            "uptime_s": round(time.monotonic() - self._since, 3) if self.status == "running" else 0.0,
            "instances": [instance.status() for instance in list(self.instances.values())],
            "routes": reports.get("routes", []),
            "jobs": reports.get("jobs", []),
            "requests": sum(sample.get("requests", 0) for sample in samples),
            "errors": sum(sample.get("errors", 0) for sample in samples),
            "restarts": self.restarts,
            "last_error": self.error,
        }
