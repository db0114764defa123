"""What is in a folder: files and folders, nothing else."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from m3m_core import NotFound, media_type_of

from . import failures
from .paths import Parts, is_shown, text


@dataclass(frozen=True)
class Entry:
    """A file or a folder. `size` is in bytes, 0 for a folder; `mime` is None for a folder.

    `etag` is another one whenever the content is another one.
    """

    name: str
    path: str
    size: int
    is_dir: bool
    mime: str | None
    updated_at: datetime
    etag: str

    @property
    def parts(self) -> Parts:
        return tuple(self.path.split("/")) if self.path else ()


def entry_of(parts: Parts, found: os.stat_result) -> Entry:
    """Raises NotFound for what is neither file nor folder: links and devices are as if they were not there."""
    is_dir = stat.S_ISDIR(found.st_mode)
    if not is_dir and not stat.S_ISREG(found.st_mode):
        raise failures.not_found()
    moment = datetime.fromtimestamp(found.st_mtime_ns // 1_000_000 / 1000, UTC)
    return Entry(
        name=parts[-1] if parts else "",
        path=text(parts),
        size=0 if is_dir else found.st_size,
        is_dir=is_dir,
        mime=None if is_dir else media_type_of(parts[-1]),
        updated_at=moment,
        etag=f"{found.st_ino:x}-{found.st_mtime_ns:x}-{found.st_size:x}",
    )


def look(folder: int, parts: Parts) -> Entry:
    """What is called `parts[-1]` in an open folder. Raises NotFound, OSError."""
    return entry_of(parts, os.stat(parts[-1], dir_fd=folder, follow_symlinks=False))


def names(folder: int) -> list[tuple[bool, str]]:
    """Every file and folder of an open folder, folders first, then by name: whether it is a file, and its name."""
    with os.scandir(folder) as found:
        listed = [
            (not item.is_dir(follow_symlinks=False), item.name)
            for item in found
            if is_shown(item.name)
            and (item.is_dir(follow_symlinks=False) or item.is_file(follow_symlinks=False))
        ]  # fmt: skip
    return sorted(listed, key=lambda item: (item[0], item[1].casefold(), item[1]))


def looks(folder: int, parts: Parts, listed: list[tuple[bool, str]]) -> Iterator[Entry]:
    """The entries of these names; one that has gone meanwhile is left out."""
    for _, name in listed:
        try:
            yield look(folder, (*parts, name))
        except (NotFound, FileNotFoundError):
            continue
