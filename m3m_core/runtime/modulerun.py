"""The run as JavaScript modules see it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import gevent

from ..contributions import RunSpec, ScriptError
from ..settings import Runtime
from . import errortexts
from .engine import Engine
from .metrics import Metrics
from .newest import NewestFailure
from .notices import Notices
from .reports import Reports
from .runlog import RunLog
from .workers import Workers


class ModuleRun:
    """Implements `RunContext`."""

    def __init__(self, engine: Engine, spec: RunSpec, instance: int, runtime: Runtime) -> None:
        self.spec = spec
        self.instance = instance
        self._engine = engine
        self._runlog = RunLog(Path(spec.log_path), runtime.log_limit)
        self._reports = Reports()
        self._notices = Notices()
        self._starting: list[Callable[[], None]] = []
        self._begun = False
        self._stopping: list[Callable[[], None]] = []
        self._closing: list[Callable[[], None]] = []
        self._metrics = Metrics()
        self._memory_limit = runtime.memory_limit
        self._failure = NewestFailure(runtime.memory_limit)
        self._workers = Workers(runtime.worker_pool_size)

    def log(self, level: str, message: str) -> None:
        self._runlog.write(level, message)

    def fail(self, label: str, error: ScriptError, *, count: int = 1) -> None:
        self.log("error", errortexts.paragraph(label, error, self._memory_limit))
        self._failure.keep(label, error)
        if count:
            self._metrics.failed(count)

    def call(self, callback: int, *args: object, label: str) -> Any:
        self._metrics.called()
        return self._engine.call(callback, *args, label=label)

    def spawn(self, function: Callable[..., object], *args: object) -> None:
        self._workers.spawn(function, *args)

    def report(self, name: str, source: Callable[[], Any]) -> None:
        self._reports.add(name, source)

    def on_start(self, function: Callable[[], None]) -> None:
        if self._begun:
            gevent.spawn(function)  # of a module that is used for the first time just now
        else:
            self._starting.append(function)

    def begin(self) -> None:
        """`service.start` is done."""
        for function in self._starting:  # it may grow meanwhile
            function()
        self._begun = True

    def on_stop(self, function: Callable[[], None]) -> None:
        self._stopping.append(function)

    def on_close(self, function: Callable[[], None]) -> None:
        self._closing.append(function)

    def on_notice(self, topic: str, function: Callable[[], None]) -> None:
        self._notices.add(topic, function)
