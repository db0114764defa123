"""Bodies and answers of the HTTP API."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, Field, StringConstraints

from .documents import Project
from .members import Member, Role

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]
Slug = Annotated[str, StringConstraints(max_length=63)]
Color = Annotated[str, StringConstraints(max_length=20)]
Instances = Annotated[int, Field(ge=1, le=16)]
Status = Literal["running", "stopped", "starting", "stopping", "crashed"]


class NewProject(BaseModel):
    name: Name
    slug: Slug
    color: Color | None = None
    auto_start: bool = True
    instances: Instances = 1


class ProjectChanges(BaseModel):
    """Given keys only are changed."""

    name: Name = ""
    slug: Slug = ""
    color: Color | None = None
    auto_start: bool = True
    instances: Instances = 1


class NewMember(BaseModel):
    user_id: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{24}$")]


class SourceAnswer(BaseModel):
    kind: Literal["release", "branch"]
    name: str
    tag: str


class ProjectAnswer(BaseModel):
    """`running_source` is what runs now, null when nothing does."""

    id: str
    name: str
    slug: str
    color: str | None
    owner_id: str
    members: list[str]
    status: Status
    auto_start: bool
    active_release: str | None
    running_source: SourceAnswer | None
    instances: int
    created_at: datetime
    updated_at: datetime

    @classmethod
    def of(cls, project: Project) -> ProjectAnswer:
        return cls.model_validate(_values(project))


class ProjectEntry(ProjectAnswer):
    """A project in a list. What its instances use is null when nothing runs, or when it cannot be told for now."""

    cpu_percent: float | None = None
    memory_bytes: int | None = None

    @classmethod
    def listed(cls, project: Project, usage: Mapping[str, object]) -> ProjectEntry:
        return cls.model_validate({**_values(project), **usage})


class ProjectWithKey(ProjectAnswer):
    """`api_key` is null for those who were granted access without being members."""

    api_key: str | None

    @classmethod
    def of(cls, project: Project, *, with_key: bool = False) -> ProjectWithKey:
        return cls.model_validate(_values(project) | {"api_key": project.api_key if with_key else None})


class MemberAnswer(BaseModel):
    """`role` granted: the user has access by their own rights. `avatar` is the address of the picture."""

    id: str
    email: str
    name: str
    avatar: str | None
    role: Role

    @classmethod
    def of(cls, member: Member) -> MemberAnswer:
        user = member.user
        return cls(id=user.id, email=user.email, name=user.name, avatar=user.avatar_address, role=member.role)


class ColorAnswer(BaseModel):
    name: str
    hex: str


def _values(project: Project) -> dict[str, object]:
    source = project.running_source
    return {
        "id": project.id,
        "name": project.name,
        "slug": project.slug,
        "color": project.color,
        "owner_id": project.owner_id,
        "members": list(project.members),
        "status": project.status,
        "auto_start": project.auto_start,
        "active_release": project.active_release,
        "running_source": source and {"kind": source.kind, "name": source.name, "tag": source.tag},
        "instances": project.instances,
        "created_at": project.created_at,
        "updated_at": project.updated_at,
    }
