"""The host side of `image`. The library for pictures is loaded by the first call, not before."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from m3m_core import JSModule, RunContext, waits

from . import arguments
from .arguments import Check
from .limits import LONGEST_SIDE

if TYPE_CHECKING:
    from .service import ImageService
    from .work import Change

FORMAT = arguments.one_of("png", "jpeg", "jpg", "webp", "gif")
SIDES = arguments.whole(0, LONGEST_SIDE)
PLACES = ("top-left", "top", "top-right", "left", "center", "right", "bottom-left", "bottom", "bottom-right")

WRITTEN: dict[str, Check] = {
    "format": FORMAT,
    "quality": arguments.whole(1, 100),
    "lossless": arguments.flag,
    "background": arguments.colour,
    "keepMetadata": arguments.flag,
    "saveTo": arguments.path,
}
"""Options of everything that makes a picture."""

SIZED = WRITTEN | {"fit": arguments.one_of("fill", "cover", "contain", "inside"), "enlarge": arguments.flag}
PLACED = WRITTEN | {
    "position": arguments.one_of(*PLACES),
    "opacity": arguments.number(0, 1),
    "scale": arguments.number(0.01, 1),
    "margin": arguments.whole(0, LONGEST_SIDE),
    "tile": arguments.flag,
}
PACKED = WRITTEN | {"colors": arguments.whole(2, 256)}


class Image:
    def __init__(self, service: ImageService, run: RunContext) -> None:
        self._service = service
        self._project_id = run.spec.project_id

    @waits
    def info(self, source: Any) -> Any:
        data = self._read("image.info: source", source)
        return self._service.alone(_info, data)

    @waits
    def resize(self, source: Any, width: Any, height: Any = None, options: Any = None) -> Any:
        return self._sized("image.resize", source, width, height, options, {"fit": "fill", "enlarge": True})

    @waits
    def thumbnail(self, source: Any, width: Any, height: Any = None, options: Any = None) -> Any:
        height = width if height is None else height
        return self._sized("image.thumbnail", source, width, height, options, {"fit": "inside", "enlarge": False})

    @waits
    def crop(self, source: Any, x: Any, y: Any, width: Any, height: Any, options: Any = None) -> Any:
        from .operations import crop

        x, y = SIDES("image.crop: x", x), SIDES("image.crop: y", y)
        width, height = arguments.side("image.crop: width", width), arguments.side("image.crop: height", height)
        change = partial(crop, x=x, y=y, width=width, height=height)
        return self._changed("image.crop", source, change, arguments.options("image.crop", options, WRITTEN))

    @waits
    def rotate(self, source: Any, degrees: Any, options: Any = None) -> Any:
        from .operations import rotate

        turn = arguments.number(-36000, 36000)("image.rotate: degrees", degrees)
        given = arguments.options("image.rotate", options, WRITTEN)
        change = partial(rotate, degrees=turn, background=given.get("background", "transparent"))
        return self._changed("image.rotate", source, change, given)

    @waits
    def flip(self, source: Any, direction: Any = None, options: Any = None) -> Any:
        from .operations import flip

        way = arguments.one_of("horizontal", "vertical", "both")("image.flip: direction", direction or "horizontal")
        given = arguments.options("image.flip", options, WRITTEN)
        return self._changed("image.flip", source, partial(flip, direction=way), given)

    @waits
    def grayscale(self, source: Any, options: Any = None) -> Any:
        from .operations import grayscale

        return self._changed(
            "image.grayscale", source, grayscale, arguments.options("image.grayscale", options, WRITTEN)
        )

    @waits
    def blur(self, source: Any, radius: Any = None, options: Any = None) -> Any:
        from .operations import blur

        wide = arguments.number(0, 200)("image.blur: radius", 5 if radius is None else radius)
        given = arguments.options("image.blur", options, WRITTEN)
        return self._changed("image.blur", source, partial(blur, radius=wide), given)

    @waits
    def convert(self, source: Any, format: Any, options: Any = None) -> Any:  # noqa: A002 - the name in the seeds of the API
        given = arguments.options("image.convert", options, WRITTEN)
        given["format"] = FORMAT("image.convert: format", format)
        return self._changed("image.convert", source, _same, given)

    @waits
    def compress(self, source: Any, options: Any = None) -> Any:
        if isinstance(options, int | float):
            options = {"quality": options}
        given = {"quality": 70, **arguments.options("image.compress", options, PACKED)}
        return self._changed("image.compress", source, _same, given, small=True)

    @waits
    def watermark(self, source: Any, mark: Any, options: Any = None) -> Any:
        from . import work
        from .watermark import Placing

        given = arguments.options("image.watermark", options, PLACED)
        placing = Placing(**{name: given.pop(name) for name in tuple(given) if name not in WRITTEN})
        data = self._read("image.watermark: source", source)
        above = self._read("image.watermark: mark", mark)
        kind = self._kind("image.watermark", given)
        return self._result(self._service.alone(work.watermark, data, above, placing, given, kind), given)

    def _sized(self, name: str, source: Any, width: Any, height: Any, options: Any, defaults: dict[str, Any]) -> Any:
        from .operations import Box, resize

        width, height = SIDES(f"{name}: width", width or 0), SIDES(f"{name}: height", height or 0)
        if not width and not height:
            raise arguments.wrong(f"{name}: width", "a number of pixels, or height is given", None)
        given = {**defaults, **arguments.options(name, options, SIZED)}
        box = Box(width, height, given.pop("fit"), given.pop("enlarge"))
        change = partial(resize, box=box, background=given.get("background", "transparent"))
        return self._changed(name, source, change, given, draft=box.target)

    def _changed(self, name: str, source: Any, change: Change, options: dict[str, Any], **more: Any) -> Any:
        from .work import Job, run

        data = self._read(f"{name}: source", source)
        job = Job(data, change, options, self._kind(name, options), **more)
        return self._result(self._service.alone(run, job), options)

    def _kind(self, name: str, options: dict[str, Any]) -> str | None:
        """The format that is asked for, by its name or by the ending of a file's."""
        from .writing import ENDINGS

        target = options.get("saveTo", "")
        ending = target.rpartition(".")[2].lower()
        if "format" in options:
            return ENDINGS[options["format"]]
        if target and ending not in ENDINGS:
            raise arguments.wrong(f"{name}: saveTo", "a name that ends in .png, .jpg, .webp or .gif", target)
        return ENDINGS.get(ending)

    def _read(self, name: str, source: Any) -> bytes:
        return self._service.source(self._project_id, arguments.picture(name, source))

    def _result(self, made: Any, options: dict[str, Any]) -> Any:
        """The bytes, or what became of them."""
        if "saveTo" not in options:
            self._service.check_crossing(made.data)
            return made.data
        path = self._service.keep(self._project_id, options["saveTo"], made.data)
        return {"path": path, "size": len(made.data), "format": made.kind, "width": made.width, "height": made.height}


def _same(picture: Any) -> Any:
    return picture


def _info(data: bytes) -> dict[str, Any]:
    from .work import info

    return info(data)


def image_module(service: ImageService, run: RunContext) -> JSModule:
    return JSModule("image", Image(service, run))
