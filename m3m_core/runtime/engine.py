"""One JavaScript context and the only door into it. No other module imports the engine library.

One piece of JavaScript runs at a time: `_gate` is held from entry to exit, and across a host call that blocks. QuickJS
frames live on the C stack, so two greenlets must never be inside at once.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from importlib import resources
from typing import Any, Protocol

import orjson
import quickjs
from gevent import Timeout, getcurrent
from gevent.event import AsyncResult
from gevent.lock import Semaphore

from ..contributions import JSModule, ScriptError
from .bridge import UNDEFINED, HostFunctions, decode, encode, encode_error, loads, script_error

STACK_LIMIT = 1024 * 1024
"""Bytes of C stack for JavaScript; the thread has 8 MB."""

FIRST_LINE = 100_000
"""Empty lines above the first user file, more than a module's script has lines: prelude.js tells files by lines."""

PRELUDE = resources.files(__package__).joinpath("prelude.js").read_text()


class Host(Protocol):
    """What the engine needs of the process around it."""

    def log(self, level: str, line: str) -> None: ...
    def fail(self, label: str, error: ScriptError) -> None: ...
    def timer(self, number: int, milliseconds: float) -> None: ...
    def start(self, job: Callable[[], None]) -> None: ...
    def request_part(self, number: int, part: str) -> str: ...
    def answer(self, number: int, text: str) -> None: ...
    def clear_timer(self, number: int) -> None: ...
    def exhausted(self) -> None: ...


class Engine:
    """`timeout` in seconds bounds the wait for the gate and a promise; a piece that never returns is the watchdog's.

    `label` and `entered` say what is running and since when (monotonic seconds; 0: nothing). `exhausted` becomes true
    when JavaScript ran out of memory: the context must not be used any longer.
    """

    _host: Host

    def __init__(self, *, memory_limit: int, timeout: float) -> None:
        self.label: Any = ""
        self.entered = 0.0
        self.exhausted = False
        self.timeout = timeout
        self._info: dict[str, Any] = {}
        self._gate = Semaphore(1)
        self._inside: Any = None
        self._results: dict[int, AsyncResult] = {}
        self._last_call = 0
        self._functions = HostFunctions(())
        self._request: Callable[..., str] | None = None
        self._above = FIRST_LINE
        self._memory_limit = memory_limit
        self._context = quickjs.Context()
        self._context.set_memory_limit(memory_limit)
        self._context.set_max_stack_size(STACK_LIMIT)
        self._job = self._context.execute_pending_job
        self._open()

    def _open(self) -> None:
        for name, function in self._callables().items():
            self._context.add_callable(f"__host_{name}", sealed(function))
        self._context.eval(PRELUDE)
        self._settle = self._take("settle")
        self._callback = self._take("callback")
        self._entry = self._take("entry")
        self._fire = self._take("fire")
        self._prepare = self._take("prepare")
        self._install = self._take("install")
        self._evaluate = self._take("evaluate")

    def _callables(self) -> dict[str, Callable[..., Any]]:
        return {
            "call": lambda index, arguments: self._functions.call(int(index), arguments),
            "start": self._start,
            "settled": self._settled,
            "source": lambda name: self._functions.source(name),
            "timer": lambda number, wait: self._host.timer(int(number), wait),
            "clearTimer": lambda number: self._host.clear_timer(int(number)),
            "fail": lambda label, told: self._host.fail(label, script_error(loads(told))),
            "log": lambda level, line: self._host.log(level, line),
            "info": lambda: orjson.dumps(self._info).decode(),
            "exhausted": self._out_of_memory,
            "requestEntry": self._request_entry,
            "requestPart": lambda number, part: self._host.request_part(int(number), part),
            "answer": lambda number, text: self._host.answer(int(number), text),
        }

    def _take(self, name: str) -> Callable[..., Any]:
        """A function of the prelude, out of the reach of user code."""
        full = f"__enter_{name}"
        function: Callable[..., Any] = self._context.get(full)
        self._context.eval(f"delete globalThis.{full}")
        return function

    # ---- called by JavaScript: never raises ----

    def _start(self, index: int, arguments: str, promise: int) -> None:
        def job() -> None:
            envelope = self._functions.call(int(index), arguments)
            self.settle(int(promise), envelope)

        self._host.start(job)

    def _settled(self, call: int, envelope: str) -> None:
        waiting = self._results.pop(int(call), None)
        if waiting is not None:
            waiting.set(envelope)

    def _out_of_memory(self) -> bool:
        """JavaScript caught what may be the end of its memory: a full heap is; one huge request for memory is not."""
        if self.memory() > self._memory_limit // 2:
            self._exhaust()
        return self.exhausted

    def _exhaust(self) -> None:
        if not self.exhausted:
            self.exhausted = True
            self._host.exhausted()

    def _request_entry(self) -> None:
        self._request = self._context.get("__enter_request")

    # ---- entries ----

    @contextmanager
    def _entered(self, label: Any, patience: float | None) -> Iterator[None]:
        """Inside, JavaScript may run. `patience` in seconds bounds the wait for others to come out, None does not."""
        me = getcurrent()
        if self._inside is me:
            raise RuntimeError("a host function must not call JavaScript back while JavaScript waits for it")
        if not self._gate.acquire(timeout=patience):
            raise ScriptError("the instance was busy for too long", name="TimeoutError", code="timeout")
        self._inside = me
        self.label = label
        self.entered = time.monotonic()
        try:
            yield
            while self._job():
                pass
        except quickjs.JSException as error:  # only what our own prelude could not catch: no memory is left
            if "null" in str(error) or "out of memory" in str(error):
                self._exhaust()
            raise ScriptError(str(error), name="InternalError") from None
        finally:
            self.entered = 0.0
            self._inside = None
            self._gate.release()

    def attach(self, host: Host, info: dict[str, Any]) -> None:
        """The process that this engine works for. An engine may be made before a fork and attached after it."""
        self._host = host
        self._info = info

    def prepare(self, modules: Iterable[JSModule]) -> None:
        """Read the modules' scripts, so that all forks share them. One that cannot be read fails when it is used."""
        for module in modules:
            with suppress(ScriptError), self._entered("modules", None):
                self._prepare(module.name, module.script)

    def install(self, modules: list[JSModule]) -> None:
        """Make the modules' globals; scripts of eager ones run now."""
        self._functions = HostFunctions(modules)
        described = self._functions.describe()
        with self._entered("modules", None):
            self._install(described)

    def evaluate(self, file: str, source: str) -> None:
        """Run a user's file at the top level. Raises ScriptError with the position in that file."""
        above, text = self._above, readable(source)
        self._above += text.count("\n") + text.count("\r") + FIRST_LINE
        with self._entered(f"top level of {file}", None):
            envelope = self._evaluate(file, above, "\n" * above + text)
        decode(envelope)

    def request(self, number: int, label: Any, method: str, path: str, query: str) -> str:
        """Hand a request to the router's JavaScript; the answer's text, or "" when it comes later."""
        if self._request is None:
            return NO_ROUTER
        with self._entered(label, self.timeout):
            text: str = self._request(number, method, path, query)
        return text

    def call(self, callback: int, *arguments: object, label: str) -> Any:
        """Call a registered function, wait for its promise. Raises ScriptError."""
        return self._invoke(self._callback, callback, arguments, label)

    def entry(self, name: str, *arguments: object) -> Any:
        """Call a named entry (`boot`, `start`, `shutdown`) when a module has given one. Raises ScriptError."""
        return self._invoke(self._entry, name, arguments, f"service.{name}")

    def _invoke(self, function: Callable[..., Any], target: int | str, arguments: tuple[Any, ...], label: str) -> Any:
        self._last_call += 1
        call = self._last_call
        result = self._results[call] = AsyncResult()
        try:
            with self._entered(label, self.timeout):
                envelope = function(target, call, encode(arguments)[1:])
            if not envelope:
                envelope = result.get(timeout=self.timeout)
        except Timeout:
            raise ScriptError(
                f"{label}: the promise did not settle within {self.timeout:g} s", name="TimeoutError", code="timeout"
            ) from None
        finally:
            self._results.pop(call, None)
        return None if envelope == UNDEFINED else decode(envelope)

    def settle(self, promise: int, envelope: str) -> None:
        with self._entered("promise", None):
            self._settle(promise, envelope)

    def fire(self, timer: int) -> None:
        with self._entered("timer", None):
            self._fire(timer)

    def memory(self) -> int:
        """Bytes of the JavaScript heap in use."""
        return int(self._context.memory()["memory_used_size"])


def readable(source: str) -> str:
    """Without what may stand before the code of a file: a byte order mark and a `#!` line."""
    text = source.removeprefix("\ufeff")
    return "//" + text[2:] if text.startswith("#!") else text


def sealed(function: Callable[..., Any]) -> Callable[..., Any]:
    """An exception that leaves a callable corrupts the interpreter: it becomes an error envelope instead."""

    def call(*arguments: Any) -> Any:
        try:
            return function(*arguments)
        except BaseException as error:
            return encode_error(error)

    return call


NO_ROUTER = (
    'r {"s":404,"h":[["Content-Type","application/json"]]}\n{"error":"This service has no routes.","code":"no_route"}'
)
