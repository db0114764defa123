"""CPU and memory of one process, and of the machine."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import psutil

SHORTEST = 1.0
"""Seconds that a share of the processor is measured over at least."""


class Gauge:
    """A process; when it is gone its memory is 0 and its time stands still."""

    def __init__(self, pid: int) -> None:
        self._cpu_seconds = 0.0
        self._percent = 0.0
        self._base = (time.monotonic(), 0.0)
        self._process: psutil.Process | None = None
        try:
            self._process = psutil.Process(pid)
        except psutil.Error:
            return
        self._base = (time.monotonic(), self.cpu_seconds())

    def memory(self) -> int:
        """Bytes of the whole process."""
        try:
            return 0 if self._process is None else int(self._process.memory_info().rss)
        except psutil.Error:
            return 0

    def cpu_seconds(self) -> float:
        """Processor time of its whole life."""
        try:
            if self._process is not None:
                times = self._process.cpu_times()
                self._cpu_seconds = times.user + times.system
        except psutil.Error:
            pass  # it died: what was seen last is nearly all
        return self._cpu_seconds

    def cpu_percent(self) -> float:
        """Share of one processor over the last moments, whoever asks how often."""
        elapsed = time.monotonic() - self._base[0]
        if elapsed >= SHORTEST:
            used = self.cpu_seconds()
            self._percent = round((used - self._base[1]) / elapsed * 100, 1)
            self._base = (time.monotonic(), used)
        return self._percent


class HostGauge:
    """The machine, and the disk that `path` is on."""

    def __init__(self, path: Path) -> None:
        self._path = next(folder for folder in (path, *path.parents) if folder.exists())
        self._percent = 0.0
        self._asked = time.monotonic()
        psutil.cpu_percent()  # the first call only sets the starting point

    def read(self) -> dict[str, Any]:
        now = time.monotonic()
        if now - self._asked >= SHORTEST:
            self._percent, self._asked = psutil.cpu_percent(), now
        memory, disk = psutil.virtual_memory(), psutil.disk_usage(str(self._path))
        return {
            "cpu_percent": self._percent,
            "cpu_count": psutil.cpu_count() or 1,
            "memory_bytes": memory.total - memory.available,
            "memory_total_bytes": memory.total,
            "disk_bytes": disk.used,
            "disk_total_bytes": disk.total,
        }
