"""What is remembered of a crash when the server that saw it is gone."""

from __future__ import annotations

from typing import Any, ClassVar

import orjson
from mongoengine import Document, StringField


class Crash(Document):
    """The last crash of a project, whose id is the document's; `error_text` is the last error as JSON."""

    id: str = StringField(primary_key=True)
    run_id: str = StringField(required=True)
    kind: str = StringField(required=True)
    name: str = StringField(required=True)
    tag: str = StringField(default="")
    error_text: str = StringField(default="null")

    meta: ClassVar[dict[str, Any]] = {"collection": "crashes", "auto_create_index": False}

    @property
    def error(self) -> Any:
        return orjson.loads(self.error_text)
