"""Removing folders by open folders alone: nothing on the way is followed, and no depth is too deep."""

from __future__ import annotations

import errno
import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

OPEN_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW


def fresh_name() -> str:
    return secrets.token_hex(16)


def clear(folder: int, name: str) -> None:
    """Remove what is called `name` in an open folder, whatever it is. What is gone already is fine.

    Folders in it are first moved up beside it, so that one open folder is enough for any depth.
    """
    pending = [name]
    while pending:
        current = pending.pop()
        with suppress(FileNotFoundError):
            try:
                below = os.open(current, OPEN_FOLDER, dir_fd=folder)
            except NotADirectoryError:
                os.unlink(current, dir_fd=folder)
                continue
            try:
                pending += _emptied(below, folder)
            finally:
                os.close(below)
            _remove_empty(folder, current)


def clear_abandoned(folder: int) -> None:
    """Remove every entry that no living process holds a lock on."""
    for name in _names(folder):
        with suppress(FileNotFoundError), _lock(folder, name) as is_ours:
            if is_ours:
                clear(folder, name)


def clear_old(folder: int, before: float) -> None:
    """Remove every entry of an open folder that was last changed before a moment (seconds since 1970)."""
    for name in _names(folder):
        with suppress(FileNotFoundError):
            if os.stat(name, dir_fd=folder, follow_symlinks=False).st_mtime < before:
                clear(folder, name)


def clear_project(base: Path, project_id: str) -> None:
    """Everything of a project. May be repeated."""
    with suppress(FileNotFoundError, NotADirectoryError):
        above = os.open(base, os.O_RDONLY | os.O_DIRECTORY)
        try:
            home = os.open(project_id, OPEN_FOLDER, dir_fd=above)
            try:
                for name in _names(home):
                    clear(home, name)
            finally:
                os.close(home)
            _remove_empty(above, project_id)
        finally:
            os.close(above)


def _names(folder: int) -> list[str]:
    return os.listdir(folder)


def _emptied(below: int, folder: int) -> list[str]:
    """Remove the files of `below` and move its folders into `folder`; returns their names there."""
    moved = []
    with os.scandir(below) as found:
        items = [(item.name, item.is_dir(follow_symlinks=False)) for item in found]
    for name, is_dir in items:
        with suppress(FileNotFoundError):
            if is_dir:
                fresh = fresh_name()
                os.rename(name, fresh, src_dir_fd=below, dst_dir_fd=folder)
                moved.append(fresh)
            else:
                os.unlink(name, dir_fd=below)
    return moved


def _remove_empty(folder: int, name: str) -> None:
    try:
        os.rmdir(name, dir_fd=folder)
    except OSError as error:
        # Somebody who opened it before has just put something in: that is for the next start to tidy.
        if error.errno != errno.ENOTEMPTY:
            raise


@contextmanager
def _lock(folder: int, name: str) -> Iterator[bool]:
    """Whether nobody else holds a lock on an entry. Nobody gets one before the end: whoever has just made it for a
    draft sees then that it is gone."""
    try:
        fd = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=folder)
    except OSError as error:
        if error.errno not in (errno.ELOOP, errno.ENXIO):
            raise
        fd = None  # a link or a socket: of no draft
    try:
        yield fd is None or _is_free(fd)
    finally:
        if fd is not None:
            os.close(fd)


def _is_free(fd: int) -> bool:
    """If it is, it is locked now."""
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
