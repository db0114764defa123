"""How a front or the command line asks the supervisor."""

from __future__ import annotations

import socket
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from .. import errors
from ..contributions import RunSpec
from .wire import lines, send_line

PING_TIMEOUT = 2.0

QUICK_TIMEOUT = 15.0
"""Seconds for questions that do not wait for a service."""


class SupervisorClient:
    """One connection per question. Raises the M3MError that the supervisor answers, Unavailable when it is away."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def start(self, spec: RunSpec) -> dict[str, Any]:
        """The status once `service.start` is done. Raises Invalid (code `start_failed`) or Conflict."""
        return self._ask("start", spec=asdict(spec))  # type: ignore[no-any-return]

    def restart(self, spec: RunSpec) -> dict[str, Any]:
        """The status once what ran has ended and `service.start` is done. Raises like `start`.

        A stop that comes meanwhile wins: then this raises Conflict (code `start_stopped`).
        """
        return self._ask("restart", spec=asdict(spec))  # type: ignore[no-any-return]

    def start_many(self, specs: Sequence[RunSpec]) -> dict[str, str]:
        """All boots, then all starts; the errors by project id."""
        return self._ask("start_many", specs=[asdict(spec) for spec in specs])  # type: ignore[no-any-return]

    def stop(self, project_id: str) -> dict[str, Any]:
        return self._ask("stop", project_id=project_id)  # type: ignore[no-any-return]

    def status(self, project_id: str) -> dict[str, Any]:
        return self._ask("status", timeout=QUICK_TIMEOUT, project_id=project_id)  # type: ignore[no-any-return]

    def usage(self, project_ids: Sequence[str]) -> dict[str, dict[str, Any]]:
        """`cpu_percent` and `memory_bytes` of those projects that have instances, by project id."""
        return self._ask("usage", timeout=PING_TIMEOUT, project_ids=list(project_ids))  # type: ignore[no-any-return]

    def monitor(self, project_id: str, slots: int) -> dict[str, Any]:
        """The status, and the history: so many slots of five minutes, and the current one."""
        return self._ask("monitor", timeout=QUICK_TIMEOUT, project_id=project_id, slots=slots)  # type: ignore[no-any-return]

    def figures(self) -> dict[str, Any]:
        """What all projects use and have counted."""
        return self._ask("figures", timeout=QUICK_TIMEOUT)  # type: ignore[no-any-return]

    def forget(self, project_id: str) -> None:
        """The project is deleted: what runs of it ends, and its history goes."""
        self._ask("forget", project_id=project_id)

    def coming(self) -> list[str]:
        """The slugs of services that answer, or are about to."""
        return self._ask("coming", timeout=QUICK_TIMEOUT)  # type: ignore[no-any-return]

    def notify(self, project_id: str, topic: str) -> None:
        """Tell the running instances of a project that something of it has changed (`RunContext.on_notice`).

        When this returns, all have taken it in but those that are busy for longer than a second.
        """
        self._ask("notify", timeout=QUICK_TIMEOUT, project_id=project_id, topic=topic)

    def reload(self) -> None:
        """Have new runs made with the plugins as they are on disk."""
        self._ask("reload")

    def ping(self) -> bool:
        try:
            return bool(self._ask("ping", timeout=PING_TIMEOUT))
        except errors.M3MError:
            return False

    def _ask(self, op: str, *, timeout: float | None = None, **arguments: Any) -> Any:
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as sock:
                sock.settimeout(timeout)
                sock.connect(str(self._path))
                send_line(sock, {"op": op, "arguments": arguments})
                answer = next(lines(sock), None)
        except OSError:
            answer = None
        if answer is None:
            raise errors.Unavailable("The supervisor is starting. Try again in a moment.", retry_after=2)
        if "error" in answer:
            raise error_from(answer["error"])
        return answer["value"]


def error_from(told: dict[str, Any]) -> errors.M3MError:
    kind: type[errors.M3MError] = getattr(errors, told["type"], errors.M3MError)
    return kind(
        told["message"],
        code=told.get("code"),
        fields=told.get("fields"),
        retry_after=told.get("retry_after"),
        details=told.get("details"),
    )
