"""Renaming in one step that never takes the place of something else: Linux can, Python does not offer it."""

from __future__ import annotations

import ctypes
import errno
import os

_LIBC = ctypes.CDLL(None, use_errno=True)
NO_REPLACE = 1
NOT_THERE = (errno.EINVAL, errno.ENOSYS, errno.EOPNOTSUPP)
"""What some file systems, such as NFS, answer."""


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
    """The system lets a folder take the place of an empty one, which is not what was asked for."""
    try:
        os.link(source, target, src_dir_fd=old, dst_dir_fd=new, follow_symlinks=False)
    except PermissionError:  # a folder has one name only
        if target in os.listdir(new):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST)) from None
        os.rename(source, target, src_dir_fd=old, dst_dir_fd=new)
    else:
        os.unlink(source, dir_fd=old)
