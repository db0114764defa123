"""What a runner tells the supervisor."""

from __future__ import annotations

from typing import Any

from gevent.lock import BoundedSemaphore

from .wire import send_line


class Voice:
    """One line at a time: a long one goes out in pieces, and another greenlet may speak meanwhile."""

    def __init__(self, control: Any) -> None:
        self._control = control
        self._turn = BoundedSemaphore(1)

    def say(self, event: str, **more: Any) -> None:
        with self._turn:
            try:
                send_line(self._control, {"event": event, **more})
            except OSError:
                pass  # the supervisor is gone, and this process ends with it
