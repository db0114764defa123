"""Bodies and answers of the HTTP API."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Self

from pydantic import BaseModel, Field, StringConstraints

from m3m_core.http import Paged

from .code import MOST_FILES
from .documents import Branch, Code, Release
from .releases import Bump, Tag

Name = Annotated[str, StringConstraints(max_length=100)]
Version = Annotated[str, StringConstraints(max_length=20)]


class FileBody(BaseModel):
    """A file besides the main one."""

    name: str
    code: str


class NewBranch(BaseModel):
    """A copy of a branch or a release; of `develop` when neither is given."""

    name: Name
    from_branch: Name | None = None
    from_release: Version | None = None


class BranchChanges(BaseModel):
    """Given keys only are changed. With `revision`: only if that is still the branch's."""

    code: str = ""
    files: Annotated[list[FileBody], Field(max_length=MOST_FILES)] = []
    revision: Annotated[int, Field(ge=1, le=2**53)] | None = None


class Reset(BaseModel):
    version: Version


class NewRelease(BaseModel):
    branch: Name
    bump: Bump
    comment: Annotated[str, StringConstraints(max_length=2000)] = ""
    tag: Tag


class BranchEntry(BaseModel):
    """A branch in a list, without its code."""

    name: str
    revision: int
    parent_branch: str | None
    created_from_release: str | None
    created_at: datetime
    updated_at: datetime

    @classmethod
    def of(cls, branch: Branch) -> BranchEntry:
        return cls.model_validate(_branch(branch))


class BranchAnswer(BranchEntry):
    code: str
    files: list[FileBody]

    @classmethod
    def of(cls, branch: Branch) -> BranchAnswer:
        return cls.model_validate(_branch(branch) | _content(branch.content))


class ReleaseEntry(BaseModel):
    """A release in a list, without its code. `created_by` is a user's id."""

    version: str
    branch: str
    tag: Tag
    comment: str
    is_active: bool
    is_running: bool
    created_at: datetime
    created_by: str

    @classmethod
    def of(cls, release: Release, *, active: bool, running: bool) -> Self:
        return cls.model_validate(_release(release, active=active, running=running))


class NextVersions(BaseModel):
    """The numbers that the next release will have: after the newest one ever made, which may be deleted."""

    minor: str
    major: str


class ReleaseList(Paged[ReleaseEntry]):
    next_versions: NextVersions


class ReleaseAnswer(ReleaseEntry):
    code: str
    files: list[FileBody]

    @classmethod
    def of(cls, release: Release, *, active: bool, running: bool) -> Self:
        return cls.model_validate(_release(release, active=active, running=running) | _content(release.content))


def _branch(branch: Branch) -> dict[str, object]:
    return {
        "name": branch.name,
        "revision": branch.revision,
        "parent_branch": branch.parent_branch,
        "created_from_release": branch.created_from_release,
        "created_at": branch.created_at,
        "updated_at": branch.updated_at,
    }


def _release(release: Release, *, active: bool, running: bool) -> dict[str, object]:
    return {
        "version": release.version,
        "branch": release.branch,
        "tag": release.tag,
        "comment": release.comment,
        "is_active": active,
        "is_running": running,
        "created_at": release.created_at,
        "created_by": release.created_by,
    }


def _content(content: Code) -> dict[str, object]:
    return {"code": content.main, "files": [{"name": file.name, "code": file.code} for file in content.files]}
