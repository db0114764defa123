"""Bodies and answers of the HTTP API."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel


class StartBody(BaseModel):
    """A release or a branch; neither: the active release."""

    version: str | None = None
    branch: str | None = None


class SourceAnswer(BaseModel):
    """`tag` is a release's; a branch is a debug run."""

    kind: Literal["release", "branch"]
    name: str
    tag: str
    is_stable: bool


class InstanceAnswer(BaseModel):
    pid: int
    cpu_percent: float
    memory_bytes: int
    state: str


class RouteAnswer(BaseModel):
    method: str
    path: str


class StatusAnswer(BaseModel):
    status: Literal["running", "stopped", "starting", "stopping", "crashed"]
    source: SourceAnswer | None
    run_id: str | None
    started_at: str | None
    uptime_s: float
    instances: list[InstanceAnswer]
    routes: list[RouteAnswer]
    jobs: list[dict[str, Any]]
    requests: int
    errors: int
    restarts: int
    last_error: dict[str, Any] | None


class LogEntryAnswer(BaseModel):
    cursor: str
    time: str
    level: Literal["debug", "info", "warn", "error"]
    message: str
