"""The files of one project, reached so that nothing outside of its folder can be.

A path is walked name by name from an open folder, each opened relative to the one before without following a link, so
what is checked is what is used: there is no moment between the two, whatever is swapped meanwhile.
"""

from __future__ import annotations

import fcntl
import os
import re
from collections.abc import Container, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from m3m_core import NotFound

from . import entries, failures, removal, renaming
from .drafts import Draft, check_room, locked_folder, new_draft
from .entries import Entry
from .failures import explained
from .paths import Parts, bad_path
from .removal import OPEN_FOLDER

FILES, DRAFTS, THUMBS = "storage", "tmp", "thumbs"
"""The areas of a project: what its owner sees, what is not finished, what is made from it."""

OPEN_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK
"""Not to wait: opening a named pipe would, for ever."""

FOLDER_MODE = 0o700
PROJECT_ID = re.compile(r"[0-9a-f]{24}")


class Tree:
    """One area of a project, at `{base}/{project_id}/{area}`.

    Every method raises NotFound (`not_found`), Invalid (`is_directory`, `bad_path`), Conflict (`exists`), TooLarge
    (`disk_full`) as it applies.
    """

    def __init__(self, base: Path, project_id: str, *, area: str = FILES, keep_free: int = 0) -> None:
        """`keep_free`: bytes of the disk that writing leaves to others."""
        self._base = base
        self._id = project_id
        self._area = area
        self._keep_free = keep_free

    def area(self, name: str) -> Tree:
        return Tree(self._base, self._id, area=name, keep_free=self._keep_free)

    @contextmanager
    def folder(self, parts: Parts = (), *, create: bool = False) -> Iterator[int]:
        """An open folder. `create` makes what is missing on the way."""
        if not PROJECT_ID.fullmatch(self._id):
            raise ValueError(f"not the id of a project: {self._id!r}")
        with explained():
            if create:
                self._base.mkdir(FOLDER_MODE, parents=True, exist_ok=True)
            at = os.open(self._base, os.O_RDONLY | os.O_DIRECTORY)
            try:
                for name in (self._id, self._area, *parts):
                    below = _enter(at, name, create)
                    os.close(at)
                    at = below
                yield at
            finally:
                os.close(at)

    def stat(self, parts: Parts) -> Entry:
        if not parts:
            with self.folder(create=True) as top:
                return entries.entry_of((), os.fstat(top))
        with self.folder(parts[:-1]) as parent:
            return entries.look(parent, parts)

    def list(self, parts: Parts, skip: int = 0, limit: int | None = None) -> tuple[list[Entry], int]:
        """A part of a folder's entries, folders first, and the number of all."""
        try:
            with self.folder(parts) as folder:
                listed = entries.names(folder)
                shown = listed[skip:] if limit is None else listed[skip : skip + limit]
                return list(entries.looks(folder, parts, shown)), len(listed)
        except NotFound:
            if parts:
                raise
            return [], 0  # nothing was ever stored

    def walk(self, parts: Parts) -> Iterator[Entry]:
        """Everything below a folder; a folder comes before what is in it. What vanishes meanwhile is left out."""
        pending = [parts]
        while pending:
            at = pending.pop()
            with suppress(NotFound):
                found = self.list(at)[0]
                pending += [(*at, entry.name) for entry in reversed(found) if entry.is_dir]
                yield from found

    def open(self, parts: Parts) -> tuple[BinaryIO, Entry]:
        """A file to read, and what it is at this moment. The caller closes it."""
        if not parts:
            raise failures.is_directory()
        with self.folder(parts[:-1]) as parent:
            fd = os.open(parts[-1], OPEN_FILE, dir_fd=parent)
        try:
            entry = entries.entry_of(parts, os.fstat(fd))
            if entry.is_dir:
                raise failures.is_directory()
            return os.fdopen(fd, "rb", buffering=0), entry
        except BaseException:
            os.close(fd)
            raise

    def mkdir(self, parts: Parts, *, exist_ok: bool = False) -> Entry:
        """Missing folders on the way are made too."""
        with self.folder(parts[:-1], create=True) as parent:
            try:
                os.mkdir(parts[-1], FOLDER_MODE, dir_fd=parent)
                os.fsync(parent)
            except FileExistsError:
                if not exist_ok or not _is_folder(parent, parts[-1]):
                    raise
            return entries.look(parent, parts)

    @contextmanager
    def draft(self) -> Iterator[Draft]:
        """A file that nobody sees until it is placed, and that is gone afterwards if it was not."""
        with self.area(DRAFTS).folder(create=True) as folder, new_draft(folder, self._keep_free) as draft:
            yield draft

    def place(self, draft: Draft, parts: Parts, *, replace: bool = True, over: Container[str] | None = None) -> Entry:
        """Give a finished draft its place, whole and at once. Its content is on the disk then, and so is its name.

        With `over` it only takes the place of a file with such an etag. Raises Conflict (`file_changed`), NotFound.
        """
        draft.sync()
        with self.folder(parts[:-1], create=True) as parent:
            if over is not None:
                fcntl.flock(parent, fcntl.LOCK_EX)  # of two who have seen the same file, one comes first
                if entries.look(parent, parts).etag not in over:
                    raise failures.changed()
            draft.move(parent, parts[-1], replace=replace)
            os.fsync(parent)
            return entries.entry_of(parts, os.fstat(draft.fd))

    @contextmanager
    def staging(self) -> Iterator[tuple[Tree, Parts]]:
        """A new folder that nobody sees, and the tree that it is in. It is removed at the end, unless it was moved."""
        drafts = self.area(DRAFTS)
        with drafts.folder(create=True) as folder, locked_folder(folder) as name:
            yield drafts, (name,)

    def append(self, parts: Parts, data: bytes) -> Entry:
        """Add to the end of a file, which is made when it is missing. In one step: no other writer comes between.

        When it fails, the file is as it was; a crash may leave a part of `data`.
        """
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK
        with self.folder(parts[:-1], create=True) as parent:
            fd = os.open(parts[-1], flags, 0o600, dir_fd=parent)
            try:
                entries.entry_of(parts, os.fstat(fd))
                check_room(fd, len(data), self._keep_free)
                _add(fd, data)
                return entries.entry_of(parts, os.fstat(fd))
            finally:
                os.close(fd)

    def move(self, source: Parts, target: Parts, *, to: Tree | None = None, replace: bool = False) -> Entry:
        """Rename a file or a folder. Only a file takes the place of another, with `replace`. `to` is another area."""
        to = to or self
        if to is self and len(target) > len(source) and target[: len(source)] == source:
            raise bad_path("A folder cannot be moved into itself.")
        with self.folder(source[:-1]) as old:
            entry = entries.look(old, source)
            with to.folder(target[:-1], create=True) as new:
                if replace and not entry.is_dir:
                    os.rename(source[-1], target[-1], src_dir_fd=old, dst_dir_fd=new)
                else:
                    renaming.rename(old, source[-1], new, target[-1])
                os.fsync(new)
                os.fsync(old)
                return entries.look(new, target)

    def delete(self, parts: Parts) -> None:
        """A file, or a folder with all that is in it: gone at once, as a whole."""
        with self.folder(parts[:-1]) as parent:
            if not entries.look(parent, parts).is_dir:
                os.unlink(parts[-1], dir_fd=parent)
                os.fsync(parent)
                return
            with self.area(DRAFTS).folder(create=True) as trash:
                name = removal.fresh_name()
                os.rename(parts[-1], name, src_dir_fd=parent, dst_dir_fd=trash)
                os.fsync(parent)
                removal.clear(trash, name)


def _enter(folder: int, name: str, create: bool) -> int:
    try:
        return os.open(name, OPEN_FOLDER, dir_fd=folder)
    except FileNotFoundError:
        if not create:
            raise
    with suppress(FileExistsError):
        os.mkdir(name, FOLDER_MODE, dir_fd=folder)
        os.fsync(folder)
    return os.open(name, OPEN_FOLDER, dir_fd=folder)


def _add(fd: int, data: bytes) -> None:
    """To the end of a file, or nothing of it."""
    fcntl.flock(fd, fcntl.LOCK_EX)  # what is cut off again is nobody else's
    size = os.fstat(fd).st_size
    try:
        if os.write(fd, data) < len(data):
            raise failures.disk_full()
        os.fsync(fd)
    except BaseException:
        os.ftruncate(fd, size)
        raise


def _is_folder(folder: int, name: str) -> bool:
    try:
        return entries.look(folder, (name,)).is_dir
    except NotFound:
        return False
