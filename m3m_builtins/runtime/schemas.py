"""Bodies, queries and answers of the HTTP API."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, ValidationInfo, field_validator

from m3m_core.http import PageQuery


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
    """`lag_ms` is how late its event loop took up the last question."""

    number: int
    pid: int
    state: Literal["booting", "booted", "running", "stopping", "dead"]
    cpu_percent: float
    memory_bytes: int
    heap_bytes: int
    lag_ms: float


class RouteAnswer(BaseModel):
    method: str
    path: str


class JobRunAnswer(BaseModel):
    started_at: str
    duration_ms: int
    error: str | None


class JobAnswer(BaseModel):
    """`history` holds the last runs, the newest one last."""

    id: str
    name: str
    kind: str
    plan: str
    timezone: str
    overlap: Literal["skip", "queue", "allow"]
    state: Literal["standby", "paused", "running", "finished", "waiting"]
    next_run: str | None
    runs: int
    skipped: int
    history: list[JobRunAnswer]


class ErrorAnswer(BaseModel):
    """The place is known when the service's own code failed; `where`, which request or job, when it ran already."""

    message: str
    at: str | None = None
    where: str | None = None
    file: str | None = None
    line: int | None = None
    column: int | None = None
    stack: str | None = None


class StatusAnswer(BaseModel):
    """`requests`, `errors` and `restarts` are of this run. `routes` and `jobs`: the first, when there is no room.

    `reports`: what modules of plugins tell of the instance, by name.
    """

    status: Literal["running", "stopped", "starting", "stopping", "crashed"]
    source: SourceAnswer | None
    run_id: str | None
    started_at: str | None
    uptime_s: float
    instances: list[InstanceAnswer]
    routes: list[RouteAnswer]
    routes_total: int
    jobs: list[JobAnswer]
    jobs_total: int
    reports: dict[str, Any]
    requests: int
    errors: int
    restarts: int
    last_error: ErrorAnswer | None


class SlotAnswer(BaseModel):
    """Five minutes from `at` on. Memory, heap and lag are the highest that were seen."""

    at: str
    cpu_percent: float
    memory_bytes: int
    heap_bytes: int
    lag_ms: float
    requests: int
    errors: int
    jobs: int
    restarts: int
    p50_ms: float | None
    p95_ms: float | None


class RouteFiguresAnswer(BaseModel):
    route: str
    hits: int
    errors: int
    p50_ms: float | None
    p95_ms: float | None


class HostAnswer(BaseModel):
    """`cpu_percent` is of all processors together."""

    cpu_percent: float
    cpu_count: int
    memory_bytes: int
    memory_total_bytes: int
    disk_bytes: int
    disk_total_bytes: int


class MonitorAnswer(StatusAnswer):
    """`slots` end with the current one; `by_route` counts since `by_route_since`, the most used first."""

    slots: list[SlotAnswer]
    by_route: list[RouteFiguresAnswer]
    by_route_since: str
    host: HostAnswer
    sizes: dict[str, int]


class MonitorQuery(BaseModel):
    """So many slots of five minutes before the current one."""

    slots: Annotated[int, Field(ge=0, le=288)] = 288


class LogEntryAnswer(BaseModel):
    cursor: str
    time: str
    level: Literal["debug", "info", "warn", "error"]
    message: str


class LogQuery(PageQuery):
    """Entries of one level, with a text in them; newest first, before an entry, or in order what came after one."""

    level: Literal["", "debug", "info", "warn", "error"] = ""
    search: Annotated[str, Field(max_length=200)] = ""
    after: str = ""
    before: str = ""
    skip_total: bool = False

    @field_validator("before")
    @classmethod
    def _one_direction(cls, before: str, info: ValidationInfo) -> str:
        if before and info.data.get("after"):
            raise ValueError("after and before do not go together")
        return before
