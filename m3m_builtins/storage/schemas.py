"""Bodies and answers of the HTTP API."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, Field

from m3m_core.http import PageQuery

from .documents import Link
from .entries import Entry
from .links import LONGEST_LIFE

Paths = Annotated[list[str], Field(min_length=1, max_length=1000)]


class NewFolder(BaseModel):
    path: str


class Move(BaseModel):
    source: Annotated[str, Field(alias="from")]
    to: str


class NewFile(BaseModel):
    path: str
    content: str


class FileChanges(BaseModel):
    content: str


class NewLink(BaseModel):
    """`expires_in` is in seconds; null is never."""

    path: str
    expires_in: Annotated[int, Field(ge=1, le=LONGEST_LIFE)] | None = None


class Pack(BaseModel):
    """`to` is the new archive."""

    paths: Paths
    to: str


class Unpack(BaseModel):
    """`to` is the folder for what is in the archive."""

    path: str
    to: str


class EntryAnswer(BaseModel):
    """A file or a folder. `size` is in bytes; `mime` is null for a folder."""

    name: str
    path: str
    size: int
    is_dir: bool
    mime: str | None
    updated_at: datetime

    @classmethod
    def of(cls, entry: Entry) -> EntryAnswer:
        return cls.model_validate(_entry(entry))


class UploadAnswer(BaseModel):
    items: list[EntryAnswer]


class TextAnswer(EntryAnswer):
    content: str

    @classmethod
    def with_content(cls, entry: Entry, content: str) -> TextAnswer:
        return cls.model_validate(_entry(entry) | {"content": content})


class LinkEntry(BaseModel):
    """A link in a list; its address is told only once, when it is made."""

    id: str
    path: str
    created_at: datetime
    expires_at: datetime | None

    @classmethod
    def of(cls, link: Link) -> LinkEntry:
        return cls.model_validate(_link(link))


class LinkAnswer(LinkEntry):
    url: str

    @classmethod
    def with_url(cls, link: Link, url: str) -> LinkAnswer:
        return cls.model_validate(_link(link) | {"url": url})


def _entry(entry: Entry) -> dict[str, object]:
    names = ("name", "path", "size", "is_dir", "mime", "updated_at")
    return {name: getattr(entry, name) for name in names}


def _link(link: Link) -> dict[str, object]:
    return {name: getattr(link, name) for name in ("id", "path", "created_at", "expires_at")}


class FolderQuery(BaseModel):
    """`path` of a folder, empty for the top one."""

    path: str = ""


class EntriesQuery(PageQuery, FolderQuery):
    """The entries of a folder, in pages."""


class DownloadQuery(BaseModel):
    """`download`: browsers are asked to save the file."""

    download: bool = False
