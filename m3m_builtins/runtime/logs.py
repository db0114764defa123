"""Reading the logs of runs. A log is one file, or two when it has reached half of its limit: the older part and the rest."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from m3m_core import NotFound

ENTRY = re.compile(r"^\[(\d{4}-\d\d-\d\dT[\d:.]+Z)\] \[(DEBUG|INFO|WARN|ERROR)\] (.*)", re.DOTALL)
INDENT = "    "
OLDER = ".1"


@dataclass(frozen=True)
class Entry:
    """One entry of a log. `cursor` names its end; what comes after it can be asked for with `after`."""

    cursor: str
    time: str
    level: str
    message: str


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
        for path in (self._folder / project_id).glob("*.log*"):
            if not path.name.startswith(run_id):
                path.unlink(missing_ok=True)

    def forget(self, project_id: str) -> None:
        shutil.rmtree(self._folder / project_id, ignore_errors=True)

    def read(
        self, project_id: str, *, level: str = "", search: str = "", after: str = ""
    ) -> list[Entry]:
        """Entries of the last run in order of time: of that level, with that text (ignoring case), after that cursor."""
        path = self.newest(project_id)
        if path is None:
            return []
        wanted = search.casefold()
        return [
            entry
            for entry in entries_after(path, after)
            if (not level or entry.level == level) and (not wanted or wanted in entry.message.casefold())
        ]

    def parts(self, project_id: str) -> list[Path]:
        """The files to download, in order. Raises NotFound."""
        path = self.newest(project_id)
        if path is None:
            raise NotFound("The project has not run yet, so there is no log.")
        return [part for part in (older_part(path), path) if part.exists()]


def older_part(path: Path) -> Path:
    return path.with_name(path.name + OLDER)


def entries_after(path: Path, after: str = "") -> Iterator[Entry]:
    """Whole entries behind a cursor `inode-offset`; an unknown cursor means from the beginning."""
    inode, _, offset = after.partition("-")
    sources = [(part, part.stat().st_ino) for part in (older_part(path), path) if part.exists()]
    known = [index for index, (_, number) in enumerate(sources) if str(number) == inode]
    start = known[0] if known and offset.isdigit() else 0
    for index, (part, number) in enumerate(sources[start:]):
        yield from read_part(part, number, int(offset) if known and index == 0 else 0)


def read_part(path: Path, inode: int, offset: int) -> Iterator[Entry]:
    with path.open("rb") as file:
        file.seek(offset)
        lines: list[str] = []
        end = offset
        for raw in file:
            if not raw.endswith(b"\n"):
                break  # it is being written in this moment
            line = raw.decode("utf-8", "replace")
            if not line.startswith(INDENT) and lines:
                yield from parse(lines, f"{inode}-{end}")
                lines = []
            lines.append(line)
            end += len(raw)
        yield from parse(lines, f"{inode}-{end}")


def parse(lines: list[str], cursor: str) -> Iterator[Entry]:
    match = ENTRY.match("".join([line.removeprefix(INDENT) if index else line for index, line in enumerate(lines)]))
    if match is not None:
        yield Entry(cursor, match[1], match[2].lower(), match[3].rstrip("\n"))


def size(path: Path) -> int:
    try:
        return os.stat(path).st_size
    except FileNotFoundError:
        return 0
