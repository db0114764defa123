"""One start of a project: its instances, its restarts, its end. Lives in the supervisor."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import gevent
from gevent.event import Event
from gevent.lock import Semaphore

from ..contributions import RunSpec
from ..errors import Conflict, Invalid, M3MError, Unavailable
from ..paths import runner_socket
from ..settings import Settings
from .care import care
from .history import History
from .instance import Instance
from .meter import Meter
from .restarts import DELAYS, Restarts
from .runlog import RunLog, now
from .spawner import Spawner

STOP_GRACE = 2.0
"""Seconds that a runner may take beyond its shutdown timeout to close down by itself."""

NO_PROCESS_DELAY = 5.0
"""Seconds before the next attempt when the system had no process for a restart."""

NOTICE_WAIT = 1.0
"""Seconds for instances to take in a notice; one that is busy for longer does it as soon as it can."""

GONE = {"message": "the process is gone"}


class Run:
    """`status` is starting, running, stopping, stopped or crashed; every change of it is told to `on_change`."""

    def __init__(
        self,
        spec: RunSpec,
        settings: Settings,
        spawner: Spawner,
        on_change: Callable[[Run], None],
        delays: Sequence[float] = DELAYS,
        history: History | None = None,
    ) -> None:
        self.spec = spec
        self.status = "starting"
        self.error: Mapping[str, Any] | None = None
        self.started_at: str | None = None
        self.meter = Meter(history or History())
        self.instances: dict[int, Instance] = {}
        self.stops_for_good = 0
        self._settings = settings
        self._spawner = spawner
        self._on_change = on_change
        self._log = RunLog(Path(spec.log_path), settings.runtime.log_limit)
        self._patience = Restarts(delays)
        self._wanted = True
        self._making = Semaphore(1)
        self._since = 0.0
        self._restarting: dict[int, gevent.Greenlet] = {}
        self._ended: Event | None = None

    # ---- start ----

    def boot(self) -> None:
        """Make every instance and run `service.boot` in it. Raises like `start`."""
        self._change("starting")
        self._log.write("info", f"starting {self.spec.source.kind} {self.spec.source.name}")
        try:
            for number in range(self.spec.instances):
                self._make(number)
        except BaseException:
            self._abandon()
            raise
        self._expect(Instance.wait_booted)

    def start(self) -> None:
        """Run `service.start` in every instance and take requests.

        Raises Invalid with the error when one fails, Conflict when the run is stopped meanwhile, Unavailable when there
        is no process to be had. Then nothing is left running.
        """
        instances = list(self.instances.values())
        for instance in instances:
            instance.go()
        self._expect(Instance.wait_started)
        self.started_at = now()
        self._since = time.monotonic()
        self._change("running")
        for instance in instances:
            if instance.state == "dead":  # while others were still starting
                self._crashed(instance)

    def _expect(self, wait: Callable[[Instance], bool]) -> None:
        instances = list(self.instances.values())
        good = [wait(instance) for instance in instances]
        if not self._wanted:
            self._abandon()
            raise start_stopped()
        if all(good):
            return
        if any(instance.died_with_zygote for instance in instances):
            self._abandon()
            raise Unavailable("The process of the service was lost. Try again.", retry_after=1)
        errors = [instance.error for instance in instances if instance.error]
        error = next((error for error in errors if error.get("line")), errors[0] if errors else GONE)
        self.error = {**error, "at": now()}
        self._abandon()
        raise Invalid(f"The service did not start: {error['message']}", code="start_failed", details=error)

    def _make(self, number: int) -> Instance:
        socket = runner_socket(self._settings, self.spec.slug, number)
        with self._making:
            if not self._wanted:
                raise start_stopped()
            instance = Instance(self.spec, number, self._spawner, socket, self._died, self.meter.gained)
            self.instances[number] = instance
            if not self._wanted:  # stopped while the process was made
                instance.kill()
                raise start_stopped()
        instance.order()
        return instance

    def _abandon(self) -> None:
        """Kill all there is; the start has failed."""
        self._end("stopped", Instance.kill)

    # ---- crash and restart ----

    def exited(self, pid: int, status: int) -> None:
        for instance in self.instances.values():
            if instance.pid == pid:
                instance.exited(status)

    def _died(self, instance: Instance) -> None:
        if self.status == "running" and self.instances.get(instance.number) is instance:
            self._crashed(instance)

    def _crashed(self, instance: Instance) -> None:
        number = instance.number
        self.error = {**(instance.error or GONE), "at": now()}
        self._log.write("error", f"instance {number}: {self.error['message']}")
        if instance.code_is_wrong:
            self._give_up("the code itself fails to start")
        elif instance.died_with_zygote:
            self._restart_in(0, number)  # not the service's fault
        elif (delay := self._patience.next_delay(number)) is None:
            self._give_up(f"it crashed more than {len(self._patience.delays)} times within an hour")
        else:
            self._restart_in(delay, number)

    def _give_up(self, why: str) -> None:
        self._log.write("error", f"not restarted: {why}")
        gevent.spawn(self._end, "crashed", self._stop_instance)

    def _restart_in(self, delay: float, number: int) -> None:
        self._log.write("info", f"instance {number} is restarted in {delay:g} s")
        self._restarting[number] = gevent.spawn_later(delay, self._restart, number)

    def _restart(self, number: int) -> None:
        self._restarting.pop(number, None)
        if not self._wanted:
            return
        self.meter.restarted()
        try:
            instance = self._make(number)
        except M3MError as error:
            if self._wanted:
                self._log.write("error", f"instance {number}: {error.message}")
                self._restart_in(NO_PROCESS_DELAY, number)
            return
        if instance.wait_booted():
            instance.go()
            if instance.wait_started():
                self._log.write("info", f"instance {number} is back")

    # ---- the end ----

    def stop(self) -> None:
        """End it. From here on nothing is restarted, and a start that is under way fails. Returns when all is down.

        A run that has crashed is stopped then: somebody has taken notice.
        """
        if self.status == "starting":
            self._abandon()
        else:
            self._end("stopped", self._stop_instance)
        if self.status == "crashed":
            self._change("stopped")

    def stop_for_good(self) -> None:
        """As `stop`, and a restart that is under way does not bring it back."""
        self.stops_for_good += 1
        self.stop()

    def _end(self, status: str, end: Callable[[Instance], object]) -> None:
        """Let nothing come back, end all instances, and reach `status`. Who comes second waits for the first."""
        self._wanted = False
        if self._ended is not None:
            self._ended.wait()
            return
        self._ended = Event()
        if self.status == "running":
            self._change("stopping")
        for pending in self._restarting.values():
            pending.kill(block=False)
        self._restarting.clear()
        with self._making:  # what is just being made ends there
            left = list(self.instances.values())
        gevent.joinall([gevent.spawn(end, instance) for instance in left])
        self.instances.clear()
        self._log.write("info", status)
        self._log.close()
        self._change(status)
        self._ended.set()

    def _stop_instance(self, instance: Instance) -> None:
        seconds = self._settings.runtime.shutdown_timeout
        if not instance.stop(seconds + STOP_GRACE):
            self._log.write("error", f"instance {instance.number} did not end within {seconds:g} s and was killed")

    @property
    def over(self) -> bool:
        return self.status in ("stopped", "crashed")

    def _change(self, status: str) -> None:
        self.status = status
        self._on_change(self)

    # ---- care ----

    def notify(self, topic: str) -> None:
        """Tell every instance that something has changed. Waits for them, but not long for one that is busy."""
        telling = [gevent.spawn(instance.notify, topic) for instance in self.instances.values()]
        gevent.joinall(telling, timeout=NOTICE_WAIT)

    def care(self) -> None:
        for instance in list(self.instances.values()):
            care(instance, self._settings.runtime)

    @property
    def uptime(self) -> float:
        """Seconds since it is running; 0 when it is not."""
        return time.monotonic() - self._since if self.status == "running" else 0.0


def start_stopped() -> Conflict:
    return Conflict("The start was stopped before it had finished.", code="start_stopped")
