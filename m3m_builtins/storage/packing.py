"""Zip archives from files of a project."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterator
from typing import BinaryIO

from m3m_core import Invalid, NotFound, TooLarge, field

from .drafts import Draft
from .entries import Entry
from .paths import Parts
from .steps import CHUNK, Steps
from .tree import Tree

MOST_ENTRIES = 10_000
OLDEST = (1980, 1, 1, 0, 0, 0)
"""Archives know no time before."""


def pack(tree: Tree, sources: list[Parts], target: Parts, limit: int) -> Steps[Entry]:
    """A new archive of files and folders; each is in it under its own name.

    Raises Conflict when there is something at `target`, TooLarge for more than `limit` bytes or 10,000 entries.
    """
    _check_names(sources)
    with tree.draft() as draft:
        total = 0
        with (
            os.fdopen(os.dup(draft.fd), "w+b") as out,
            zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive,
        ):
            for count, (entry, name) in enumerate(_listed(tree, sources)):
                total += entry.size
                if count >= MOST_ENTRIES or total > limit:
                    raise too_much(limit)
                yield from _add(tree, entry, name, archive, draft)
        return tree.place(draft, target, replace=False)


def too_much(limit: int) -> TooLarge:
    return TooLarge(f"An archive may hold {MOST_ENTRIES} files and {limit} bytes at most.", code="archive_too_large")


def _check_names(sources: list[Parts]) -> None:
    names = [parts[-1] for parts in sources]
    if len(set(names)) < len(names):
        message = "Two of them have the same name, which one archive cannot have."
        raise Invalid(message, fields={"paths": field("same_name", message)})


def _listed(tree: Tree, sources: list[Parts]) -> Iterator[tuple[Entry, str]]:
    """Everything to pack, and its name in the archive."""
    for parts in sources:
        entry = tree.stat(parts)
        above = len(parts) - 1
        yield entry, entry.name
        if entry.is_dir:
            yield from ((below, "/".join(below.parts[above:])) for below in tree.walk(parts))


def _add(tree: Tree, entry: Entry, name: str, archive: zipfile.ZipFile, draft: Draft) -> Steps[None]:
    described = zipfile.ZipInfo(name + "/" * entry.is_dir, max(entry.updated_at.timetuple()[:6], OLDEST))
    described.compress_type = zipfile.ZIP_DEFLATED
    described.external_attr = (0o40755 << 16 | 0x10) if entry.is_dir else 0o100644 << 16
    described.file_size = entry.size
    if entry.is_dir:
        archive.writestr(described, b"")
        yield
        return
    draft.check_room(entry.size)
    try:
        file, entry = tree.open(entry.parts)
    except NotFound:
        return  # deleted meanwhile
    with file, archive.open(described, "w") as out:
        yield from _copy(file, out, entry.size)


def _copy(file: BinaryIO, out: object, size: int) -> Steps[None]:
    """What a file had when it was opened; it may be growing."""
    while size and (data := file.read(min(CHUNK, size))):
        out.write(data)  # type: ignore[attr-defined]  # zipfile gives no name to what it opens
        size -= len(data)
        yield
