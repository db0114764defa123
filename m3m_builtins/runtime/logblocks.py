"""Logs read in blocks of whole entries, forwards and backwards, so that no reader takes in all of a large log."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from .logparts import Entry, Part, Place, parse

BLOCK = 256 * 1024
START = b"\n["
"""Where an entry ends and the next begins: further lines of an entry are indented."""


class Block(NamedTuple):
    """Bytes of whole entries that begin at `place`."""

    data: bytes
    place: Place

    def forwards(self) -> Iterator[Entry]:
        end = self.place.offset
        for number, piece in enumerate(self.data.removesuffix(b"\n").split(START)):
            raw = b"[" + piece if number else piece
            end += len(raw) + 1
            if (entry := parse(raw, self.place._replace(offset=end))) is not None:
                yield entry

    def backwards(self) -> Iterator[Entry]:
        end = self.place.offset + len(self.data)
        pieces = self.data.removesuffix(b"\n").split(START)
        for number in range(len(pieces) - 1, -1, -1):
            raw = b"[" + pieces[number] if number else pieces[0]
            if (entry := parse(raw, self.place._replace(offset=end))) is not None:
                yield entry
            end -= len(raw) + 1


def after(parts: list[Part], place: Place) -> Iterator[Block]:
    """All that was written after a place; everything when the place is not of this log."""
    known = [index for index, part in enumerate(parts) if part.holds(place)]
    for part in parts[known[0] if known else 0 :]:
        yield from between(part, place.offset if part.holds(place) else 0)


def between(part: Part, begin: int, end: int | None = None) -> Iterator[Block]:
    """Blocks of one part in order, up to `end` or to the last whole line. What is being written is left out."""
    position, carry = begin, b""
    limit = part.size() if end is None else end
    while position < limit:
        read = part.read(position, min(position + BLOCK, limit))
        if not read:
            break
        position += len(read)
        carry += read
        cut = carry.rfind(START) + 1
        if cut:
            yield Block(carry[:cut], part.begin._replace(offset=position - len(carry)))
            carry = carry[cut:]
    cut = carry.rfind(b"\n") + 1
    if cut:
        yield Block(carry[:cut], part.begin._replace(offset=position - len(carry)))


def before(parts: list[Part], place: Place | None) -> Iterator[Block]:
    """The last block first, from the end, or from before the entry that ends at `place`.

    Nothing when the place is not of this log.
    """
    for part in reversed(parts):
        if place is None:
            yield from above(part, whole_end(part))
        elif part.holds(place):
            yield from above(part, begin_of(part, place.offset))
            place = None


def above(part: Part, end: int) -> Iterator[Block]:
    """Blocks of one part that end at `end`, which ends an entry; the last one first."""
    position, carry = end, b""
    while position:
        start = max(0, position - BLOCK)
        carry = part.read(start, position) + carry
        position = start
        cut = carry.find(START) + 1 if start else 0
        if cut or not start:
            if carry[cut:]:
                yield Block(carry[cut:], part.begin._replace(offset=start + cut))
            carry = carry[:cut]


def begin_of(part: Part, end: int) -> int:
    """Where the entry begins that ends there."""
    start, carry = end, b""
    while start:
        start, stop = max(0, start - BLOCK), start
        carry = part.read(start, stop) + carry[:1]
        found = carry.rfind(START)
        if found >= 0:
            return start + found + 1
    return 0


def whole_end(part: Part) -> int:
    """Where the last whole line ends."""
    end = part.size()
    while end:
        start = max(0, end - BLOCK)
        found = part.read(start, end).rfind(b"\n") + 1
        if found:
            return start + found
        end = start
    return 0
