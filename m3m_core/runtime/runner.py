"""The process of one instance: the engine, its HTTP server, its log and the line to the supervisor."""

from __future__ import annotations

import logging
import os
import socket
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gevent
from gevent import socket as gsocket
from gevent.event import Event
from gevent.lock import BoundedSemaphore
from gevent.monkey import get_original

from .. import paths
from ..contributions import JSModule, RunSource, RunSpec, ScriptError
from ..http.proxies import Proxies
from .answers import simple
from .connection import request_part
from .engine import Engine
from .httpserver import HTTPServer
from .runlog import RunLog
from .timers import Timers
from .watchdog import watch
from .wire import lines, receive_handoff, send_line

if TYPE_CHECKING:
    from ..kernel import Kernel

EXIT_FAILED = 65
"""The user's code did not start (EX_DATAERR)."""

EXIT_MEMORY = 71
"""The JavaScript heap is full (EX_OSERR)."""

RawSocket = get_original("socket", "socket")
log = logging.getLogger("m3m.runner")


class Runner:
    """Implements `RunContext` for modules and `Host` for the engine."""

    def __init__(self, kernel: Kernel, control: Any, spec: RunSpec, instance: int) -> None:
        self.spec = spec
        self.instance = instance
        self._kernel = kernel
        self._control = control
        self._runtime = kernel.settings.runtime
        self._runlog = RunLog(Path(spec.log_path))
        self._reports: dict[str, Callable[[], Any]] = {}
        self._closing: list[Callable[[], None]] = []
        self._slots = BoundedSemaphore(self._runtime.worker_pool_size)
        self._go = Event()
        self._stopping = False
        self._engine = Engine(
            self,
            memory_limit=self._runtime.memory_limit,
            timeout=self._runtime.timeout,
            info=run_info(spec, instance),
        )
        self._timers = Timers(self._fire)
        self._server = HTTPServer(
            self._engine,
            self,
            slug=spec.slug,
            body_limit=kernel.settings.server.body_limit,
            request_prefix=f"{spec.run_id[-6:]}{instance}-",
            proxies=Proxies(kernel.settings.server.trusted_proxies),
        )

    # ---- for modules ----

    def log(self, level: str, message: str) -> None:
        self._runlog.write(level, message)

    def call(self, callback: int, *args: object, label: str) -> Any:
        return self._engine.call(callback, *args, label=label)

    def spawn(self, function: Callable[..., object], *args: object) -> None:
        gevent.spawn(self._in_slot, function, *args)

    def _in_slot(self, function: Callable[..., object], *args: object) -> None:
        with self._slots:
            function(*args)

    def report(self, name: str, source: Callable[[], Any]) -> None:
        self._reports[name] = source

    def on_close(self, function: Callable[[], None]) -> None:
        self._closing.append(function)

    # ---- for the engine ----

    def fail(self, label: str, error: ScriptError) -> None:
        self.log("error", describe(label, error))

    def timer(self, number: int, milliseconds: float) -> None:
        self._timers.add(number, milliseconds)

    def clear_timer(self, number: int) -> None:
        self._timers.clear(number)

    def _fire(self, number: int) -> None:
        if not self._engine.exhausted:
            self._guarded("timer", self._engine.fire, number)

    def _guarded(self, label: str, function: Callable[..., object], *args: object) -> None:
        try:
            function(*args)
        except ScriptError as error:
            self.fail(label, error)

    def start(self, job: Callable[[], None]) -> None:
        self.spawn(self._guarded, "promise", job)

    def request_part(self, number: int, part: str) -> str:
        return request_part(self._server.requests.get(number), part)

    def answer(self, number: int, text: str) -> None:
        connection = self._server.requests.get(number)
        if connection is not None:
            connection.answered(text)

    def exhausted(self) -> None:
        megabytes = self._runtime.memory_limit // (1024 * 1024)
        self.log("error", f"out of memory: the limit is {megabytes} MB; the instance is restarted")
        gevent.spawn_later(0.1, self._exit, EXIT_MEMORY)

    # ---- the life of the instance ----

    def run(self) -> None:
        """The plugins have started already, in the zygote. Load, boot, wait for the word, start, serve; return when the supervisor says stop or is gone."""
        watch(self._engine, self._runtime.timeout, self._stuck)
        gevent.spawn(self._listen_to_supervisor)
        try:
            self._engine.install(self._modules())
            self._engine.evaluate("main.js", self.spec.files["main"])
            self._engine.entry("boot")
            self._say("booted")
            self._go.wait()
            self._engine.entry("start")
        except ScriptError as error:
            self._start_failed(error)
        except Exception as error:
            log.exception("an instance failed to start")
            self._start_failed(ScriptError(f"a module failed to load: {error}", name="InternalError"))
        self._server.listen(paths.runners(self._kernel.settings) / self.spec.slug / f"{self.instance}.sock")
        self._say("started")
        Event().wait()

    def _modules(self) -> list[JSModule]:
        modules: list[JSModule] = []
        for answer in self._kernel.host.answers("m3m_js_modules", run=self):
            if answer.error is not None:
                raise ScriptError(f"plugin {answer.plugin} failed: {answer.error}", name="InternalError")
            modules += answer.value or ()
        return modules

    def _start_failed(self, error: ScriptError) -> None:
        self.fail("start", error)
        self._say("failed", error=error_details(error))
        self._exit(EXIT_FAILED)

    def _say(self, event: str, **more: Any) -> None:
        send_line(self._control, {"event": event, **more})

    def _listen_to_supervisor(self) -> None:
        for message in lines(self._control):
            match message["op"]:
                case "go":
                    self._go.set()
                case "sample":
                    self._say("sample", number=message["number"], sample=self._sample())
                case "stop":
                    gevent.spawn(self._stop)
        if not self._stopping:
            self._exit(0)  # the supervisor is gone, and with it all that could stop us later

    def _sample(self) -> dict[str, Any]:
        reports = {name: source() for name, source in self._reports.items()}
        return {**self._server.metrics.snapshot(), "heap_bytes": self._engine.memory(), "reports": reports}

    def _stop(self) -> None:
        self._stopping = True
        deadline = time.monotonic() + self._runtime.shutdown_timeout
        self._server.close(self._runtime.shutdown_timeout)
        self._engine.timeout = max(deadline - time.monotonic(), 0.1)
        self._guarded("service.shutdown", self._engine.entry, "shutdown")
        for function in self._closing:
            function()
        self._kernel.stop()
        self._exit(0)

    def _exit(self, status: int) -> None:
        self._runlog.flush()
        sys.stderr.flush()
        os._exit(status)  # no interpreter teardown: nothing is left to do, and JavaScript may still be on a stack

    # ---- the watchdog's thread: no greenlet, no JavaScript ----

    def _stuck(self, label: str, elapsed: float) -> None:
        limit = f"{self._runtime.timeout:g} s"
        text = f"{label}: stopped after {elapsed:.1f} s, the limit is {limit}; the instance is restarted"
        self._runlog.write_now("error", text)
        for connection in list(self._server.connections):
            if connection is self._engine.label:
                told = simple(504, f"The service did not answer within {limit}.", "timeout", request_id=connection.request.id)
                send_raw(connection.sock.fileno(), told)
            elif connection.active:
                send_raw(connection.sock.fileno(), BUSY)
        for channel in list(self._server.channels):
            refuse_waiting(channel.fileno())
        message = b'{"event":"stuck","label":%s}\n' % json_text(text)
        send_raw(self._control.fileno(), message)


def json_text(text: str) -> bytes:
    import orjson

    return orjson.dumps(text)


BUSY = simple(503, "The service is being restarted.", "unavailable", retry_after=1)


def send_raw(fd: int, data: bytes) -> None:
    try:
        os.write(fd, data)
    except OSError:
        pass  # the process is about to end; there is nobody left to tell


def refuse_waiting(fd: int) -> None:
    """Answer the connections that were handed to us and that we did not take yet."""
    channel = RawSocket(socket.AF_UNIX, socket.SOCK_SEQPACKET, 0, os.dup(fd))
    try:
        while (handed := receive_handoff(channel, socket.MSG_DONTWAIT)) is not None:
            send_raw(handed.fd, BUSY)
    except OSError:
        pass  # no more are waiting


def run_info(spec: RunSpec, instance: int) -> dict[str, Any]:
    """What `service.info()` shows and what modules know of the run."""
    return {
        "slug": spec.slug,
        "version": spec.source.name,
        "run_id": spec.run_id,
        "instance": instance,
        "debug": spec.source.is_debug,
    }


def describe(label: str, error: ScriptError) -> str:
    head = f"{error.name}: {error.message}" if error.name else error.message
    return f"{label}: {head}\n{error.stack}".rstrip()


def error_details(error: ScriptError) -> dict[str, Any]:
    return {
        "message": f"{error.name}: {error.message}" if error.name else error.message,
        "file": error.file,
        "line": error.line,
        "column": error.column,
        "stack": error.stack,
    }


def spec_from(told: dict[str, Any]) -> RunSpec:
    return RunSpec(**{**told, "source": RunSource(**told["source"])})


def main(kernel: Kernel, control_fd: int) -> None:
    """The body of a forked runner. The first line on the control socket says what to run."""
    control = gsocket.socket(fileno=control_fd)
    order = next(lines(control), None)
    if order is not None:
        Runner(kernel, control, spec_from(order["spec"]), order["instance"]).run()
