"""A project that crashed stays crashed, with its last error, until it is started again: whatever restarts meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson

from m3m_core import RunChange

from .documents import Crash

if TYPE_CHECKING:
    from m3m_builtins.projects.documents import Project

CRASHED = "crashed"


def remember(change: RunChange) -> None:
    source = change.spec.source
    Crash(
        id=change.spec.project_id,
        run_id=change.spec.run_id,
        kind=source.kind,
        name=source.name,
        tag=source.tag,
        error_text=orjson.dumps(dict(change.error) if change.error else None).decode(),
    ).save()


def projects() -> list[str]:
    """The ids of those that are remembered."""
    return list(Crash.objects.scalar("id"))


def forget(project_id: str) -> None:
    Crash.objects(id=project_id).delete()


def recalled(project: Project, status: dict[str, Any]) -> dict[str, Any]:
    """The status, or for a project that crashed before the supervisor was started, that crash."""
    if status["run_id"] is not None or project.status != CRASHED:
        return status
    crash = Crash.objects(id=project.id).first()
    if crash is None:
        return status | {"status": CRASHED}
    source = {"kind": crash.kind, "name": crash.name, "tag": crash.tag, "is_stable": crash.tag == "stable"}
    return status | {"status": CRASHED, "source": source, "run_id": crash.run_id, "last_error": crash.error}
