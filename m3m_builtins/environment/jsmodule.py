"""The host side of `env`: all values of the project, read once and again after a change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from m3m_core import JSModule, RunContext, script_beside

from .service import TOPIC

if TYPE_CHECKING:
    from .service import EnvironmentService

SCRIPT = script_beside(__file__, "env.js")


class Env:
    """The first use in an instance is one query; a notice of a change makes the next use another."""

    def __init__(self, service: EnvironmentService, run: RunContext) -> None:
        self._service = service
        self._project_id = run.spec.project_id
        self._values: dict[str, Any] | None = None
        self._changes = 0
        run.on_notice(TOPIC, self._forget)

    def _forget(self) -> None:
        self._changes += 1
        self._values = None

    def _known(self) -> dict[str, Any]:
        while (values := self._values) is None:
            changes = self._changes
            values = self._service.values(self._project_id)
            if changes == self._changes:  # else it was changed while it was read
                self._values = values
        return values

    def get(self, key: str) -> list[Any] | None:
        """The value in a list, because it may be null itself; None when there is no such key."""
        known = self._known()
        return [known[key]] if key in known else None

    def has(self, key: str) -> bool:
        return key in self._known()

    def keys(self) -> list[str]:
        return list(self._known())

    def all(self) -> dict[str, Any]:
        return self._known()


def env_module(service: EnvironmentService, run: RunContext) -> JSModule:
    return JSModule("env", Env(service, run), SCRIPT)
