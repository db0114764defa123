"""Text on a canvas: where it stands, and how wide it may be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from m3m_core import wrong_argument

from .fontnames import parsed
from .text import Line, bounds, line, trace

if TYPE_CHECKING:
    from .fonts import Library
    from .painter import Painter

ALIGNED = {"left": 0.0, "center": 0.5, "right": 1.0}
"""Parts of the width that stand to the left of the given point."""


NARROWEST = 1e-6


def draw_text(painter: Painter, text: str, x: float, y: float, widest: float | None, *, stroked: bool = False) -> None:
    """Filled or stroked, never wider than `widest` pixels."""
    state = painter.state
    laid = line(painter.library, text, parsed(state.font), state.direction == "rtl")
    squeeze = 1.0 if widest is None or laid.width <= widest else widest / laid.width
    if squeeze < NARROWEST:
        return
    with painter.apart() as context:
        context.save()
        context.translate(x, y)
        context.scale(squeeze, 1)
        context.translate(-laid.width * share(state.align, state.direction), shift(laid, state.baseline))
        trace(context, laid)
        context.restore()
        painter.use(state.stroke if stroked else state.fill)
        painter.weigh(stroked=stroked)
        if stroked:
            context.stroke()
        else:
            context.fill()


def share(align: str, direction: str) -> float:
    """Raises ScriptError."""
    if align in ("start", "end"):
        align = "left" if (align == "start") == (direction == "ltr") else "right"
    if align not in ALIGNED:
        raise wrong_argument(f'textAlign must be one of start, end, left, center, right, not "{align[:60]}"')
    return ALIGNED[align]


def shift(laid: Line, baseline: str) -> float:
    """How far below the given point the baseline is; as in browsers. Raises ScriptError."""
    square = laid.size / ((laid.ascent + laid.descent) or 1)
    heights = {
        "alphabetic": 0.0,
        "top": laid.ascent * square,
        "hanging": laid.ascent * 0.8,
        "middle": (laid.ascent - laid.descent) * square / 2,
        "ideographic": -laid.descent,
        "bottom": -laid.descent * square,
    }
    if baseline not in heights:
        raise wrong_argument(f'textBaseline must be one of {", ".join(heights)}, not "{baseline[:60]}"')
    return heights[baseline]


def measured(library: Library, text: str, style: dict[str, str]) -> dict[str, Any]:
    """As `measureText` answers, in pixels."""
    laid = line(library, text, parsed(style["font"]), style["direction"] == "rtl")
    before = laid.width * share(style["textAlign"], style["direction"])
    down = shift(laid, style["textBaseline"])
    left, top, right, bottom = bounds(laid)
    return {
        "width": laid.width,
        "actualBoundingBoxLeft": before - left,
        "actualBoundingBoxRight": right - before,
        "actualBoundingBoxAscent": -top - down,
        "actualBoundingBoxDescent": bottom + down,
        "fontBoundingBoxAscent": laid.ascent - down,
        "fontBoundingBoxDescent": laid.descent + down,
    }
