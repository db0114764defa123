"""Branches (code that is being written) and releases (code that never changes)."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from mongoengine import (
    DateTimeField,
    Document,
    EmbeddedDocument,
    EmbeddedDocumentField,
    EmbeddedDocumentListField,
    IntField,
    StringField,
)

from m3m_core import new_id, now


class File(EmbeddedDocument):
    """A file besides the main one."""

    name: str = StringField(required=True)
    code: str = StringField(default="")


class Code(EmbeddedDocument):
    """All code of a branch or a release: `main` runs first."""

    main: str = StringField(default="")
    files: list[File] = EmbeddedDocumentListField(File)


class Branch(Document):
    """`revision` grows with each change of the code."""

    id: str = StringField(primary_key=True, default=new_id)
    project_id: str = StringField(required=True)
    name: str = StringField(required=True)
    content: Code = EmbeddedDocumentField(Code, default=Code)
    revision: int = IntField(default=1)
    parent_branch: str | None = StringField(null=True)
    created_from_release: str | None = StringField(null=True)
    created_at: datetime = DateTimeField(default=now)
    updated_at: datetime = DateTimeField(default=now)

    meta: ClassVar[dict[str, Any]] = {
        "collection": "branches",
        "auto_create_index": False,
        "indexes": [{"fields": ["project_id", "name"], "unique": True}],
    }


class Release(Document):
    """`created_by` is a user's id."""

    id: str = StringField(primary_key=True, default=new_id)
    project_id: str = StringField(required=True)
    major: int = IntField(required=True)
    minor: int = IntField(required=True)
    branch: str = StringField(required=True)
    tag: str = StringField(required=True)
    comment: str = StringField(default="")
    content: Code = EmbeddedDocumentField(Code, default=Code)
    created_at: datetime = DateTimeField(default=now)
    created_by: str = StringField(default="")

    meta: ClassVar[dict[str, Any]] = {
        "collection": "releases",
        "auto_create_index": False,
        "indexes": [{"fields": ["project_id", "-major", "-minor"], "unique": True}],
    }

    @property
    def version(self) -> str:
        return f"{self.major}.{self.minor}"


class LastVersion(Document):
    """The newest version that was ever given out in a project. `id` is the project's."""

    id: str = StringField(primary_key=True)
    major: int = IntField(default=0)
    minor: int = IntField(default=0)

    meta: ClassVar[dict[str, Any]] = {"collection": "release_versions", "auto_create_index": False}


def ensure_indexes() -> None:
    for document in (Branch, Release):
        document.ensure_indexes()
