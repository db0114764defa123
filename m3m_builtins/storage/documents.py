"""Public links to files."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from mongoengine import DateTimeField, Document, StringField

from m3m_core import new_id, now


class Link(Document):
    """Leads to whatever file is at `path`. The token itself is known only to those who have the address."""

    id: str = StringField(primary_key=True, default=new_id)
    project_id: str = StringField(required=True)
    path: str = StringField(required=True)
    token_hash: str = StringField(required=True)
    created_at: datetime = DateTimeField(default=now)
    expires_at: datetime | None = DateTimeField(null=True)

    meta: ClassVar[dict[str, Any]] = {
        "collection": "storage_links",
        "auto_create_index": False,
        "indexes": [
            {"fields": ["token_hash"], "unique": True},
            {"fields": ["project_id", "-id"]},
            {"fields": ["expires_at"], "expireAfterSeconds": 0},
        ],
    }


def ensure_indexes() -> None:
    Link.ensure_indexes()
