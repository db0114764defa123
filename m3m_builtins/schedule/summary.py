"""Jobs in the status of a run: as much of them as it takes."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

import orjson

from m3m_core import REPORT_LIMIT

from .job import HISTORY, Job


def summary(jobs: Collection[Job], limit: int = REPORT_LIMIT) -> list[dict[str, Any]]:
    """With their last runs; when that is too much with the newest run of each; then the first jobs that fit."""
    found: list[dict[str, Any]] = []
    for runs in (HISTORY, 1):
        found = fitting((job.describe(runs) for job in jobs), limit)
        if len(found) == len(jobs):
            break
    return found


def fitting(rows: Iterable[dict[str, Any]], limit: int) -> list[dict[str, Any]]:
    """The first rows, as long as they have at most `limit` bytes together as JSON."""
    found, size = [], len("[]") - len(",")  # none after the last
    for row in rows:
        size += len(orjson.dumps(row)) + len(",")
        if size > limit:
            break
        found.append(row)
    return found
