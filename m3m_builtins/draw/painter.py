"""The commands of a canvas, drawn with cairo. Every public method is one command."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import cairo

from . import shapes
from .colours import colour
from .styles import CAPS, JOINS, OPERATORS, RULES, State, gradient, word
from .writing import draw_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .effort import Effort
    from .fonts import Library
    from .sheet import Sheet

Pictures = Callable[[int], cairo.ImageSurface]
"""The picture of a number."""

SMALLEST_AREA = 1e-12


class Painter:
    def __init__(
        self, context: cairo.Context[Any], sheet: Sheet, library: Library, pictures: Pictures, effort: Effort
    ) -> None:
        self.context = context
        self.state = State(cairo.Matrix())
        self.library = library
        self._sheet = sheet
        self._pictures = pictures
        self._effort = effort
        self._base = context.get_matrix()
        self._states: list[State] = []
        context.set_line_width(1)
        context.set_miter_limit(10)

    # ---- state -------------------------------------------------------------------------------------------------------

    def save(self) -> None:
        self.context.save()
        self._states.append(replace(self.state))

    def restore(self) -> None:
        if self._states:
            self.context.restore()
            self.state = self._states.pop()

    def set(self, name: str, value: Any) -> None:
        """One property of the canvas."""
        context, state = self.context, self.state
        match name:
            case "fillStyle":
                state.fill = value
            case "strokeStyle":
                state.stroke = value
            case "globalAlpha":
                state.alpha = value
            case "lineWidth":
                context.set_line_width(value)
            case "miterLimit":
                context.set_miter_limit(value)
            case "lineCap":
                context.set_line_cap(word(CAPS, name, value))
            case "lineJoin":
                context.set_line_join(word(JOINS, name, value))
            case "globalCompositeOperation":
                context.set_operator(word(OPERATORS, name, value))
            case "lineDash" | "lineDashOffset":
                self._dash(name, value)
            case "font" | "direction" | "textAlign" | "textBaseline":
                setattr(state, {"textAlign": "align", "textBaseline": "baseline"}.get(name, name), value)

    def _dash(self, name: str, value: Any) -> None:
        state = self.state
        if name == "lineDash":
            state.dash = tuple(value)
        else:
            state.dash_offset = value
        self.context.set_dash(state.dash if any(state.dash) else (), state.dash_offset)

    def translate(self, x: float, y: float) -> None:
        self.transform(1, 0, 0, 1, x, y)

    def scale(self, x: float, y: float) -> None:
        self.transform(x, 0, 0, y, 0, 0)

    def rotate(self, radians: float) -> None:
        self._transformed(cairo.Matrix.init_rotate(radians) * self.state.matrix)

    def transform(self, *values: float) -> None:
        self._transformed(cairo.Matrix(*values) * self.state.matrix)

    def set_transform(self, *values: float) -> None:
        self._transformed(cairo.Matrix(*values))

    def _transformed(self, matrix: cairo.Matrix) -> None:
        """A matrix that cannot be undone would put cairo out of order: nothing is drawn under it."""
        self.state.matrix = matrix
        area = matrix.xx * matrix.yy - matrix.xy * matrix.yx
        self.state.hidden = not SMALLEST_AREA < abs(area) < float("inf")
        if not self.state.hidden:
            self.context.set_matrix(matrix * self._base)

    # ---- paths -------------------------------------------------------------------------------------------------------

    def begin_path(self) -> None:
        self.context.new_path()

    def close_path(self) -> None:
        if self.context.has_current_point():
            self.context.close_path()

    def move_to(self, x: float, y: float) -> None:
        self.context.move_to(x, y)

    def line_to(self, x: float, y: float) -> None:
        shapes.move_or_line(self.context, x, y)

    def quadratic_curve_to(self, *points: float) -> None:
        shapes.quadratic(self.context, *points)

    def bezier_curve_to(self, *points: float) -> None:
        shapes.bezier(self.context, *points)

    def arc(self, *values: Any) -> None:
        shapes.arc(self.context, *values)

    def arc_to(self, *values: float) -> None:
        shapes.arc_to(self.context, *values)

    def ellipse(self, *values: Any) -> None:
        shapes.ellipse(self.context, *values)

    def rect(self, x: float, y: float, width: float, height: float) -> None:
        self.context.rectangle(x, y, width, height)

    def round_rect(self, x: float, y: float, width: float, height: float, radii: Sequence[float]) -> None:
        shapes.round_rect(self.context, x, y, width, height, radii)

    # ---- painting ----------------------------------------------------------------------------------------------------

    def fill(self, rule: str = "nonzero") -> None:
        self.use(self.state.fill)
        self.context.set_fill_rule(word(RULES, "fill: rule", rule))
        self.weigh()
        self.context.fill_preserve()

    def stroke(self) -> None:
        self.use(self.state.stroke)
        self.weigh(stroked=True)
        self.context.stroke_preserve()

    def clip(self, rule: str = "nonzero") -> None:
        self.context.set_fill_rule(word(RULES, "clip: rule", rule))
        self.state.clip += self._effort.fill(self.context)
        self.context.clip_preserve()

    def fill_rect(self, x: float, y: float, width: float, height: float) -> None:
        with self.apart() as context:
            context.rectangle(x, y, width, height)
            self.use(self.state.fill)
            self.weigh()
            context.fill()

    def stroke_rect(self, x: float, y: float, width: float, height: float) -> None:
        with self.apart() as context:
            context.rectangle(x, y, width, height)
            self.use(self.state.stroke)
            self.weigh(stroked=True)
            context.stroke()

    def clear_rect(self, x: float, y: float, width: float, height: float) -> None:
        with self.apart() as context:
            context.set_operator(cairo.Operator.CLEAR)
            context.rectangle(x, y, width, height)
            self.weigh()
            context.fill()

    def fill_text(self, text: str, x: float, y: float, widest: float | None = None) -> None:
        draw_text(self, text, x, y, widest)

    def stroke_text(self, text: str, x: float, y: float, widest: float | None = None) -> None:
        draw_text(self, text, x, y, widest, stroked=True)

    def draw_image(self, number: int, source: Sequence[float], target: Sequence[float]) -> None:
        """`source` and `target` are x, y, width and height."""
        if 0 in (source[2], source[3], target[2], target[3]):
            return
        picture = self._pictures(number)
        across, down = target[2] / source[2], target[3] / source[3]
        with self.apart() as context:
            context.rectangle(*target)
            self.weigh()
            context.clip()
            context.translate(target[0] - source[0] * across, target[1] - source[1] * down)
            context.scale(across, down)
            context.set_source_surface(picture, 0, 0)
            pattern = context.get_source()
            pattern.set_filter(cairo.Filter.GOOD)
            pattern.set_extend(cairo.Extend.PAD)  # or the edges would fade into nothing
            context.paint_with_alpha(self.state.alpha)

    def weigh(self, *, stroked: bool = False) -> None:
        """Comes before the path is painted. Raises Timeout, TooLarge."""
        effort, context, state = self._effort, self.context, self.state
        own = effort.stroke(context, state.dash) if stroked else effort.fill(context)
        effort.look(own + state.clip)

    def use(self, paint: str | int) -> None:
        """A colour or the number of a gradient becomes what is painted with."""
        if isinstance(paint, int):
            self.context.set_source(gradient(self._sheet.gradients[paint], self.state.alpha))
            return
        red, green, blue, alpha = colour(paint)
        self.context.set_source_rgba(red, green, blue, alpha * self.state.alpha)

    @contextmanager
    def apart(self) -> Iterator[cairo.Context[Any]]:
        """Draw something that leaves the path and the state as they were."""
        context = self.context
        path = context.copy_path() if context.has_current_point() else None
        context.save()
        context.new_path()
        yield context
        context.restore()
        context.new_path()
        if path is not None:
            context.append_path(path)
