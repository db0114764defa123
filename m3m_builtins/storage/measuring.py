"""How much a project keeps."""

from __future__ import annotations

import os
import time
from pathlib import Path

LONGEST = 2.0
"""Seconds; what was counted until then is told."""


def measure(folder: Path) -> dict[str, int]:
    """Files below a folder and their bytes. Links are neither followed nor counted."""
    deadline = time.monotonic() + LONGEST
    size = count = 0
    waiting = [str(folder)]
    while waiting and time.monotonic() < deadline:
        try:
            with os.scandir(waiting.pop()) as found:
                for item in found:
                    if item.is_dir(follow_symlinks=False):
                        waiting.append(item.path)
                    elif item.is_file(follow_symlinks=False):
                        size += item.stat(follow_symlinks=False).st_size
                        count += 1
        except FileNotFoundError:
            continue  # removed in this moment
    return {"storage_bytes": size, "storage_files": count}
