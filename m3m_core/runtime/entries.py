"""The functions of the prelude that Python calls, taken out of the reach of user code."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


class Entries:
    def __init__(self, context: Any) -> None:
        self._context = context
        self._borrowed = [self._take(name) for name in ("refuse", "require", "rejected")]  # the native part's
        self.tell_rejections = self._take("tellRejections")
        self.settle = self._take("settle")
        self.callback = self._take("callback")
        self.entry = self._take("entry")
        self.fire = self._take("fire")
        self.prepare = self._take("prepare")
        self.install = self._take("install")
        self.wake = self._take("wake")
        self.evaluate = self._take("evaluate")

    def _take(self, name: str) -> Callable[..., Any]:
        full = f"__enter_{name}"
        function: Callable[..., Any] = self._context.get(full)
        self._context.eval(f"delete globalThis.{full}")
        return function
