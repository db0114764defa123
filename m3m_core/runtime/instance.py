"""One runner as the supervisor sees it."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import gevent
from gevent.event import AsyncResult, Event

from ..contributions import RunSpec
from .exits import UNKNOWN, reason
from .gauge import Gauge
from .heartbeat import Heartbeat
from .spawner import Spawner
from .wire import lines, send_line

TERM_GRACE = 1.0
"""Seconds between SIGTERM and SIGKILL, and the longest wait for the wait status of a process that is gone."""

SAMPLE_TIMEOUT = 0.25
"""Seconds to wait for a runner's own figures; a busy one is shown with its last."""


class Instance:
    """`state` is booting, booted, running, stopping or dead. `error` is why it did not start or why it died,
    `failure` the newest failure of its code while it lives.

    `socket` is where it takes requests. `on_death` is called once, when all of the process is gone, `on_gains` with
    what it has counted since it told the last time.
    """

    def __init__(
        self,
        spec: RunSpec,
        number: int,
        spawner: Spawner,
        socket: Path,
        on_death: Callable[[Instance], None],
        on_gains: Callable[[dict[str, Any]], None],
    ) -> None:
        self.spec = spec
        self.number = number
        self.state = "booting"
        self.error: dict[str, Any] | None = None
        self.code_is_wrong = False
        self.dead = Event()
        self._socket = socket
        self._on_death = on_death
        self._on_gains = on_gains
        self._booted = AsyncResult()
        self._started = AsyncResult()
        self._exit_status: int | None = None
        self._exited = Event()
        self._asked: AsyncResult | None = None
        self.heap_bytes = 0
        self.lag_ms = 0.0
        self.reports: dict[str, Any] = {}
        self.failure: dict[str, Any] | None = None
        self.heartbeat = Heartbeat(lambda: self._send({"op": "ping"}))
        self._last_notice = 0
        self._notices: dict[int, Event] = {}
        self.pid, self._control = spawner.spawn()
        self.gauge = Gauge(self.pid)
        gevent.spawn(self._listen)

    # ---- starting ----

    def order(self) -> None:
        """Tell the fresh process what it is."""
        self._send({"spec": asdict(self.spec), "instance": self.number})

    def wait_booted(self) -> bool:
        """True when `service.boot` is done, False when the instance failed or died."""
        return bool(self._booted.get())

    def go(self) -> None:
        self._send({"op": "go"})

    def wait_started(self) -> bool:
        return bool(self._started.get())

    def _send(self, message: dict[str, Any]) -> None:
        try:
            send_line(self._control, message)
        except OSError:
            pass  # it died already; its death is on its way

    def notify(self, topic: str) -> None:
        """Tell it that something of its project has changed. Returns when it has taken that in, or is dead."""
        if not self._booted.get() or self.state == "dead":
            return
        self._last_notice += 1
        number = self._last_notice
        taken_in = self._notices[number] = Event()
        self._send({"op": "notice", "topic": topic, "number": number})
        taken_in.wait()

    # ---- what it says ----

    def _listen(self) -> None:
        try:
            for message in lines(self._control):
                self._hear(message)
        except ValueError:
            pass  # a line that its death cut off
        finally:
            self._died()

    def _hear(self, message: dict[str, Any]) -> None:
        match message["event"]:
            case "booted":
                self._reach("booted", self._booted)
            case "started":
                self._reach("running", self._started)
            case "failed":
                self.error = message["error"]
                self.code_is_wrong = message["final"]
                self._on_gains(message["gains"])
            case "dying":
                self.error = {"message": message["message"]}
                self._on_gains(message["gains"])
            case "counted":
                self._on_gains(message["gains"])
            case "pong":
                self.heartbeat.heard()
            case "noticed":
                self._notices.pop(message["number"]).set()
            case "sample":
                self._take(message["sample"])

    def _take(self, sample: dict[str, Any]) -> None:
        self.heap_bytes, self.lag_ms = sample["heap_bytes"], sample["lag_ms"]
        self.reports = sample["reports"]
        self.failure = sample["failure"] or self.failure
        self._on_gains(sample["gains"])
        if self._asked is not None:
            self._asked.set(True)
            self._asked = None

    def _reach(self, state: str, waiting: AsyncResult) -> None:
        if self.state != "stopping":
            self.state = state
        waiting.set(True)

    def _died(self) -> None:
        self._control.close()
        if not self._exited.wait(TERM_GRACE):
            self._signal(signal.SIGKILL)  # it may only have lost its voice
        self._socket.unlink(missing_ok=True)
        was_wanted = self.state == "stopping"
        self.state = "dead"
        if self.error is None and not was_wanted:
            self.error = {"message": reason(self._exit_status)}
        self._booted.set(False)
        self._started.set(False)
        for taken_in in self._notices.values():
            taken_in.set()
        self.dead.set()
        self._on_death(self)

    def exited(self, status: int) -> None:
        """Its wait status is known, or UNKNOWN: then nobody has waited for it."""
        if status == UNKNOWN:
            self._signal(signal.SIGKILL)
        self._exit_status = status
        self._exited.set()

    @property
    def died_with_zygote(self) -> bool:
        return self._exit_status == UNKNOWN

    # ---- ending it ----

    def stop(self, seconds: float) -> bool:
        """`service.shutdown` gets `seconds`, then SIGTERM, a second later SIGKILL.

        Returns when it is dead: whether it ended by itself.
        """
        if self.state == "dead":
            return True
        self.state = "stopping"
        self._send({"op": "stop"})
        if self.dead.wait(seconds):
            return True
        self._signal(signal.SIGTERM)
        if not self.dead.wait(TERM_GRACE):
            self.kill()
        return False

    def kill(self) -> None:
        if self.state != "dead":
            self.state = "stopping"
            self._signal(signal.SIGKILL)
            self.dead.wait()

    def end_for(self, message: str) -> None:
        """Kill it for a reason that its owner must see."""
        self.error = {"message": message}
        self._signal(signal.SIGKILL)

    def _signal(self, number: signal.Signals) -> None:
        if self._exited.is_set():
            return  # its id may belong to another process by now
        try:
            os.kill(self.pid, number)
        except ProcessLookupError:
            pass  # it died in this moment

    # ---- figures ----

    def sample(self) -> None:
        """Ask the runner for its figures; one that is busy keeps its last. One question waits at a time."""
        if self.state != "running":
            return
        asked = self._asked
        if asked is None:
            asked = self._asked = AsyncResult()
            self._send({"op": "sample", "at": time.monotonic()})
        try:
            asked.get(timeout=SAMPLE_TIMEOUT)
        except gevent.Timeout:
            pass  # it is busy

    def status(self) -> dict[str, Any]:
        return {
            "number": self.number,
            "pid": self.pid,
            "state": self.state,
            "cpu_percent": self.gauge.cpu_percent(),
            "memory_bytes": self.gauge.memory(),
            "heap_bytes": self.heap_bytes,
            "lag_ms": self.lag_ms,
        }
