"""The process of one instance: the engine, its HTTP server, its log and the line to the supervisor."""

from __future__ import annotations

import logging
import os
import signal
import sys
import time
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

import gevent
from gevent import socket as gsocket
from gevent.event import Event

from .. import paths
from ..contributions import RunSpec, ScriptError
from . import errortexts, lastwords
from .engine import Engine
from .exits import EXIT_FAILED, EXIT_MEMORY, EXIT_TERMINATED
from .hostrun import HostRun
from .modules import Modules
from .runinfo import others_of
from .sampling import Sampler
from .voice import Voice
from .watchdog import watch
from .wire import lines, spec_from

if TYPE_CHECKING:
    from ..kernel import Kernel

ANSWERS_PAUSE = 0.1
"""Seconds for answers to go out before an instance whose memory is full ends."""

COUNTS_PAUSE = 1.0
"""Seconds that counts may wait for the supervisor to hear of them: a process that is killed loses so much at most."""

log = logging.getLogger("m3m.runner")


class Runner(HostRun):
    """Implements `RunContext` for modules and `Host` for the engine; has the life of the process."""

    def __init__(
        self,
        kernel: Kernel,
        engine: Engine,
        modules: Modules,
        control: Any,
        orders: Iterator[dict[str, Any]],
        spec: RunSpec,
        instance: int,
    ) -> None:
        """`control` is the line to the supervisor, `orders` what still comes in on it."""
        super().__init__(engine, spec, instance, kernel.settings.runtime, kernel.settings.server, kernel.host)
        self._kernel = kernel
        self._modules = modules
        self._control = control
        self._say = Voice(control).say
        self._orders = orders
        self._runtime = kernel.settings.runtime
        self._go = Event()
        self._is_stopping = False
        self._sampler = Sampler(engine, self._metrics, self._reports, self._failure)
        self._metrics.on_news = partial(gevent.spawn_later, COUNTS_PAUSE, self._tell_counts)

    # ---- for the engine ----

    def exhausted(self) -> None:
        text = f"{lastwords.told(self._server)}: {errortexts.out_of_memory(self._runtime.memory_limit)}"
        self.log("error", f"{text}; the instance ends")
        self._say("dying", message=text, gains=self._sampler.counted())  # now: it may not come to its end
        gevent.spawn_later(ANSWERS_PAUSE, self._end_exhausted)

    def _end_exhausted(self) -> None:
        lastwords.refuse_all(self._server)
        self._tell_counts()
        self._exit(EXIT_MEMORY)

    # ---- the life of the instance ----

    def run(self) -> None:
        """Load, boot, wait for the word, start, serve until the supervisor says stop or is gone. Does not return.

        The plugins have started already, in the zygote.
        """
        gevent.signal_handler(signal.SIGTERM, self._terminated)
        watch(self._engine, self._server.outbox.send_now, self._stuck)
        gevent.spawn(self._listen_to_supervisor)
        try:
            self._engine.wake(self._modules.of(self))
            self._engine.evaluate("main.js", self.spec.files["main"], others_of(self.spec))
            self._engine.entry("boot")
            self._say("booted")
            self._go.wait()
            self._engine.entry("start")
            self.begin()
        except ScriptError as error:
            self._start_failed(error)
        except Exception as error:
            log.exception("an instance failed to start")
            self._start_failed(ScriptError(f"a module failed to load: {error}", name="InternalError"))
        self._server.listen(paths.runner_socket(self._kernel.settings, self.spec.slug, self.instance))
        self._say("started")
        Event().wait()

    def _start_failed(self, error: ScriptError) -> None:
        self.fail("start", error)
        told = errortexts.details(error, self._runtime.memory_limit)
        self._say("failed", error=told, final=errortexts.is_final(error), gains=self._sampler.counted())
        self._exit(EXIT_FAILED)

    def _tell_counts(self) -> None:
        self._metrics.is_told_soon = False
        self._say("counted", gains=self._sampler.counted())

    def _listen_to_supervisor(self) -> None:
        for message in self._orders:
            try:
                self._obey(message)
            except Exception:
                log.exception("order %s failed", message["op"])
        if not self._is_stopping:
            self._exit(0)  # the supervisor is gone, and with it all that could stop us later

    def _obey(self, message: dict[str, Any]) -> None:
        match message["op"]:
            case "go":
                self._go.set()
            case "ping":
                self._say("pong")
            case "sample":
                self._say("sample", sample=self._sampler.take(message["at"]))
            case "notice":
                self._notices.tell(message["topic"])
                self._say("noticed", number=message["number"])
            case "stop":
                gevent.spawn(self._stop)

    def _terminated(self) -> None:
        if self._is_stopping:
            self._exit(EXIT_TERMINATED)  # the supervisor has waited long enough
        self.log("warn", "the process was told from outside to end (SIGTERM)")
        self._stop(EXIT_TERMINATED)

    def _stop(self, status: int = 0) -> None:
        if self._is_stopping:
            return
        self._is_stopping = True
        deadline = time.monotonic() + self._runtime.shutdown_timeout
        try:
            for function in self._stopping:
                function()
            self._server.close(self._runtime.shutdown_timeout)
            self._engine.timeout = max(deadline - time.monotonic(), 0.1)
            self._guarded("service.shutdown", self._engine.entry, "shutdown")
            for function in self._closing:
                function()
            self._kernel.stop()
        except Exception:
            log.exception("an instance did not close properly")
        lastwords.refuse_all(self._server)
        self._say("sample", sample=self._sampler.take(time.monotonic()))
        self._exit(status)

    def _exit(self, status: int) -> None:
        sys.stderr.flush()
        os._exit(status)  # no interpreter teardown: nothing is left to do, and JavaScript may still be on a stack

    # ---- the watchdog's thread: no greenlet, no JavaScript ----

    def _stuck(self, elapsed: float) -> None:
        limit = self._runtime.shutdown_timeout if self._is_stopping else self._runtime.timeout
        text = f"{lastwords.told(self._server)}: stopped after {elapsed:.1f} s, the limit is {limit:g} s"
        self._runlog.write_last("error", f"{text}; the instance ends")
        self._metrics.is_told_soon = True  # below, by this thread
        lastwords.refuse_all(self._server, f"The service did not answer within {limit:g} s.")
        lastwords.say_dying(self._control, text, self._sampler.counted())


def warm_engine(kernel: Kernel, modules: Modules) -> Engine:
    """An engine that knows every module's script: made once, before the fork, so that runners share it."""
    runtime = kernel.settings.runtime
    engine = Engine(memory_limit=runtime.memory_limit, timeout=runtime.timeout)
    engine.prepare(modules.listed)
    return engine


def main(kernel: Kernel, engine: Engine, modules: Modules, control_fd: int) -> None:
    """The body of a forked runner. The first line on the control socket says what to run."""
    control = gsocket.socket(fileno=control_fd)
    orders = lines(control)
    first = next(orders, None)
    if first is not None:
        Runner(kernel, engine, modules, control, orders, spec_from(first["spec"]), first["instance"]).run()
