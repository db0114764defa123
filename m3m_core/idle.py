"""A run that is not live: what JavaScript modules are asked with when only their names and types are wanted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .contributions import RunSource, RunSpec, ScriptError
from .errors import Unavailable


class IdleRun:
    """A RunContext that keeps nothing and runs nothing."""

    spec = RunSpec(project_id="", slug="", run_id="", source=RunSource("branch", ""), files={}, log_path="")
    instance = 0

    def log(self, level: str, message: str) -> None:
        """Drop the line: there is no run to log to."""

    def call(self, callback: int, *args: object, label: str) -> Any:  # noqa: ARG002  # the protocol's names
        raise Unavailable(f"{label}: no service is running here")

    def fail(self, label: str, error: ScriptError) -> None:
        """Drop it: nothing runs here that could fail."""

    def spawn(self, function: Callable[..., object], *args: object) -> None:
        """Do nothing: there is no instance to run beside."""

    def report(self, name: str, source: Callable[[], Any]) -> None:
        """Forget it: nobody can ask for the status."""

    def on_start(self, function: Callable[[], None]) -> None:
        """Forget it: this run never starts."""

    def on_stop(self, function: Callable[[], None]) -> None:
        """Forget it: what never began does not end."""

    def on_close(self, function: Callable[[], None]) -> None:
        """Forget it: what never began does not end."""

    def on_notice(self, topic: str, function: Callable[[], None]) -> None:
        """Forget it: nobody notifies what does not run."""
