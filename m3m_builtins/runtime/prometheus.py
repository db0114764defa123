"""The figures of all projects in the text format of Prometheus, version 0.0.4."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"

MOST_PROJECTS = 500
"""Projects with series of their own, the busiest ones; all others together are shown as OTHERS."""

OTHERS = "(others)"

Figures = Mapping[str, Any]

PROJECT: tuple[tuple[str, str, str, Callable[[Figures], float]], ...] = (
    ("project_up", "gauge", "1 when the project is running, else 0.", lambda told: told["status"] == "running"),
    ("project_instances", "gauge", "Running processes.", lambda told: told["instances"]),
    ("project_requests_total", "counter", "Requests answered.", lambda told: told["requests"]),
    (
        "project_errors_total",
        "counter",
        "Answers with a status of 500 and above, and other pieces that failed.",
        lambda told: told["errors"],
    ),
    ("project_jobs_total", "counter", "Jobs and delayed functions called.", lambda told: told["jobs"]),
    ("project_restarts_total", "counter", "Instances restarted after a crash.", lambda told: told["restarts"]),
    ("project_cpu_seconds_total", "counter", "Processor time used.", lambda told: told["cpu_seconds"]),
    ("project_memory_bytes", "gauge", "Resident memory of all processes.", lambda told: told["memory_bytes"]),
    ("project_js_heap_bytes", "gauge", "JavaScript heaps of all processes.", lambda told: told["heap_bytes"]),
    (
        "project_loop_lag_seconds",
        "gauge",
        "How late the slowest instance took up the last question.",
        lambda told: told["lag_ms"] / 1000,
    ),
)

SERVER: tuple[tuple[str, str, str, Callable[[Figures], float]], ...] = (
    ("host_cpu_ratio", "gauge", "Share of all processors in use.", lambda told: told["host"]["cpu_percent"] / 100),
    ("host_memory_bytes", "gauge", "Memory in use.", lambda told: told["host"]["memory_bytes"]),
    ("host_memory_total_bytes", "gauge", "Memory there is.", lambda told: told["host"]["memory_total_bytes"]),
    ("host_disk_bytes", "gauge", "Disk of the data folder in use.", lambda told: told["host"]["disk_bytes"]),
    ("host_disk_total_bytes", "gauge", "Disk of the data folder.", lambda told: told["host"]["disk_total_bytes"]),
    (
        "supervisor_memory_bytes",
        "gauge",
        "Resident memory of the supervisor.",
        lambda told: told["supervisor"]["memory_bytes"],
    ),
    (
        "supervisor_cpu_seconds_total",
        "counter",
        "Processor time of the supervisor.",
        lambda told: told["supervisor"]["cpu_seconds"],
    ),
    ("projects", "gauge", "Projects that have run since the supervisor started.", lambda told: len(told["projects"])),
    (
        "projects_running",
        "gauge",
        "Projects that run.",
        lambda told: sum(project["status"] == "running" for project in told["projects"]),
    ),
    ("requests_total", "counter", "Requests to all services.", lambda told: total(told["projects"], "requests")),
    ("errors_total", "counter", "Errors of all services.", lambda told: total(told["projects"], "errors")),
    ("jobs_total", "counter", "Jobs of all services.", lambda told: total(told["projects"], "jobs")),
    ("restarts_total", "counter", "Restarts of all services.", lambda told: total(told["projects"], "restarts")),
)


def render(figures: Figures, version: str) -> str:
    return "".join(f"{line}\n" for line in lines(figures, version))


def lines(figures: Figures, version: str) -> Iterator[str]:
    yield from head("info", "gauge", "The program.")
    yield sample("info", 1, version=version)
    for name, kind, text, value in SERVER:
        yield from head(name, kind, text)
        yield sample(name, value(figures))
    projects = bounded(figures["projects"])
    for name, kind, text, value in PROJECT:
        yield from head(name, kind, text)
        for project in projects:
            yield sample(name, value(project), **named(project))
    yield from head("project_request_seconds", "histogram", "Time from a request that was read to its answer.")
    for project in projects:
        yield from histogram("project_request_seconds", project)


def bounded(projects: Sequence[Figures]) -> list[Figures]:
    """By name; beyond MOST_PROJECTS the rest is added up."""
    if len(projects) <= MOST_PROJECTS:
        return sorted(projects, key=lambda project: str(project["slug"]))
    ordered = sorted(projects, key=lambda project: (-int(project["requests"]), str(project["slug"])))
    rest = ordered[MOST_PROJECTS:]
    names = [name for name, value in rest[0].items() if isinstance(value, int | float)]
    joined: dict[str, Any] = {name: total(rest, name) for name in names}
    joined |= {"id": "", "slug": OTHERS, "latencies": joined_latencies(rest)}
    joined |= {"status": "running" if any(project["status"] == "running" for project in rest) else "stopped"}
    return [*sorted(ordered[:MOST_PROJECTS], key=lambda project: str(project["slug"])), joined]


def joined_latencies(projects: Sequence[Figures]) -> list[tuple[float, int]]:
    columns = zip(*(project["latencies"] for project in projects), strict=True)
    return [(column[0][0], sum(count for _, count in column)) for column in columns]


def histogram(name: str, project: Figures) -> Iterator[str]:
    labels = named(project)
    for bound, count in project["latencies"]:
        yield sample(f"{name}_bucket", count, **labels, le=f"{bound:g}")
    yield sample(f"{name}_bucket", project["requests"], **labels, le="+Inf")
    yield sample(f"{name}_sum", project["latency_seconds"], **labels)
    yield sample(f"{name}_count", project["requests"], **labels)


def named(project: Figures) -> dict[str, str]:
    """The labels of a project: a slug may have been another's that ran under it before, an id never was."""
    return {"project": project["slug"], "project_id": project["id"]}


def total(projects: Iterable[Figures], name: str) -> float:
    return float(sum(project[name] for project in projects))


def head(name: str, kind: str, text: str) -> Iterator[str]:
    yield f"# HELP m3m_{name} {text}"
    yield f"# TYPE m3m_{name} {kind}"


def sample(name: str, value: float, **labels: str) -> str:
    told = ",".join(f'{key}="{escaped(text)}"' for key, text in labels.items())
    return f"m3m_{name}{{{told}}} {number(value)}" if told else f"m3m_{name} {number(value)}"


def escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")


def number(value: float) -> str:
    return str(int(value)) if value == int(value) else repr(round(value, 6))
