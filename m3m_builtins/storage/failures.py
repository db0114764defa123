"""From the operating system's errors to sentences and codes."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from m3m_core import Conflict, Invalid, M3MError, NotFound, TooLarge

from .paths import bad_path


def not_found() -> NotFound:
    return NotFound("There is no such file or folder.")


def is_directory() -> Invalid:
    return Invalid("This is a folder, not a file.", code="is_directory")


def exists() -> Conflict:
    return Conflict("There is something of this name already.", code="exists")


def changed() -> Conflict:
    return Conflict("The file was changed meanwhile.", code="file_changed")


def disk_full() -> TooLarge:
    return TooLarge("There is not enough room on the server's disk.", code="disk_full")


def of(error: OSError) -> M3MError | None:
    """None for an error that nobody can help with: it is the server's own."""
    match error.errno:
        # A link in the way is ELOOP or, where a folder is wanted, ENOTDIR: links are as if they were not there.
        case errno.ENOENT | errno.ENOTDIR | errno.ELOOP | errno.ENXIO | errno.ENODEV:
            return not_found()
        case errno.EEXIST | errno.ENOTEMPTY:
            return exists()
        case errno.EISDIR:
            return is_directory()
        case errno.ENAMETOOLONG:
            return bad_path("A name in the path is too long.")
        case errno.EINVAL:
            return bad_path("A folder cannot be moved into itself.")
        case errno.ENOSPC | errno.EDQUOT | errno.EFBIG:
            return disk_full()
    return None


@contextmanager
def explained() -> Iterator[None]:
    """Raises M3MError in place of the errors that mean something to the one who asked."""
    try:
        yield
    except OSError as error:
        told = of(error)
        if told is None:
            raise
        raise told from error
