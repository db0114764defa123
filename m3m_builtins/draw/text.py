"""Text to outlines, shaped by HarfBuzz: every script is set as it should be, and png, svg and pdf look alike."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import cairo
import uharfbuzz as hb

from . import limits
from .fontnames import Font
from .fonts import Chain, Face, Library
from .runs import Run, is_joined, runs

SPACES = str.maketrans(dict.fromkeys("\t\n\v\f\r\u2028\u2029", " "))

Outline = tuple[tuple[str, tuple[float, ...]], ...]
"""Methods of a cairo context with their arguments, in units of the font, y upwards."""


@dataclass(frozen=True)
class Glyph:
    """Placed in pixels from the start of the line's baseline, y downwards; `scale` is pixels for one unit."""

    font: hb.Font
    number: int
    x: float
    y: float
    scale: float


@dataclass(frozen=True)
class Line:
    """All in pixels; `ascent` and `descent` are of the first font, from the baseline."""

    glyphs: tuple[Glyph, ...]
    size: float
    width: float
    ascent: float
    descent: float


def line(library: Library, text: str, font: Font, rtl: bool) -> Line:
    """Raises TooLarge, Unavailable (`no_font`)."""
    if len(text) > limits.LONGEST_TEXT:
        raise limits.too_large(f"A text on a canvas has at most {limits.LONGEST_TEXT} characters.")
    chain = library.chain(font)
    glyphs: list[Glyph] = []
    width = 0.0
    for run in runs(text.translate(SPACES), rtl):
        pieces = list(_pieces(run.text, chain))
        for face, piece in reversed(pieces) if run.level % 2 else pieces:
            shaped, advance = _shape(chain.font_of(face), piece, run, font.size, width)
            glyphs += shaped
            width += advance
    first = chain.first()
    extents, scale = first.get_font_extents("ltr"), font.size / first.face.upem
    return Line(tuple(glyphs), font.size, width, extents.ascender * scale, -extents.descender * scale)


def _pieces(text: str, chain: Chain) -> Iterator[tuple[Face, str]]:
    """Stretches that one face can draw; a mark stays with its letter."""
    start, current = 0, chain.face_for(text[0])
    for at, char in enumerate(text):
        if is_joined(char) and at > start:
            continue
        face = current if char == " " and at > start else chain.face_for(char)
        if face is not current:
            if at > start:
                yield current, text[start:at]
            start, current = at, face
    if start < len(text):
        yield current, text[start:]


def _shape(font: hb.Font, text: str, run: Run, size: float, x: float) -> tuple[list[Glyph], float]:
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.script = run.script
    buffer.direction = "rtl" if run.level % 2 else "ltr"
    hb.shape(font, buffer)
    scale = size / font.face.upem
    glyphs, at = [], 0
    for info, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        glyphs.append(Glyph(font, info.codepoint, x + (at + place.x_offset) * scale, -place.y_offset * scale, scale))
        at += place.x_advance
    return glyphs, at * scale


def trace(context: cairo.Context[Any], text: Line) -> None:
    """Add the outlines of a line to the path, with its baseline's start at the origin."""
    for glyph in text.glyphs:
        context.save()
        context.translate(glyph.x, glyph.y)
        context.scale(glyph.scale, -glyph.scale)
        for name, values in outline(glyph.font, glyph.number):
            getattr(context, name)(*values)
        context.restore()


@lru_cache(maxsize=4096)
def outline(font: hb.Font, number: int) -> Outline:
    made: list[tuple[str, tuple[float, ...]]] = []
    font.draw_glyph(number, _funcs(), made)
    return tuple(made)


@lru_cache(maxsize=1)
def _funcs() -> hb.DrawFuncs:
    funcs = hb.DrawFuncs()
    funcs.set_move_to_func(lambda x, y, made: made.append(("move_to", (x, y))))
    funcs.set_line_to_func(lambda x, y, made: made.append(("line_to", (x, y))))
    funcs.set_cubic_to_func(lambda a, b, c, d, x, y, made: made.append(("curve_to", (a, b, c, d, x, y))))
    funcs.set_close_path_func(lambda made: made.append(("close_path", ())))
    return funcs


def bounds(text: Line) -> tuple[float, float, float, float]:
    """Of the ink: left, top, right, bottom in pixels from the start of the baseline, y downwards; zeros for none."""
    boxes = []
    for glyph in text.glyphs:
        box = glyph.font.get_glyph_extents(glyph.number)
        if box is not None and box.width:
            left, top = glyph.x + box.x_bearing * glyph.scale, glyph.y - box.y_bearing * glyph.scale
            boxes.append((left, top, left + box.width * glyph.scale, top - box.height * glyph.scale))
    if not boxes:
        return 0.0, 0.0, 0.0, 0.0
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)
