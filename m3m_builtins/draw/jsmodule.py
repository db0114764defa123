"""The host side of `draw`. The libraries are loaded by the first call, which says so when they are not installed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from m3m_core import JSModule, RunContext, script_beside, waits, wrong_argument

from . import limits

if TYPE_CHECKING:
    from m3m_builtins.image.service import ImageService

    from .drawing import Drawing

SCRIPT = script_beside(__file__, "draw.js")
FORMATS = {"png": "png", "jpg": "jpeg", "jpeg": "jpeg", "webp": "webp", "svg": "svg", "pdf": "pdf"}


class Draw:
    def __init__(self, images: ImageService, run: RunContext) -> None:
        self._images = images
        self._project_id = run.spec.project_id
        self._made: Drawing | None = None

    def check(self, width: Any, height: Any) -> None:
        """Whether there can be a canvas of this size."""
        limits.check_size(width, height)
        self._drawing()

    def measure(self, text: str, style: Any) -> dict[str, Any]:
        return self._drawing().measure(text, style)

    def is_in_path(self, canvas: Any, x: float, y: float, rule: str) -> bool:
        from .sheet import sheet_of

        return self._drawing().is_in_path(sheet_of(canvas), x, y, rule)

    @waits
    def to_bytes(self, canvas: Any, format: Any, quality: Any) -> bytes:  # noqa: A002 - the word of the API
        data = self._rendered(canvas, _format(format, "toBytes: format"), quality)
        self._images.check_crossing(data)
        return data

    @waits
    def save(self, canvas: Any, path: Any, format: Any, quality: Any) -> dict[str, Any]:  # noqa: A002 - the word of the API
        if not isinstance(path, str) or not path:
            raise wrong_argument("save: path must be a path in the project's storage")
        kind = _format(format if format is not None else path.rpartition(".")[2].lower(), "save: the ending of path")
        data = self._rendered(canvas, kind, quality)
        return {"path": self._images.keep(self._project_id, path, data), "size": len(data), "format": kind}

    @waits
    def load_image(self, source: Any) -> dict[str, Any]:
        """The picture's file as it is, once it was seen that it can be decoded."""
        data = self._source(source, "draw.loadImage")
        self._images.check_crossing(data)
        picture = self._images.alone(self._images.decode, data)
        return {"width": picture.width, "height": picture.height, "data": data}

    @waits
    def load_font(self, source: Any, family: Any) -> str:
        if family is not None and (not isinstance(family, str) or not 0 < len(family) <= 100):
            raise wrong_argument("draw.loadFont: family must be a name of 1 to 100 characters")
        drawing = self._drawing()
        return drawing.library.add(self._source(source, "draw.loadFont"), family)

    def _source(self, source: Any, name: str) -> bytes:
        if not isinstance(source, bytes) and (not isinstance(source, str) or not source):
            raise wrong_argument(f"{name} takes a path in the project's storage, or bytes")
        return self._images.source(self._project_id, source)

    def _rendered(self, canvas: Any, kind: str, quality: Any) -> bytes:
        from .sheet import sheet_of

        if quality is not None and (type(quality) is not int or not 1 <= quality <= 100):
            raise wrong_argument("quality must be a whole number from 1 to 100")
        return self._images.alone(self._drawing().render, sheet_of(canvas), kind, quality)

    def _drawing(self) -> Drawing:
        """Raises Unavailable (`draw_not_installed`)."""
        if self._made is None:
            try:
                from .drawing import Drawing
                from .fonts import Library
            except ModuleNotFoundError as error:
                raise limits.not_installed() from error
            self._made = Drawing(self._images, Library())
        return self._made


def _format(given: Any, name: str) -> str:
    if not isinstance(given, str) or given not in FORMATS:
        raise wrong_argument(f"{name} must be one of {', '.join(FORMATS)}")
    return FORMATS[given]


def draw_module(images: ImageService, run: RunContext) -> JSModule:
    return JSModule("draw", Draw(images, run), SCRIPT)
