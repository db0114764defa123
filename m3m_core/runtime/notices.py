"""Who in a runner wants to know that something of the project has changed."""

from __future__ import annotations

import logging
from collections.abc import Callable

log = logging.getLogger("m3m.runner")


class Notices:
    def __init__(self) -> None:
        self._functions: dict[str, list[Callable[[], None]]] = {}

    def add(self, topic: str, function: Callable[[], None]) -> None:
        self._functions.setdefault(topic, []).append(function)

    def tell(self, topic: str) -> None:
        """Call all that asked for the topic. One that fails is logged and does not stop the others."""
        for function in self._functions.get(topic, ()):
            try:
                function()
            except Exception:
                log.exception("a module failed to take in a notice of %s", topic)
