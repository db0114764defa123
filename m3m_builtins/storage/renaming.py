"""Renaming in one step that never takes the place of something else: Linux can, Python does not offer it."""

from __future__ import annotations

import ctypes
import errno
import os
import stat
from contextlib import suppress

_LIBC = ctypes.CDLL(None, use_errno=True)
NO_REPLACE = 1
NOT_THERE = (errno.EINVAL, errno.ENOSYS, errno.EOPNOTSUPP)
"""What some file systems, such as NFS, answer."""

NO_LINKS = (errno.EPERM, errno.EACCES, errno.EMLINK, errno.ENOSYS, errno.EOPNOTSUPP)
"""What those without a second name for a file answer, and all of them for a folder."""


def rename(old: int, source: str, new: int, target: str) -> None:
    """From a name in one open folder to a name in another. Raises FileExistsError."""
    code = _renameat2(old, source, new, target)
    if code in NOT_THERE:
        _in_two_steps(old, source, new, target)
    elif code:
        raise OSError(code, os.strerror(code))


def _renameat2(old: int, source: str, new: int, target: str) -> int:
    """The error's number, or 0."""
    if not hasattr(_LIBC, "renameat2"):
        return errno.ENOSYS
    done = _LIBC.renameat2(old, os.fsencode(source), new, os.fsencode(target), NO_REPLACE)
    return ctypes.get_errno() if done else 0


def _in_two_steps(old: int, source: str, new: int, target: str) -> None:
    try:
        os.link(source, target, src_dir_fd=old, dst_dir_fd=new, follow_symlinks=False)
    except OSError as error:
        if error.errno not in NO_LINKS:
            raise
        _over_a_claim(old, source, new, target)
    else:
        os.unlink(source, dir_fd=old)


def _over_a_claim(old: int, source: str, new: int, target: str) -> None:
    """The name is taken first, by something empty that only one can make. A crash between the two leaves that."""
    is_folder = stat.S_ISDIR(os.stat(source, dir_fd=old, follow_symlinks=False).st_mode)
    if is_folder:
        os.mkdir(target, 0o700, dir_fd=new)
    else:
        os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_NOFOLLOW, 0o600, dir_fd=new))
    try:
        os.rename(source, target, src_dir_fd=old, dst_dir_fd=new)
    except BaseException:
        with suppress(OSError):  # a folder that somebody has put something into stays
            (os.rmdir if is_folder else os.unlink)(target, dir_fd=new)
        raise
