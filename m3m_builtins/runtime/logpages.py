"""Pages of a log: entries of a level or with a text, newest or oldest first, and how many there are."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from . import logblocks
from .logblocks import START, Block
from .logparts import Entry, Part, Place, open_parts


@dataclass(frozen=True)
class Wanted:
    """`level` and `search` are empty for all; a text is looked for in the message, ignoring case.

    With `after`, a cursor, entries behind it are told, the oldest first; else the newest first, with `before` those
    that are older than it.
    """

    level: str = ""
    search: str = ""
    after: str = ""
    before: str = ""

    def matches(self, entry: Entry) -> bool:
        if self.level and entry.level != self.level:
            return False
        return not self.search or self.search.casefold() in entry.message.casefold()

    def count(self, block: Block) -> int:
        """How many entries of the block match, most often without reading each."""
        if self.search:
            return sum(map(self.matches, block.forwards())) if self.may_match(block) else 0
        if self.level:
            return len(of_level(self.level).findall(block.data))
        return block.data.count(START) + 1

    def may_match(self, block: Block) -> bool:
        if self.level and of_level(self.level).search(block.data) is None:
            return False
        text = self.search.casefold()
        return "\n" in text or text in block.data.decode("utf-8", "replace").casefold()


def of_level(level: str) -> re.Pattern[bytes]:
    """The beginnings of a level's entries; `re` keeps what was compiled."""
    return re.compile(rb"^\[[^\]\n]{20,40}\] \[" + level.upper().encode() + rb"\] ", re.MULTILINE)


def page(path: Path, wanted: Wanted, skip: int, limit: int, *, count: bool) -> tuple[list[Entry], int]:
    """So many entries, and how many there are in all; -1 when they are not to be counted."""
    forwards = bool(wanted.after)
    with open_parts(path) as parts:
        found = take(blocks_of(parts, wanted), wanted, skip, limit, Block.forwards if forwards else Block.backwards)
        return found, sum(wanted.count(block) for block in blocks_of(parts, wanted)) if count else -1


def blocks_of(parts: list[Part], wanted: Wanted) -> Iterator[Block]:
    if wanted.after:
        return logblocks.after(parts, Place.of(wanted.after))
    return logblocks.before(parts, Place.of(wanted.before) if wanted.before else None)


def take(
    blocks: Iterable[Block], wanted: Wanted, skip: int, limit: int, entries: Callable[[Block], Iterator[Entry]]
) -> list[Entry]:
    found: list[Entry] = []
    for block in blocks:
        if skip and (count := wanted.count(block)) <= skip:
            skip -= count
            continue
        if not wanted.may_match(block):
            continue
        for entry in filter(wanted.matches, entries(block)):
            if skip:
                skip -= 1
            elif len(found) < limit:
                found.append(entry)
            if len(found) == limit:
                return found
    return found
