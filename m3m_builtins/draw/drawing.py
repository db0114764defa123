"""A canvas from its commands to the bytes of a file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any

import cairo
from PIL import Image

from m3m_core import M3MError, ScriptError, wrong_argument

from . import limits, writing
from .effort import Effort
from .fonts import Library
from .painter import Painter

if TYPE_CHECKING:
    from m3m_builtins.image.service import ImageService

    from .sheet import Command, Sheet

VECTOR = ("svg", "pdf")
CAPITAL = re.compile(r"([A-Z])")

UNSEEN = frozenset({"save", "restore", "set", "translate", "scale", "rotate", "transform", "setTransform", "beginPath"})
"""Commands that count even where the transformation hides everything."""

OUTLINES = frozenset(
    {
        "moveTo",
        "lineTo",
        "closePath",
        "quadraticCurveTo",
        "bezierCurveTo",
        "arc",
        "arcTo",
        "ellipse",
        "rect",
        "roundRect",
    }
)
PAINTS = frozenset(
    {"fill", "stroke", "clip", "fillRect", "strokeRect", "clearRect", "fillText", "strokeText", "drawImage"}
)
METHODS = {name: CAPITAL.sub(r"_\1", name).lower() for name in UNSEEN | OUTLINES | PAINTS}


class Drawing:
    """`images` is the service of the image plugin, which decodes and encodes; `library` the fonts of the run."""

    def __init__(self, images: ImageService, library: Library) -> None:
        self._images = images
        self.library = library

    def render(self, sheet: Sheet, kind: str, quality: int | None) -> bytes:
        """`kind` is png, jpeg, webp, svg or pdf. Raises ScriptError, TooLarge, UnsupportedMedia, Timeout."""
        if kind in VECTOR:
            return self._vector(sheet, kind)
        surface = cairo.ImageSurface(cairo.Format.ARGB32, sheet.width, sheet.height)
        self._draw(cairo.Context(surface), sheet)
        surface.flush()
        if kind == "png":
            file = BytesIO()
            surface.write_to_png(file)
            return file.getvalue()
        size, data = (sheet.width, sheet.height), surface.get_data()
        stride = surface.get_stride()
        picture = Image.frombuffer("RGBa", size, data, "raw", "BGRa", stride, 1)  # type: ignore[arg-type]  # any buffer
        picture = picture.convert("RGBA")
        return self._images.encode(picture, kind, quality)

    def _vector(self, sheet: Sheet, kind: str) -> bytes:
        file = BytesIO()
        surface: cairo.SVGSurface | cairo.PDFSurface
        if kind == "svg":
            surface = cairo.SVGSurface(file, sheet.width, sheet.height)
            surface.set_document_unit(cairo.SVGUnit.PX)
        else:
            surface = cairo.PDFSurface(file, sheet.width, sheet.height)
        self._draw(cairo.Context(surface), sheet, is_vector=True)
        surface.finish()
        return file.getvalue()

    def is_in_path(self, sheet: Sheet, x: float, y: float, rule: str) -> bool:
        """The point is in pixels of the canvas, whatever the transformation."""
        context = cairo.Context(cairo.ImageSurface(cairo.Format.A8, 1, 1))
        self._draw(context, sheet)
        context.identity_matrix()
        context.set_fill_rule(cairo.FillRule.EVEN_ODD if rule == "evenodd" else cairo.FillRule.WINDING)
        return context.in_fill(x, y)

    def measure(self, text: str, style: dict[str, str]) -> dict[str, Any]:
        return writing.measured(self.library, text, style)

    def _draw(self, context: cairo.Context[Any], sheet: Sheet, *, is_vector: bool = False) -> None:
        effort = Effort(sheet.width, sheet.height, is_vector=is_vector)
        painter = Painter(context, sheet, self.library, _Pictures(self._images, sheet.pictures), effort)
        for name, arguments in _commands(sheet.commands):
            effort.look()
            if painter.state.hidden and name not in UNSEEN:
                continue
            try:
                getattr(painter, METHODS[name])(*arguments)
            except (M3MError, ScriptError):
                raise
            except MemoryError as error:
                raise limits.too_large("The drawing takes more memory than the service has.") from error
            except (ArithmeticError, LookupError, TypeError, ValueError, cairo.Error) as error:
                raise wrong_argument(f"The canvas cannot do {name} with these values.") from error


def _commands(commands: Sequence[Command]) -> Iterator[tuple[str, Sequence[Any]]]:
    for command in commands:
        name, *arguments = command
        if name not in METHODS:
            raise wrong_argument(f'A canvas has no command "{str(name)[:60]}".')
        yield name, arguments


class _Pictures:
    """Pictures by their number, decoded when they are first drawn."""

    def __init__(self, images: ImageService, files: Sequence[bytes]) -> None:
        self._images = images
        self._files = files
        self._made: dict[int, cairo.ImageSurface] = {}
        self._pixels = 0

    def __call__(self, number: int) -> cairo.ImageSurface:
        if number not in self._made:
            picture = self._images.decode(self._files[number])
            self._pixels += picture.width * picture.height
            if self._pixels > limits.MOST_PICTURE_PIXELS:
                most = limits.MOST_PICTURE_PIXELS / 1e6
                raise limits.too_large(f"All pictures on a canvas together have at most {most:g} million pixels.")
            data = bytearray(picture.convert("RGBA").convert("RGBa").tobytes("raw", "BGRa"))
            self._made[number] = cairo.ImageSurface.create_for_data(
                data, cairo.Format.ARGB32, picture.width, picture.height
            )
        return self._made[number]
