"""One JavaScript context and the only door into it. No other module imports the engine library.

One piece of JavaScript runs at a time: `_gate` is held from entry to exit, and across a host call that blocks. QuickJS
frames live on the C stack, so two greenlets must never be inside at once.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any

import orjson
import quickjs
from gevent import getcurrent
from gevent.lock import Semaphore

from ..contributions import JSModule, ScriptError
from .answers import NO_ROUTER
from .bridge import UNDEFINED, HostFunctions, decode, encode, loads, sealed
from .entries import Entries
from .errortexts import OUT_OF_MEMORY
from .faults import script_error
from .heap import Heap
from .host import Host
from .native import Native
from .prelude import PRELUDE
from .results import Results
from .sourcefiles import MAIN, SourceFiles, readable

STACK_LIMIT = 1024 * 1024
"""Bytes of C stack for JavaScript; the thread has 8 MB."""

MODULES, PROMISE, TIMER = "modules", "promise", "timer"
"""Labels of pieces that may go on with what began under another one."""


class Engine:
    """`timeout` in seconds bounds the wait for the gate and a promise; a piece that never returns is the watchdog's.

    `label` and `entered` say what is running and since when (monotonic seconds; 0: nothing).
    """

    _host: Host

    def __init__(self, *, memory_limit: int, timeout: float) -> None:
        self.label: Any = ""
        self.entered = 0.0
        self.timeout = timeout
        self._info: dict[str, Any] = {}
        self._gate = Semaphore(1)
        self._inside: Any = None
        self._results = Results()
        self._functions = HostFunctions(())
        self._request: Callable[..., str] | None = None
        self._files = SourceFiles()
        self._context = quickjs.Context()
        self._context.set_max_stack_size(STACK_LIMIT)
        self._heap = Heap(self._context, memory_limit, lambda: self._host.exhausted())
        self._job = self._context.execute_pending_job
        self._native = Native(self._context, self._files)
        self._open()

    def _open(self) -> None:
        for name, function in self._callables().items():
            self._context.add_callable(f"__host_{name}", sealed(function))
        self._context.eval(PRELUDE)
        self._native.watch()
        self._enter = Entries(self._context)

    def _callables(self) -> dict[str, Callable[..., Any]]:
        return {
            "call": lambda index, arguments: self._functions.call(int(index), arguments),
            "start": self._start,
            "settled": self._results.settled,
            "functions": lambda name: self._functions.functions(name),
            "source": lambda name: self._functions.source(name),
            "timer": lambda number, wait: self._host.timer(int(number), wait),
            "clearTimer": lambda number: self._host.clear_timer(int(number)),
            "fail": lambda label, told, count: self._host.fail(label, script_error(loads(told)), count=int(count)),
            "log": lambda level, line: self._host.log(level, line),
            "info": lambda: orjson.dumps(self._info).decode(),
            "exhausted": self._heap.out_of_memory,
            "requestEntry": self._request_entry,
            "requestPart": lambda number, part: self._host.request_part(int(number), part),
            "routed": self._routed,
            "answer": lambda number, text: self._host.answer(int(number), text),
            "resolve": self._files.asked,
            "file": self._files.opened,
            "admitMain": self._files.admit_main,
            "isModule": lambda name: name in self._files.compiled,
            "random": random.random,
        }

    # ---- called by JavaScript: never raises ----

    def _start(self, index: int, arguments: str, promise: int) -> None:
        def job() -> None:
            envelope = self._functions.call(int(index), arguments)
            self.settle(int(promise), envelope)

        self._host.start(job, pooled=self._functions.is_pooled(int(index)))

    def _routed(self, mark: str) -> None:
        self.label.mark = mark

    def _request_entry(self) -> None:
        self._request = self._context.get("__enter_request")

    # ---- entries ----

    def _run(self, label: Any, patience: float | None, entry: Callable[..., Any], *arguments: Any) -> Any:
        """What an entry of the prelude gives. `patience` in seconds bounds the wait for others to come out.

        Raises ScriptError. No context manager: this is on the path of each request.
        """
        me = getcurrent()
        if self._inside is me:
            raise RuntimeError("a host function must not call JavaScript back while JavaScript waits for it")
        if not self._gate.acquire(timeout=patience):
            raise ScriptError("the instance was busy for too long", name="TimeoutError", code="timeout")
        self._inside = me
        self.label = label
        self.entered = time.monotonic()
        try:
            found = entry(*arguments)
            self._finish()
        except quickjs.JSException as error:  # only what our own prelude could not catch: no memory is left
            message = str(error)
            if "null" in message or OUT_OF_MEMORY in message:
                message = OUT_OF_MEMORY
                self._heap.exhaust()
            raise ScriptError(message, name="InternalError") from None
        finally:
            self.entered = 0.0
            self._inside = None
            self._gate.release()
        return found

    def _finish(self) -> None:
        """Run what waits for the end of the present piece; then, what was rejected and is handled by nobody."""
        while self._job():
            pass
        while self._native.rejections:
            self._native.rejections = False
            self._enter.tell_rejections()
            while self._job():
                pass

    def attach(self, host: Host, info: dict[str, Any]) -> None:
        """The process that this engine works for. An engine may be made before a fork and attached after it."""
        self._host = host
        self._info = info

    def prepare(self, modules: Sequence[JSModule]) -> None:
        """Define the modules' globals, read their scripts and run those of eager ones, so that all forks share that.

        A script that fails here does so again when it is used.
        """
        self._define(modules)
        for module in modules:
            with suppress(ScriptError):
                self._run(MODULES, None, self._enter.prepare, module.name, module.script)
        with suppress(ScriptError):
            self._run(MODULES, None, self._enter.wake)
        self._context.gc()  # the next one, which writes to the whole heap and so copies it, is far off

    def wake(self, make: Callable[[str], JSModule]) -> None:
        """Run the scripts of eager modules that did not run yet. `make` gives a module of this run by its name."""
        self._functions.bind(make)
        self._run(MODULES, None, self._enter.wake)

    def _define(self, modules: Sequence[JSModule]) -> None:
        self._functions = HostFunctions(modules)
        self._run(MODULES, None, self._enter.install, self._functions.describe())

    def evaluate(self, file: str, source: str, others: Mapping[str, str] | None = None) -> None:
        """Run a user's file at the top level; it may import and require the `others`, by name.

        A file with import or export runs as a module. Raises ScriptError with the position in the files.
        """
        text = readable(source)
        if file == MAIN:
            self._files.fill(others or {}, text)
        above = self._files.room(text)
        placed = "\n" * above + text
        try:
            self._wait(f"top level of {file}", lambda call: self._enter.evaluate(file, above, placed, call))
        except ScriptError as error:
            raise self._files.placed(error) from None

    def request(self, number: int, label: Any, method: str, path: str, query: str) -> str:
        """Hand a request to the router's JavaScript; the answer's text, or "" when it comes later.

        `label.mark` becomes the mark of the route that takes it, before the route's handler runs.
        """
        if self._request is None:
            return NO_ROUTER
        text: str = self._run(label, self.timeout, self._request, number, method, path, query)
        return text

    def call(self, callback: int, *arguments: object, label: str, still: Callable[[], bool] | None = None) -> Any:
        """Call a registered function, wait for its promise: as long as it is `still` wanted, else up to the timeout.

        Raises ScriptError.
        """
        text = encode(arguments)[1:]
        return self._wait(label, lambda number: self._enter.callback(callback, number, text), still)

    def entry(self, name: str, *arguments: object) -> Any:
        """Call a named entry (`boot`, `start`, `shutdown`) when a module has given one. Raises ScriptError."""
        text = encode(arguments)[1:]
        return self._wait(f"service.{name}", lambda number: self._enter.entry(name, number, text))

    def _wait(self, label: str, enter: Callable[[int], str], still: Callable[[], bool] | None = None) -> Any:
        """Enter JavaScript and wait for what it gives, now or by a promise."""
        call = self._results.open()
        try:
            envelope = self._run(label, self.timeout, enter, call)
            if not envelope:
                envelope = self._results.wait(call, label, self.timeout, still)
        finally:
            self._results.close(call)
        return None if envelope == UNDEFINED else decode(envelope)

    def settle(self, promise: int, envelope: str) -> None:
        self._run(PROMISE, None, self._enter.settle, promise, envelope)

    def fire(self, timer: int) -> None:
        self._run(TIMER, None, self._enter.fire, timer)

    @property
    def exhausted(self) -> bool:
        """JavaScript ran out of memory: the context must not be used any longer."""
        return self._heap.exhausted

    def memory(self) -> int:
        """Bytes of the JavaScript heap in use."""
        return self._heap.used()
