"""One runner as the supervisor sees it."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

import gevent
import psutil
from gevent.event import AsyncResult, Event

from ..contributions import RunSpec
from .forge import Forge, exit_reason
from .runner import EXIT_FAILED, EXIT_MEMORY
from .watchdog import EXIT_STUCK
from .wire import lines, send_line

TERM_GRACE = 1.0
"""Seconds between SIGTERM and SIGKILL."""

SAMPLE_TIMEOUT = 0.25
"""Seconds to wait for a runner's own figures; a busy one is shown with its last."""


class Instance:
    """`state` is booting, booted, running, stopping or dead. `error` is why it did not start or why it died."""

    def __init__(self, spec: RunSpec, number: int, forge: Forge, on_death: Callable[[Instance], None]) -> None:
        self.spec = spec
        self.number = number
        self.state = "booting"
        self.error: dict[str, Any] | None = None
        self.code_is_wrong = False
        self.dead = Event()
        self._on_death = on_death
        self._booted = AsyncResult()
        self._started = AsyncResult()
        self._exit_status: int | None = None
        self._exited = Event()
        self._samples: dict[int, AsyncResult] = {}
        self._sample: dict[str, Any] = {}
        self._sample_number = 0
        self.pid, self._control = forge.spawn()
        self._process = process_of(self.pid)
        gevent.spawn(self._listen)

    # ---- starting ----

    def order(self) -> None:
        """Tell the fresh process what it is."""
        try:
            send_line(self._control, {"spec": asdict(self.spec), "instance": self.number})
        except OSError:
            pass  # it died already; its death is on its way

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

    # ---- what it says ----

    def _listen(self) -> None:
        for message in lines(self._control):
            match message["event"]:
                case "booted":
                    self.state = "booted"
                    self._booted.set(True)
                case "started":
                    self.state = "running"
                    self._started.set(True)
                case "failed":
                    self.error = message["error"]
                    self.code_is_wrong = True
                case "stuck":
                    self.error = {"message": message["label"]}
                case "sample":
                    self._sample = message["sample"]
                    waiting = self._samples.pop(message["number"], None)
                    if waiting is not None:
                        waiting.set(True)
        self._died()

    def _died(self) -> None:
        self._control.close()
        self._exited.wait(TERM_GRACE)
        was_wanted = self.state == "stopping"
        self.state = "dead"
        if self.error is None and not was_wanted:
            self.error = {"message": self._death_message()}
        self._booted.set(False)
        self._started.set(False)
        self.dead.set()
        self._on_death(self)

    def exited(self, status: int) -> None:
        self._exit_status = status
        self._exited.set()

    def _death_message(self) -> str:
        status = self._exit_status
        known = {EXIT_STUCK: "a piece of code did not return in time", EXIT_MEMORY: "the memory limit was reached"}
        if status is not None and os.WIFEXITED(status) and os.WEXITSTATUS(status) in known:
            return known[os.WEXITSTATUS(status)]
        if status is not None and os.WIFEXITED(status) and os.WEXITSTATUS(status) == EXIT_FAILED:
            return "the service failed to start"
        return f"the process of instance {self.number} " + ("is gone" if status is None else exit_reason(status))

    # ---- ending it ----

    def stop(self, seconds: float) -> None:
        """`service.shutdown` gets `seconds`, then SIGTERM, a second later SIGKILL. Returns when it is dead."""
        if self.state == "dead":
            return
        self.state = "stopping"
        self._send({"op": "stop"})
        if self.dead.wait(seconds):
            return
        self._kill(signal.SIGTERM)
        if not self.dead.wait(TERM_GRACE):
            self.kill()

    def kill(self) -> None:
        if self.state != "dead":
            self.state = "stopping"
            self._kill(signal.SIGKILL)
            self.dead.wait()

    def end_for(self, message: str) -> None:
        """Kill it for a reason that its owner must see."""
        self.error = {"message": message}
        self._kill(signal.SIGKILL)

    def _kill(self, number: signal.Signals) -> None:
        try:
            os.kill(self.pid, number)
        except ProcessLookupError:
            pass  # it died in this moment

    # ---- figures ----

    def sample(self) -> dict[str, Any]:
        """The runner's own figures: the newest it can give at once, else the last."""
        if self.state == "running":
            self._sample_number += 1
            waiting = self._samples[self._sample_number] = AsyncResult()
            self._send({"op": "sample", "number": self._sample_number})
            try:
                waiting.get(timeout=SAMPLE_TIMEOUT)
            except gevent.Timeout:
                self._samples.pop(self._sample_number, None)
        return self._sample

    def status(self) -> dict[str, Any]:
        cpu, memory = 0.0, 0
        try:
            if self._process is not None:
                cpu, memory = self._process.cpu_percent(), self._process.memory_info().rss
        except psutil.Error:
            pass  # it died in this moment: zeros are true
        return {"pid": self.pid, "cpu_percent": cpu, "memory_bytes": memory, "state": self.state}

    def memory(self) -> int:
        return int(self.status()["memory_bytes"])


def process_of(pid: int) -> psutil.Process | None:
    try:
        process = psutil.Process(pid)
        process.cpu_percent()  # the first call only sets the starting point
    except psutil.Error:
        return None
    return process

