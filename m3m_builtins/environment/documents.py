"""Variables of projects."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar, Literal

import orjson
from mongoengine import DateTimeField, Document, StringField

from m3m_core import new_id, now

Type = Literal["string", "text", "json", "integer", "float", "boolean"]


class Variable(Document):
    """`text` is the value as JSON: so every value comes back as it was, and none is ever read by the database."""

    id: str = StringField(primary_key=True, default=new_id)
    project_id: str = StringField(required=True)
    key: str = StringField(required=True)
    type: Type = StringField(required=True)
    text: str = StringField(required=True)
    created_at: datetime = DateTimeField(default=now)
    updated_at: datetime = DateTimeField(default=now)

    meta: ClassVar[dict[str, Any]] = {
        "collection": "environment",
        "auto_create_index": False,
        "indexes": [{"fields": ["project_id", "key"], "unique": True}],
    }

    @property
    def value(self) -> Any:
        return orjson.loads(self.text)


def ensure_indexes() -> None:
    Variable.ensure_indexes()
