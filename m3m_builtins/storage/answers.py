"""Files as answers of a service: what the runner sends when a handler returns `router.file(...)`."""

from __future__ import annotations

from collections.abc import Mapping
from email.utils import format_datetime, parsedate_to_datetime
from typing import Any
from urllib.parse import quote

from m3m_core import UNKNOWN_MEDIA_TYPE, FileAnswer

from . import ranges
from .entries import Entry
from .media import SANDBOX, is_live
from .paths import file_parts_of
from .tree import Tree

UTF8 = frozenset({"application/javascript", "application/json", "image/svg+xml"})
"""What is text beside `text/*`."""


def opened(
    tree: Tree, path: str, headers: Mapping[str, str], options: Mapping[str, Any], *, confined: bool
) -> FileAnswer:
    """`confined`: what a file holds may not act as a page of this origin.

    Raises NotFound, Invalid for a folder or for what is no path.
    """
    file, entry = tree.open(file_parts_of(path))
    told = described(entry, options)
    if confined and is_live(dict(told)["Content-Type"]):
        told.append(("Content-Security-Policy", SANDBOX))
    if is_known(headers, entry):
        return FileAnswer(304, told, 0, file)
    try:
        part = ranges.wanted(headers.get("range"), headers.get("if-range"), entry)
    except ranges.UnsatisfiableError:
        return FileAnswer(416, [("Content-Range", f"bytes */{entry.size}")], 0, file)
    if part is None:
        return FileAnswer(200, told, entry.size, file)
    start, end = part
    file.seek(start)
    told.append(("Content-Range", f"bytes {start}-{end - 1}/{entry.size}"))
    return FileAnswer(206, told, end - start, file)


def described(entry: Entry, options: Mapping[str, Any]) -> list[tuple[str, str]]:
    seconds = options.get("maxAge")
    headers = [
        ("Content-Type", options.get("type") or content_type(entry.mime or UNKNOWN_MEDIA_TYPE)),
        ("ETag", f'"{entry.etag}"'),
        ("Last-Modified", format_datetime(entry.updated_at, usegmt=True)),
        ("Accept-Ranges", "bytes"),
        ("Cache-Control", "no-cache" if seconds is None else f"public, max-age={seconds}"),
        ("X-Content-Type-Options", "nosniff"),
    ]
    name = options.get("download")
    if name:
        headers.append(("Content-Disposition", attachment(entry.name if name is True else name)))
    return headers


def content_type(kind: str) -> str:
    return f"{kind}; charset=utf-8" if kind.startswith("text/") or kind in UTF8 else kind


def attachment(name: str) -> str:
    """RFC 6266: the name in ASCII for old clients, and as it is."""
    plain = "".join(char if " " <= char < "\x7f" and char not in '"\\%' else "_" for char in name)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def is_known(headers: Mapping[str, str], entry: Entry) -> bool:
    """Whether the client has this very content already."""
    tags = headers.get("if-none-match")
    if tags is not None:
        known = [tag.strip().removeprefix("W/") for tag in tags.split(",")]
        return "*" in known or f'"{entry.etag}"' in known
    since = headers.get("if-modified-since")
    try:
        return since is not None and entry.updated_at.replace(microsecond=0) <= parsedate_to_datetime(since)
    except (ValueError, TypeError):
        return False  # no date, or one without a zone
