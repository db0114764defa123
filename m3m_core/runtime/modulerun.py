"""The run as JavaScript modules see it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import gevent
from gevent.lock import BoundedSemaphore

from ..contributions import RunSpec
from ..settings import Runtime
from .engine import Engine
from .notices import Notices
from .reports import Reports
from .runlog import RunLog


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
        self._closing: list[Callable[[], None]] = []
        self._slots = BoundedSemaphore(runtime.worker_pool_size)

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
        self._reports.add(name, source)

    def on_start(self, function: Callable[[], None]) -> None:
        self._starting.append(function)

    def on_close(self, function: Callable[[], None]) -> None:
        self._closing.append(function)

    def on_notice(self, topic: str, function: Callable[[], None]) -> None:
        self._notices.add(topic, function)
