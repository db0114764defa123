"""Where the processes of one server meet: Unix sockets in a folder that only this user may enter."""

from __future__ import annotations

import hashlib
import os
import stat
import tempfile
from pathlib import Path

from .errors import Forbidden
from .settings import Settings

LONGEST_SOCKET_PATH = 107
"""Bytes that sun_path holds on Linux, less the closing NUL."""

LONGEST_NAME = len("/r/") + 63 + len("/9999.sock")


def sockets(settings: Settings) -> Path:
    """The folder of all sockets: in `data.path`, or in the system's temporary folder when that path is too long.

    Raises Forbidden for one in the temporary folder that others may enter.
    """
    wanted = settings.data.path.absolute() / "sockets"
    if len(os.fsencode(wanted)) + LONGEST_NAME <= LONGEST_SOCKET_PATH:
        wanted.mkdir(mode=0o700, parents=True, exist_ok=True)
        return wanted
    digest = hashlib.sha256(os.fsencode(wanted)).hexdigest()[:12]
    folder = Path(tempfile.gettempdir()) / f"m3m-{os.getuid()}-{digest}"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _check_private(folder)
    return folder


def _check_private(folder: Path) -> None:
    """Everybody may make folders beside it: whoever made this one first would see and give all that goes through it."""
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid() or found.st_mode & 0o077:
        raise Forbidden(
            f"The folder of sockets {folder} is not this user's alone. Remove it, or choose a shorter data.path."
        )


def supervisor_socket(settings: Settings) -> Path:
    return sockets(settings) / "supervisor.sock"


def mongod_socket(settings: Settings) -> Path:
    return sockets(settings) / "mongod.sock"


def runners(settings: Settings) -> Path:
    """`{slug}/{instance}.sock` for every instance that takes requests: the one place where fronts look."""
    return sockets(settings) / "r"


def runner_socket(settings: Settings, slug: str, instance: int) -> Path:
    return runners(settings) / slug / f"{instance}.sock"
