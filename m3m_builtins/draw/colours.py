"""CSS colours: names, #rgb to #rrggbbaa, rgb(), rgba(), hsl(), hsla()."""

from __future__ import annotations

import colorsys
import re
from functools import lru_cache

from m3m_core import wrong_argument

Colour = tuple[float, float, float, float]
"""Red, green, blue and alpha, each from 0 to 1."""

FUNCTION = re.compile(r"(rgb|rgba|hsl|hsla)\(([^()]*)\)")
SEPARATOR = re.compile(r"\s*[,/]\s*|\s+")
LONGEST = 64
TURN = {"deg": 1.0, "turn": 360.0, "rad": 57.29577951308232, "grad": 0.9, "": 1.0}
ANGLE = re.compile(r"(.*?)(deg|turn|grad|rad|)")


@lru_cache(maxsize=512)
def colour(text: str) -> Colour:
    """Raises ScriptError."""
    name = text.strip().lower()
    if name == "transparent":
        return 0.0, 0.0, 0.0, 0.0
    try:
        if len(name) <= LONGEST:
            found = FUNCTION.fullmatch(name)
            return _function(found[1], SEPARATOR.split(found[2].strip())) if found else _plain(name)
    except ValueError:
        pass
    raise wrong_argument(
        f'"{text[:LONGEST]}" is no colour: write "red", "#ff8800", "rgb(255 136 0 / 50%)" or "hsl(32, 100%, 50%)"'
    )


def _plain(name: str) -> Colour:
    from PIL import ImageColor

    parts = ImageColor.getrgb(name)
    return parts[0] / 255, parts[1] / 255, parts[2] / 255, (parts[3] / 255 if len(parts) == 4 else 1.0)


def _function(name: str, parts: list[str]) -> Colour:
    if len(parts) not in (3, 4):
        raise ValueError(name)
    alpha = _part(parts[3], 1.0) if len(parts) == 4 else 1.0
    if name.startswith("rgb"):
        red, green, blue = (_part(part, 255.0) for part in parts[:3])
        return red, green, blue, alpha
    found = ANGLE.fullmatch(parts[0])
    hue = float(found[1]) * TURN[found[2]] if found else 0.0
    red, green, blue = colorsys.hls_to_rgb(hue % 360 / 360, _part(parts[2], 100.0), _part(parts[1], 100.0))
    return red, green, blue, alpha


def _part(text: str, whole: float) -> float:
    """A number of `whole`, or a percentage, as a part of 1."""
    value = float(text[:-1]) / 100 if text.endswith("%") else float(text) / whole
    if value != value:
        raise ValueError(text)
    return min(max(value, 0.0), 1.0)
