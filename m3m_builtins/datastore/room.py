"""Room on the disk: a database that meets a full one stops, and with it everything else."""

from __future__ import annotations

import os
import time
from pathlib import Path

from m3m_core import Settings, TooLarge

from .limits import KEEP_FREE

ASKED_EVERY = 1.0
"""Seconds, in one process."""


class Room:
    """On the disk of the embedded database; of another server's disk nothing is known here."""

    def __init__(self, settings: Settings) -> None:
        embedded = settings.mongodb.uri == "embedded"
        self._folder: Path | None = settings.data.path.absolute() / "mongodb" if embedded else None
        self._is_there = True
        self._ask_at = 0.0

    def check(self) -> None:
        """Before a write that may add something. Raises TooLarge."""
        moment = time.monotonic()
        if self._folder is not None and moment >= self._ask_at:
            self._is_there = free(self._folder) >= KEEP_FREE
            self._ask_at = moment + ASKED_EVERY
        if not self._is_there:
            message = "There is not enough room on the server's disk. Records can still be deleted."
            raise TooLarge(message, code="disk_full")


def free(folder: Path) -> int:
    disk = os.statvfs(folder)
    return disk.f_bavail * disk.f_frsize
