"""The rules about releases."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from m3m_core import NotFound

from .documents import Branch, LastVersion, Release

if TYPE_CHECKING:
    from m3m_builtins.projects.documents import Project
    from m3m_builtins.projects.service import ProjectService

Bump = Literal["minor", "major"]
Tag = Literal["stable", "hot-fix", "night-build", "develop"]

STABLE = "stable"
VERSION = re.compile(r"(0|[1-9][0-9]{0,8})\.(0|[1-9][0-9]{0,8})")


class Releases:
    def __init__(self, projects: ProjectService) -> None:
        self._projects = projects

    def page(self, project_id: str, skip: int, limit: int) -> tuple[list[Release], int]:
        """A part of the releases, newest version first, without their code, and the number of all."""
        found = Release.objects(project_id=project_id)
        shown = found.exclude("content").order_by("-major", "-minor").skip(skip).limit(limit)
        return list(shown), found.count()

    def get(self, project_id: str, version: str) -> Release:
        """Raises NotFound."""
        parts = VERSION.fullmatch(version)
        release: Release | None = (
            parts and Release.objects(project_id=project_id, major=int(parts[1]), minor=int(parts[2])).first()
        )
        if release is None:
            raise NotFound(f"There is no release {version}.")
        return release

    def next_versions(self, project_id: str) -> dict[Bump, str]:
        """What a release would be numbered that is published now."""
        last = LastVersion.objects(id=project_id).first() or LastVersion(id=project_id)
        return {"minor": f"{last.major}.{last.minor + 1}", "major": f"{last.major + 1}.0"}

    def publish(self, branch: Branch, bump: Bump, tag: Tag, comment: str, author: str) -> Release:
        """Make the branch's code, as it was read, the next release."""
        major, minor = _next_version(branch.project_id, bump)
        release = Release(
            project_id=branch.project_id,
            major=major,
            minor=minor,
            branch=branch.name,
            tag=tag,
            comment=comment,
            content=branch.content,
            created_by=author,
        )
        release.save(force_insert=True)
        return release

    def delete(self, project: Project, version: str) -> None:
        """Raises NotFound, Conflict for the active and for a running one."""
        release = self.get(project.id, version)
        self._projects.retire_release(project.id, release.version)
        Release.objects(id=release.id).delete()


def is_running(project: Project, release: Release) -> bool:
    source = project.running_source
    return source is not None and source.kind == "release" and source.name == release.version


def _next_version(project_id: str, bump: Bump) -> tuple[int, int]:
    """In one step, so that two publications at once get two versions, and no version ever comes back."""
    step = {"inc__minor": 1} if bump == "minor" else {"inc__major": 1, "set__minor": 0}
    last: LastVersion = LastVersion.objects(id=project_id).modify(**step, upsert=True, new=True)
    return last.major, last.minor
