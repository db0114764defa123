"""What features still keep for projects that are no more."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from .documents import Deleted, Project


def remove(kept: Iterable[str], forget: Callable[[str], object]) -> None:
    """`kept` are the ids of the projects for which a feature keeps anything, `forget` removes it for one.

    What belongs to a project that never was here stays: it may be of another database, or a half of a backup.
    """
    for project_id in sorted(_gone({*kept})):
        forget(project_id)


def _gone(ids: set[str]) -> set[str]:
    deleted = set(Deleted.objects(id__in=list(ids)).scalar("id"))
    return deleted - set(Project.objects(id__in=list(deleted)).scalar("id"))  # one may be back, from a backup
