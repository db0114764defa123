"""Projects."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from mongoengine import (
    BooleanField,
    DateTimeField,
    Document,
    EmbeddedDocument,
    EmbeddedDocumentField,
    IntField,
    ListField,
    StringField,
)

from m3m_core import new_id, now

STOPPED, CRASHED = "stopped", "crashed"


class Source(EmbeddedDocument):
    """What runs: a release or a branch. `tag` is the release's, empty for a branch."""

    kind: str = StringField(required=True)
    name: str = StringField(required=True)
    tag: str = StringField(default="")


class RunState(EmbeddedDocument):
    """What should run, for the next start of the server. `boot` names the server start that it belongs to."""

    boot: str = StringField(default="")
    run_id: str = StringField(default="")
    kind: str = StringField(required=True)
    name: str = StringField(required=True)
    tag: str = StringField(default="")


class Project(Document):
    """`run` is None when nothing should run.

    A `hidden` project is not complete: its creation has not ended, or its deletion has begun. Nobody sees it, and if
    a crash left it so, the next start of the server removes it.

    `retired_releases` are versions that are being or have been deleted: none of them can become active again.
    """

    id: str = StringField(primary_key=True, default=new_id)
    name: str = StringField(required=True)
    slug: str = StringField(required=True)
    color: str | None = StringField(null=True)
    owner_id: str = StringField(required=True)
    members: list[str] = ListField(StringField())
    api_key: str = StringField(required=True)
    api_key_hash: str = StringField(required=True)
    status: str = StringField(default=STOPPED)
    running_source: Source | None = EmbeddedDocumentField(Source, null=True)
    run: RunState | None = EmbeddedDocumentField(RunState, null=True)
    auto_start: bool = BooleanField(default=True)
    instances: int = IntField(default=1)
    active_release: str | None = StringField(null=True)
    retired_releases: list[str] = ListField(StringField())
    hidden: bool = BooleanField(default=False)
    created_at: datetime = DateTimeField(default=now)
    updated_at: datetime = DateTimeField(default=now)

    meta: ClassVar[dict[str, Any]] = {
        "collection": "projects",
        "auto_create_index": False,
        "indexes": [
            {"fields": ["slug"], "unique": True},
            {"fields": ["api_key_hash"], "unique": True},
            {"fields": ["owner_id"]},
            {"fields": ["members"]},
        ],
    }


class Deleted(Document):
    """The id of a project that is no more: what a feature that was off then still keeps for it may go.

    A project that is neither here nor among the projects may be one of another database, or of a backup that is still
    to be put back: its files are no leftovers.
    """

    id: str = StringField(primary_key=True)
    at: datetime = DateTimeField(default=now)

    meta: ClassVar[dict[str, Any]] = {"collection": "deleted_projects", "auto_create_index": False}


def ensure_indexes() -> None:
    Project.ensure_indexes()
