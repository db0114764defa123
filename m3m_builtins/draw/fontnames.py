"""The `font` of a canvas, as CSS writes it: "italic bold 16px/1.2 'Open Sans', sans-serif"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from m3m_core import wrong_argument

SIZE = re.compile(r"(?:^|\s)(\d+(?:\.\d+)?|\.\d+)(px|pt|em|rem|%)(?:\s*/\s*\S+)?\s+(\S.*)$")
UNITS = {"px": 1.0, "pt": 4 / 3, "em": 16.0, "rem": 16.0, "%": 0.16}
WEIGHTS = {"normal": 400, "bold": 700, "bolder": 700, "lighter": 300}
IGNORED = ("small-caps", "normal")
LARGEST = 2000.0
LONGEST = 500


@dataclass(frozen=True)
class Font:
    """`size` is in pixels, `weight` from 1 to 1000; `families` in the order of preference."""

    size: float
    families: tuple[str, ...]
    weight: int = 400
    italic: bool = False


@lru_cache(maxsize=256)
def parsed(text: str) -> Font:
    """Raises ScriptError."""
    found = SIZE.search(text) if len(text) <= LONGEST else None
    if found is None:
        raise wrong_argument(f'"{text[:60]}" is no font: write a size and a family, such as "bold 16px sans-serif"')
    size = float(found[1]) * UNITS[found[2]]
    if not 0 < size <= LARGEST:
        raise wrong_argument(f"a font's size is more than 0 and at most {LARGEST:g} pixels, not {size:g}")
    weight, italic = 400, False
    for word in text[: found.start()].lower().split():
        if word in ("italic", "oblique"):
            italic = True
        elif word in WEIGHTS:
            weight = WEIGHTS[word]
        elif word.isdecimal() and 1 <= int(word) <= 1000:
            weight = int(word)
        elif word not in IGNORED:
            raise wrong_argument(
                f'"{word[:60]}" is not known in a font: write "italic", "bold" or a weight from 1 to 1000'
            )
    families = tuple(name.strip().strip("\"'").casefold() for name in found[3].split(","))
    return Font(size, families, weight, italic)
