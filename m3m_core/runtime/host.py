"""The process around an engine."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from ..contributions import FileAnswer, ScriptError


class Host(Protocol):
    """What the engine needs of the process around it."""

    def log(self, level: str, line: str) -> None: ...
    def fail(self, label: str, error: ScriptError, *, count: int = 1) -> None:
        """Log it, and keep it for the status; it stands for `count` failures.

        Failed requests for 0: they count by the status of their answer.
        """

    def timer(self, number: int, milliseconds: float) -> None: ...
    def start(self, job: Callable[[], None], *, pooled: bool) -> None:
        """Run a host call beside JavaScript, `pooled`: few at once."""

    def request_part(self, number: int, part: str) -> str: ...
    def answer(self, number: int, text: str) -> bool:
        """Whether somebody still waits for it."""

    def open_file(self, path: str, headers: Mapping[str, str], options: Mapping[str, Any]) -> FileAnswer | None:
        """`m3m_open_file` of the plugins."""

    def clear_timer(self, number: int) -> None: ...
    def exhausted(self) -> None: ...
