"""The canvas's own curves, in terms of cairo's. Each adds to the current path."""

from __future__ import annotations

from collections.abc import Sequence
from math import acos, atan2, hypot, pi, sqrt, tan
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    import cairo

    Context: TypeAlias = cairo.Context[Any]

FLAT = 1e-6


def move_or_line(context: Context, x: float, y: float) -> None:
    if context.has_current_point():
        context.line_to(x, y)
    else:
        context.move_to(x, y)


def quadratic(context: Context, cx: float, cy: float, x: float, y: float) -> None:
    if not context.has_current_point():
        context.move_to(cx, cy)
    px, py = context.get_current_point()
    context.curve_to(px + 2 / 3 * (cx - px), py + 2 / 3 * (cy - py), x + 2 / 3 * (cx - x), y + 2 / 3 * (cy - y), x, y)


def bezier(context: Context, *points: float) -> None:
    if not context.has_current_point():
        context.move_to(points[0], points[1])
    context.curve_to(*points)


def arc(context: Context, x: float, y: float, radius: float, start: float, end: float, back: bool = False) -> None:
    """`start` and `end` in radians; `back` is counter-clockwise."""
    sweep = start - end if back else end - start
    sweep = 2 * pi if sweep >= 2 * pi else sweep % (2 * pi)
    if back:
        context.arc_negative(x, y, radius, start, start - sweep)
    else:
        context.arc(x, y, radius, start, start + sweep)


def ellipse(
    context: Context,
    x: float,
    y: float,
    radius_x: float,
    radius_y: float,
    rotation: float,
    start: float,
    end: float,
    back: bool = False,
) -> None:
    context.save()
    context.translate(x, y)
    context.rotate(rotation)
    context.scale(max(radius_x, FLAT), max(radius_y, FLAT))
    arc(context, 0, 0, 1, start, end, back)
    context.restore()


def arc_to(context: Context, x1: float, y1: float, x2: float, y2: float, radius: float) -> None:
    """A rounded corner at the first point, on the way to the second."""
    if not context.has_current_point():
        context.move_to(x1, y1)
    x0, y0 = context.get_current_point()
    ax, ay, bx, by = x0 - x1, y0 - y1, x2 - x1, y2 - y1
    a, b = hypot(ax, ay), hypot(bx, by)
    cross = ax * by - ay * bx
    if a < FLAT or b < FLAT or abs(cross) < FLAT * a * b or radius < FLAT:
        context.line_to(x1, y1)
        return
    cosine = (ax * bx + ay * by) / (a * b)
    half = acos(min(max(cosine, -1.0), 1.0)) / 2
    far = radius / tan(half)
    # The centre lies on the line that halves the corner.
    mx, my = ax / a + bx / b, ay / a + by / b
    reach = sqrt(far * far + radius * radius) / hypot(mx, my)
    cx, cy = x1 + mx * reach, y1 + my * reach
    start = atan2(y1 + ay / a * far - cy, x1 + ax / a * far - cx)
    end = atan2(y1 + by / b * far - cy, x1 + bx / b * far - cx)
    arc(context, cx, cy, radius, start, end, cross > 0)


def round_rect(context: Context, x: float, y: float, width: float, height: float, radii: Sequence[float]) -> None:
    """Radii as in CSS: one for all, or top left, top right, bottom right, bottom left."""
    count = len(radii)
    four = [radii[0], radii[1 % count], radii[2 % count], radii[3 if count == 4 else 1 % count]]
    if width < 0:
        x, width = x + width, -width
    if height < 0:
        y, height = y + height, -height
    sums = (
        (width, four[0] + four[1]),
        (width, four[2] + four[3]),
        (height, four[0] + four[3]),
        (height, four[1] + four[2]),
    )
    shrink = min([1.0, *(side / total for side, total in sums if total > 0)])
    top_left, top_right, bottom_right, bottom_left = (max(radius * shrink, 0.0) for radius in four)
    right, bottom = x + width, y + height
    context.new_sub_path()
    context.arc(right - top_right, y + top_right, top_right, -pi / 2, 0)
    context.arc(right - bottom_right, bottom - bottom_right, bottom_right, 0, pi / 2)
    context.arc(x + bottom_left, bottom - bottom_left, bottom_left, pi / 2, pi)
    context.arc(x + top_left, y + top_left, top_left, pi, 3 * pi / 2)
    context.close_path()
    context.move_to(x, y)
