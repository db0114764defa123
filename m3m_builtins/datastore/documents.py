"""Models: the schemas of records. Records themselves are plain documents, one collection for each model."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from mongoengine import (
    BinaryField,
    BooleanField,
    DateTimeField,
    DictField,
    Document,
    EmbeddedDocument,
    EmbeddedDocumentField,
    IntField,
    ListField,
    StringField,
)

from m3m_core import new_id, now


class Pending(EmbeddedDocument):
    """A change of a model that its records must still follow. Whoever finds it after `until` finishes it.

    `old_fields` and `old_slug` are those before the change; once `moved`, the records are found by the new slug. With
    `force`, values that do not fit are removed; with `delete`, the model is being deleted.
    """

    old_fields: list[dict[str, Any]] = ListField(DictField())
    old_slug: str = StringField(required=True)
    moved: bool = BooleanField(default=False)
    renamed: dict[str, str] = DictField()
    force: bool = BooleanField(default=False)
    delete: bool = BooleanField(default=False)
    since: datetime = DateTimeField(required=True)
    until: datetime = DateTimeField(required=True)


class Model(Document):
    """`fields` are `schema.Field` as dictionaries. `pending` is None unless records still follow a change.

    `importing_until`: an import that has not ended by then never will, and is to be undone.
    """

    id: str = StringField(primary_key=True, default=new_id)
    project_id: str = StringField(required=True)
    name: str = StringField(required=True)
    slug: str = StringField(required=True)
    fields: list[dict[str, Any]] = ListField(DictField())
    table_config: dict[str, Any] = DictField()
    form_config: dict[str, Any] = DictField()
    revision: int = IntField(default=1)
    pending: Pending | None = EmbeddedDocumentField(Pending, null=True)
    importing_until: datetime | None = DateTimeField()
    created_at: datetime = DateTimeField(default=now)
    updated_at: datetime = DateTimeField(default=now)

    meta: ClassVar[dict[str, Any]] = {
        "collection": "models",
        "auto_create_index": False,
        "indexes": [{"fields": ["project_id", "slug"], "unique": True}, {"fields": ["pending.until"], "sparse": True}],
    }


class Import(Document):
    """An import under way: the records that it creates, as their ids one after the other; `revision` is the model's.

    `parts` counts those that were begun. Once it is `undoing`, no other part is.
    """

    id: str = StringField(primary_key=True, default=new_id)
    collection: str = StringField(required=True)
    model_id: str = StringField(required=True)
    revision: int = IntField(required=True)
    ids: bytes = BinaryField(required=True)
    boot: str = StringField(required=True)
    until: datetime = DateTimeField(required=True)
    parts: int = IntField(default=0)
    undoing: bool = BooleanField(default=False)

    meta: ClassVar[dict[str, Any]] = {"collection": "record_imports", "auto_create_index": False}


def ensure_indexes() -> None:
    Model.ensure_indexes()
