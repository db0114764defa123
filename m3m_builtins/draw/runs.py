"""A text as stretches of one direction and one script, in the order in which they stand on the page.

Directions follow the Unicode rules for text without marks of direction: strong characters decide, numbers go left to
right, and what is neutral between two of one direction belongs to it.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

import uharfbuzz as hb

RIGHT = ("R", "AL")
NUMBERS = ("EN", "AN")
JOINED = ("Mn", "Me", "Mc", "Cf")
"""Categories that never stand alone."""


@dataclass(frozen=True)
class Run:
    """`level` is even from left to right, odd from right to left. The text is in the order in which it is read."""

    text: str
    level: int
    script: str


def runs(text: str, rtl: bool = False) -> list[Run]:
    found: list[Run] = []
    position = 0
    pairs = list(zip(_levels(text, int(rtl)), _scripts(text), strict=True))
    for (level, script), group in groupby(pairs):
        length = len(list(group))
        found.append(Run(text[position : position + length], level, script))
        position += length
    return _visual(found)


def _levels(text: str, base: int) -> list[int]:
    kinds = [unicodedata.bidirectional(char) for char in text]
    if base == 0 and not any(kind in RIGHT for kind in kinds):
        return [0] * len(text)
    sides = _neutral(_strong(kinds, base), base)
    levels = [2 if base and side == 0 else side for side in sides]
    return [2 if kind in NUMBERS and level == 1 else level for kind, level in zip(kinds, levels, strict=True)]


def _strong(kinds: list[str], base: int) -> list[int | None]:
    """0 from left to right, 1 from right to left, None for neutral; a number goes with the letters before it."""
    sides: list[int | None] = []
    last = base
    for kind in kinds:
        last = 1 if kind in RIGHT else 0 if kind == "L" else last
        sides.append(last if kind in (*RIGHT, *NUMBERS, "L") else None)
    return sides


def _neutral(sides: list[int | None], base: int) -> list[int]:
    """What is neutral has the side of both its neighbours, or that of the page when they differ."""
    made: list[int] = []
    before = base
    stretches = [(side, len(list(group))) for side, group in groupby(sides)]
    for (side, length), (after, _) in zip(stretches, [*stretches[1:], (base, 0)], strict=True):
        if side is None:
            made += [before if before == after else base] * length
        else:
            before = side
            made += [side] * length
    return made


def _visual(found: list[Run]) -> list[Run]:
    """Rule L2: from the highest level down to 1, every stretch of at least that level is reversed."""
    for lowest in range(max((run.level for run in found), default=0), 0, -1):
        order: list[Run] = []
        for deep, group in groupby(found, key=lambda run: run.level >= lowest):
            part = list(group)
            order += reversed(part) if deep else part
        found = order
    return found


def _scripts(text: str) -> list[str]:
    """Of each character; one that all scripts share has that of its neighbour."""
    known = [script(char) for char in text]
    first = next((name for name in known if name), "Zyyy")
    for at, name in enumerate(known):
        known[at] = name or (known[at - 1] if at else first)
    return known


@lru_cache(maxsize=4096)
def script(char: str) -> str:
    """Four letters such as Latn; empty for what many scripts use."""
    buffer = hb.Buffer()
    buffer.add_str(char)
    buffer.guess_segment_properties()
    return buffer.script or ""


def is_joined(char: str) -> bool:
    return unicodedata.category(char) in JOINED
