"""What a person makes for a project before its service runs."""

from __future__ import annotations

from typing import Any

from .client import Project


def field(key: str, kind: str = "string", **more: Any) -> dict[str, Any]:
    return {"key": key, "type": kind, **more}


def model(project: Project, slug: str, *fields: dict[str, Any]) -> None:
    project.ask("POST", "/models", {"name": slug, "slug": slug, "fields": fields})


def environment(project: Project, **values: str | int) -> None:
    for key, value in values.items():
        kind = "integer" if isinstance(value, int) else "string"
        project.ask("POST", "/env", {"key": key, "type": kind, "value": value})


def goal(project: Project, slug: str, kind: str) -> None:
    project.ask("POST", "/goals", {"name": slug, "slug": slug, "type": kind})
