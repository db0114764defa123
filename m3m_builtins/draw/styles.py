"""What `save` keeps and `restore` brings back, beyond what cairo keeps itself; and what paints are made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import cairo

from m3m_core import wrong_argument

from .colours import colour

CAPS = {"butt": cairo.LineCap.BUTT, "round": cairo.LineCap.ROUND, "square": cairo.LineCap.SQUARE}
JOINS = {"miter": cairo.LineJoin.MITER, "round": cairo.LineJoin.ROUND, "bevel": cairo.LineJoin.BEVEL}
RULES = {"nonzero": cairo.FillRule.WINDING, "evenodd": cairo.FillRule.EVEN_ODD}
OPERATORS = {
    "source-over": cairo.Operator.OVER,
    "source-in": cairo.Operator.IN,
    "source-out": cairo.Operator.OUT,
    "source-atop": cairo.Operator.ATOP,
    "destination-over": cairo.Operator.DEST_OVER,
    "destination-in": cairo.Operator.DEST_IN,
    "destination-out": cairo.Operator.DEST_OUT,
    "destination-atop": cairo.Operator.DEST_ATOP,
    "lighter": cairo.Operator.ADD,
    "copy": cairo.Operator.SOURCE,
    "xor": cairo.Operator.XOR,
    "multiply": cairo.Operator.MULTIPLY,
    "screen": cairo.Operator.SCREEN,
    "overlay": cairo.Operator.OVERLAY,
    "darken": cairo.Operator.DARKEN,
    "lighten": cairo.Operator.LIGHTEN,
}


@dataclass
class State:
    """A paint is a colour or the number of a gradient. `hidden`: the transformation has no area, so nothing is seen.
    `clip` is how many seconds each paint takes longer for what it is cut to.
    """

    matrix: cairo.Matrix
    hidden: bool = False
    fill: str | int = "#000000"
    stroke: str | int = "#000000"
    alpha: float = 1.0
    font: str = "10px sans-serif"
    align: str = "start"
    baseline: str = "alphabetic"
    direction: str = "ltr"
    dash: tuple[float, ...] = ()
    dash_offset: float = 0.0
    clip: float = 0.0


def gradient(described: Mapping[str, Any], alpha: float) -> cairo.Gradient:
    """Raises ScriptError."""
    made: cairo.Gradient
    if described["kind"] == "linear":
        made = cairo.LinearGradient(*described["at"])
    else:
        made = cairo.RadialGradient(*described["at"])
    for offset, name in sorted(described["stops"], key=lambda stop: float(stop[0])):
        red, green, blue, own = colour(name)
        made.add_color_stop_rgba(offset, red, green, blue, own * alpha)
    return made


def word(table: Mapping[str, Any], name: str, value: str) -> Any:
    """Raises ScriptError that names what there is."""
    if value not in table:
        raise wrong_argument(f'{name} must be one of {", ".join(table)}, not "{str(value)[:60]}"')
    return table[value]
