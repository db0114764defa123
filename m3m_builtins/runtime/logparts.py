"""The files of one run's log: an older part and the rest, from half of the log's limit on; and places in them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, NamedTuple
from zlib import crc32

ENTRY = re.compile(r"^\[(\d{4}-\d\d-\d\dT[\d:.]+Z)\] \[(DEBUG|INFO|WARN|ERROR)\] (.*)", re.DOTALL)
TIME_LENGTH = len("[2026-01-01T00:00:00.000Z]")
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
        """A text that is no cursor names nothing."""
        run_id, *numbers = cursor.split("-")
        if len(numbers) != 2 or not all(number.isdecimal() and len(number) < 20 for number in numbers):
            return cls()
        return cls(run_id, *(int(number) for number in numbers))


class Part(NamedTuple):
    """An open file of a log and where it begins."""

    file: BinaryIO
    begin: Place

    def size(self) -> int:
        return os.fstat(self.file.fileno()).st_size

    def read(self, begin: int, end: int) -> bytes:
        return os.pread(self.file.fileno(), end - begin, begin)

    def holds(self, place: Place) -> bool:
        return place[:2] == self.begin[:2] and place.offset <= self.size()


def part_of(file: BinaryIO, run_id: str) -> Part:
    number = file.fileno()
    mark = crc32(os.pread(number, TIME_LENGTH, 0), os.fstat(number).st_ino & 0xFFFFFFFF)
    return Part(file, Place(run_id, mark))


def run_of(path: Path) -> str:
    return path.name.partition(".")[0]


def open_files(path: Path) -> list[BinaryIO]:
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


@contextmanager
def open_parts(path: Path) -> Iterator[list[Part]]:
    """The parts of a log, the older one first; closed at the end."""
    with ExitStack() as stack:
        yield [part_of(stack.enter_context(file), run_of(path)) for file in open_files(path)]


def parse(raw: bytes, end: Place) -> Entry | None:
    """An entry from its bytes without the last line feed; None for what is none."""
    match = ENTRY.match(raw.decode("utf-8", "replace").replace("\n    ", "\n"))
    return None if match is None else Entry(str(end), match[1], match[2].lower(), match[3].rstrip("\n"))
