"""Reading the logs of runs. A log is one file, or two from half of its limit on: an older part and the rest."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, NamedTuple
from zlib import crc32

from m3m_core import NotFound

ENTRY = re.compile(r"^\[(\d{4}-\d\d-\d\dT[\d:.]+Z)\] \[(DEBUG|INFO|WARN|ERROR)\] (.*)", re.DOTALL)
TIME_LENGTH = len("[2026-01-01T00:00:00.000Z]")
INDENT = "    "
OLDER = ".1"


@dataclass(frozen=True)
class Entry:
    """One entry of a log. `cursor` names its end; what comes after it can be asked for with `after`."""

    cursor: str
    time: str
    level: str
    message: str


class Place(NamedTuple):
    """Where a cursor points: the end of an entry in one part of a run's log.

    `part` is a mark of the file: of its inode and of the time that it begins with, since inodes are used again.
    """

    run_id: str = ""
    part: int = 0
    offset: int = 0

    def __str__(self) -> str:
        return f"{self.run_id}-{self.part}-{self.offset}"

    @classmethod
    def of(cls, cursor: str) -> Place:
        """A text that is no cursor names nothing, and so the beginning."""
        run_id, *numbers = cursor.split("-")
        if len(numbers) != 2 or not all(number.isdecimal() and len(number) < 20 for number in numbers):
            return cls()
        return cls(run_id, *(int(number) for number in numbers))


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

    def forget(self, project_id: str) -> None:
        shutil.rmtree(self._folder / project_id, ignore_errors=True)

    def read(self, project_id: str, *, level: str = "", search: str = "", after: str = "") -> list[Entry]:
        """Entries of the last run in order of time: of a level, with a text (ignoring case), after a cursor."""
        path = self.newest(project_id)
        if path is None:
            return []
        wanted = search.casefold()
        return [
            entry
            for entry in entries_after(path, after)
            if (not level or entry.level == level) and (not wanted or wanted in entry.message.casefold())
        ]

    def open(self, project_id: str) -> tuple[str, list[BinaryIO]]:
        """The run's id and its open files, in order; the caller closes them. Raises NotFound."""
        path = self.newest(project_id)
        if path is None:
            raise NotFound("The project has not run yet, so there is no log.")
        return run_of(path), open_parts(path)


def run_of(path: Path) -> str:
    return path.name.partition(".")[0]


def open_parts(path: Path) -> list[BinaryIO]:
    """The open files of a log, the older part first."""
    found: list[BinaryIO] = []
    # the newer part is opened first: in a log that turns over in this moment, nothing is then left out between the two
    for name in (path.name, path.name + OLDER):
        try:
            file = path.with_name(name).open("rb")
        except FileNotFoundError:
            continue
        if found and os.path.sameopenfile(found[0].fileno(), file.fileno()):
            file.close()
        else:
            found.insert(0, file)
    return found


def begin_of(file: BinaryIO, run_id: str) -> Place:
    """Where an open part begins."""
    number = file.fileno()
    return Place(run_id, crc32(os.pread(number, TIME_LENGTH, 0), os.fstat(number).st_ino & 0xFFFFFFFF))


def entries_after(path: Path, after: str = "") -> Iterator[Entry]:
    """Whole entries of a run's log behind a cursor; from the beginning when the cursor is not of this log."""
    place, run_id = Place.of(after), run_of(path)
    with ExitStack() as stack:
        parts = [(stack.enter_context(file), begin_of(file, run_id)) for file in open_parts(path)]
        known = [index for index, (file, begin) in enumerate(parts) if lies_in(place, file, begin)]
        for file, begin in parts[known[0] if known else 0 :]:
            yield from read_part(file, place if lies_in(place, file, begin) else begin)


def lies_in(place: Place, file: BinaryIO, begin: Place) -> bool:
    """Whether the place is one of the part that begins at `begin`."""
    return place[:2] == begin[:2] and place.offset <= os.fstat(file.fileno()).st_size


def read_part(file: BinaryIO, begin: Place) -> Iterator[Entry]:
    """Whole entries of an open part from a place on."""
    file.seek(begin.offset)
    end = begin.offset
    lines: list[str] = []
    for raw in file:
        if not raw.endswith(b"\n"):
            break  # it is being written in this moment
        line = raw.decode("utf-8", "replace")
        if not line.startswith(INDENT) and lines:
            yield from parse(lines, begin._replace(offset=end))
            lines = []
        lines.append(line)
        end += len(raw)
    yield from parse(lines, begin._replace(offset=end))


def parse(lines: list[str], end: Place) -> Iterator[Entry]:
    match = ENTRY.match("".join([line.removeprefix(INDENT) if index else line for index, line in enumerate(lines)]))
    if match is not None:
        yield Entry(str(end), match[1], match[2].lower(), match[3].rstrip("\n"))
