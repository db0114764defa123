"""One run's log as it grows."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain, islice
from pathlib import Path

from . import logblocks
from .logblocks import Block
from .logparts import Entry, Place, open_parts, part_of, run_of

HISTORY = 200
"""Entries that a new reader gets at once."""

MOST = 1000
"""Entries that are read at once; a flood must not keep a front busy."""

FAR_BEHIND = 1024 * 1024
"""Bytes between a reader and the end of the log from which on what lies between is left out."""


class Tail:
    """The newest file stays open, so that its end can be read when the log is gone."""

    def __init__(self, path: Path, cursor: str) -> None:
        """Raises FileNotFoundError when the log is gone already."""
        self.run_id = run_of(path)
        self.resumes = Place.of(cursor).run_id == self.run_id
        self.has_more = False
        self._path = path
        self._cursor = cursor
        self._file = path.open("rb")
        self._seen = (0, 0)

    def read(self) -> list[Entry]:
        """What was written since the last time, MOST of it at once."""
        try:
            now = self._path.stat()
        except FileNotFoundError:
            return self._read_open_file()
        if (now.st_ino, now.st_size) == self._seen and not self.has_more:
            return []
        if now.st_ino != self._seen[0]:
            self._file.close()
            self._file = self._path.open("rb")
        self._seen = (now.st_ino, now.st_size)
        with open_parts(self._path) as parts:
            return self._advance(logblocks.after(parts, Place.of(self._cursor)))

    def _read_open_file(self) -> list[Entry]:
        part, place = part_of(self._file, self.run_id), Place.of(self._cursor)
        return self._advance(logblocks.between(part, place.offset if part.holds(place) else 0))

    def _advance(self, blocks: Iterable[Block]) -> list[Entry]:
        found = list(islice(chain.from_iterable(map(Block.forwards, blocks)), MOST))
        self.has_more = len(found) == MOST
        if found:
            self._cursor = found[-1].cursor
        return found

    def is_far_behind(self) -> bool:
        """Whether there is more to read than anybody will."""
        if not self.has_more:
            return False
        with open_parts(self._path) as parts:
            place = Place.of(self._cursor)
            known = [index for index, part in enumerate(parts) if part.holds(place)]
            sizes = [part.size() for part in parts[known[0] if known else 0 :]]
        return sum(sizes) - (place.offset if known else 0) > FAR_BEHIND

    def jump(self, count: int) -> list[Entry]:
        """Go to the end of the log: the last entries there, in order."""
        with open_parts(self._path) as parts:
            blocks = logblocks.before(parts, None)
            found = list(islice(chain.from_iterable(map(Block.backwards, blocks)), count))[::-1]
        self.has_more = False
        if found:
            self._cursor = found[-1].cursor
        return found

    def close(self) -> None:
        self._file.close()
