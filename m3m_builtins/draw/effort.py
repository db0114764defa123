"""What a paint will cost, found out before it begins: cairo cannot be stopped within one."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import hypot, sqrt
from typing import TYPE_CHECKING, Any

from . import limits

if TYPE_CHECKING:
    import cairo

Point = tuple[float, float]

MOVE, LINE, CURVE, CLOSE = range(4)
"""Kinds of elements of a path in cairo."""

FILL_ROW, FILL_PIECE = 0.4e-6, 8e-6
STROKE_ROW, STROKE_PIECE = 1.2e-6, 30e-6
DASH, DASH_UNSEEN = 1.5e-6, 15e-9
"""Seconds, as measured: of each pixel that an edge goes down or up, of each straight piece, of each dash."""

UNSEEN = 0.1
"""What a piece beside the canvas takes, as a part of one on it."""

SHORTEST_DASH = 0.1
"""Pixels: cairo draws shorter ones as a grey line."""


@dataclass
class Extent:
    """Of a path in pixels of the canvas: how far its edges go down and up (`rows`), and how far in all."""

    pieces: float = 0.0
    rows: float = 0.0
    length: float = 0.0
    seen: float = 0.0


class Effort:
    """Of one drawing, which has `limits.LONGEST_DRAWING` from now on. Vector formats keep every point in memory."""

    def __init__(self, width: int, height: int, *, is_vector: bool) -> None:
        self._size = width, height
        self._end = time.monotonic() + limits.LONGEST_DRAWING
        self._points_left: float = limits.MOST_POINTS if is_vector else float("inf")

    def look(self, seconds: float = 0.0) -> None:
        """Raises Timeout when what takes so long would end too late."""
        if time.monotonic() + seconds > self._end:
            raise limits.too_long()

    def fill(self, context: cairo.Context[Any]) -> float:
        """Seconds that it takes to fill the path. Raises TooLarge."""
        extent = self._extent(context, 0.0)
        return extent.rows * FILL_ROW + extent.pieces * FILL_PIECE

    def stroke(self, context: cairo.Context[Any], dash: Sequence[float]) -> float:
        """Seconds that it takes to stroke the path. Raises TooLarge."""
        scale = scale_of(context.get_matrix())
        extent = self._extent(context, context.get_line_width() * scale)
        seconds = extent.rows * STROKE_ROW + extent.pieces * STROKE_PIECE
        if any(dash):
            length = max(sum(dash) / len(dash) * scale, SHORTEST_DASH)
            if extent.seen / length > limits.MOST_DASHES:
                raise limits.too_large(f"At most {limits.MOST_DASHES} dashes of a line can be seen at once.")
            seconds += (extent.seen * DASH + extent.length * DASH_UNSEEN) / length
        return seconds

    def _extent(self, context: cairo.Context[Any], wide: float) -> Extent:
        extent, (width, height) = Extent(), self._size
        for (x, y), (to_x, to_y), is_curve in sides(context):
            self._points_left -= 1
            extent.length += hypot(to_x - x, to_y - y)
            if beside(x, to_x, width, wide) or beside(y, to_y, height, wide):
                extent.pieces += UNSEEN
                continue
            across, down = within(x, to_x, width), within(y, to_y, height)
            extent.pieces += 2 * sqrt(across + down) + 1 if is_curve else 1
            extent.rows += min(down + wide, height)
            extent.seen += across + down
        if self._points_left < 0:
            raise limits.too_large(f"A drawing as svg or pdf has at most {limits.MOST_POINTS} points.")
        return extent


def beside(start: float, end: float, size: float, wide: float) -> bool:
    return max(start, end) < -wide or min(start, end) > size + wide


def within(start: float, end: float, size: float) -> float:
    """How far it goes on the canvas, in one direction."""
    return abs(min(max(end, 0.0), size) - min(max(start, 0.0), size))


def sides(context: cairo.Context[Any]) -> Iterator[tuple[Point, Point, bool]]:
    """Lines of the path, and those between the points of its curves, from where to where in pixels."""
    context.save()
    context.identity_matrix()
    path = context.copy_path()
    context.restore()
    first = last = (0.0, 0.0)
    for kind, points in path:
        if kind == MOVE:
            first = last = points[0], points[1]
        for point in zip(points[::2], points[1::2], strict=True) if kind in (LINE, CURVE) else ():
            yield last, point, kind == CURVE
            last = point
        if kind == CLOSE:
            yield last, first, False
            last = first


def scale_of(matrix: cairo.Matrix) -> float:
    """The most pixels that one unit becomes, in any direction."""
    return max(hypot(matrix.xx, matrix.yx), hypot(matrix.xy, matrix.yy))
