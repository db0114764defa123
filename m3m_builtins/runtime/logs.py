"""Where the logs of runs are."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from m3m_core import NotFound

from .logpages import Wanted, page
from .logparts import Entry, open_files, run_of

PROJECT_ID = re.compile(r"[0-9a-f]{24}")


class RunLogs:
    """Files at `{folder}/{project id}/{run id}.log`. Run ids grow, so the newest name is the newest run."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def path(self, project_id: str, run_id: str) -> Path:
        return self._folder / project_id / f"{run_id}.log"

    def newest(self, project_id: str) -> Path | None:
        """The log of the project's last run; None when it never ran."""
        found = sorted((self._folder / project_id).glob("*.log"))
        return found[-1] if found else None

    def keep_only(self, project_id: str, run_id: str) -> None:
        """Remove the logs of the runs before, once this one has a log of its own."""
        if self.path(project_id, run_id).exists():
            for path in (self._folder / project_id).glob("*.log*"):
                if not path.name.startswith(run_id):
                    path.unlink(missing_ok=True)

    def projects(self) -> Iterator[str]:
        """The ids of those that have a folder."""
        with suppress(FileNotFoundError):
            yield from (item.name for item in self._folder.iterdir() if PROJECT_ID.fullmatch(item.name))

    def forget(self, project_id: str) -> None:
        shutil.rmtree(self._folder / project_id, ignore_errors=True)

    def read(
        self, project_id: str, wanted: Wanted, skip: int = 0, limit: int = 1000, *, count: bool = True
    ) -> tuple[list[Entry], int]:
        """Entries of the last run, and how many there are in all, -1 when they are not to be counted."""
        path = self.newest(project_id)
        return ([], 0) if path is None else page(path, wanted, skip, limit, count=count)

    def open(self, project_id: str) -> tuple[str, list[BinaryIO]]:
        """The run's id and its open files, in order; the caller closes them. Raises NotFound."""
        path = self.newest(project_id)
        if path is None:
            raise NotFound("The project has not run yet, so there is no log.")
        return run_of(path), open_files(path)
