"""Pictures and animations to the bytes of a file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from PIL import Image, ImageColor

from . import limits

ENDINGS = {"png": "png", "jpg": "jpeg", "jpeg": "jpeg", "webp": "webp", "gif": "gif"}
"""What a name's ending, or a service's word for a format, stands for."""

QUALITY = {"jpeg": 85, "webp": 80}
ANIMATED = ("gif", "webp")


@dataclass(frozen=True)
class Output:
    """How a picture is written. `colors` makes a palette of at most so many; `small` takes time to save bytes."""

    kind: str
    quality: int | None = None
    lossless: bool = False
    background: str = "white"
    colors: int | None = None
    small: bool = False
    exif: bytes = b""
    profile: bytes = b""


def encode(picture: Image.Image, output: Output) -> bytes:
    """Raises TooLarge."""
    limits.check_size(*picture.size, limits.MOST_PIXELS_WEBP if output.kind == "webp" else limits.MOST_PIXELS)
    file = BytesIO()
    fitting(picture, output).save(file, output.kind.upper(), **parameters(output))
    return file.getvalue()


def encode_animation(frames: Iterable[tuple[Image.Image, int]], loop: int, output: Output) -> bytes:
    """Frames with their milliseconds; `loop` 0 is for ever. Raises TooLarge."""
    kept: list[Image.Image] = []
    durations: list[int] = []
    pixels = 0
    for frame, duration in frames:
        limits.check_size(*frame.size)
        pixels += frame.width * frame.height
        if kept and pixels > limits.MOST_PIXELS_ANIMATED:
            raise limits.too_large(
                f"The animation would have more than {limits.MOST_PIXELS_ANIMATED / 1e6:g} million pixels in all."
            )
        kept.append(frame)
        durations.append(duration)
    file = BytesIO()
    options = parameters(output) | {"save_all": True, "loop": loop, "append_images": kept[1:], "duration": durations}
    if output.kind == "gif":
        options["disposal"] = 2  # no frame shows through the holes of the next one
    kept[0].save(file, output.kind.upper(), **options)
    return file.getvalue()


def parameters(output: Output) -> dict[str, Any]:
    made: dict[str, Any] = {}
    if output.kind in QUALITY:
        made["quality"] = output.quality or QUALITY[output.kind]
    if output.kind == "webp":
        made |= {"lossless": output.lossless, "method": 6 if output.small else 4}
    if output.kind in ("png", "jpeg"):
        made["optimize"] = output.small or output.kind == "jpeg"
    if output.kind == "jpeg":
        made["progressive"] = output.small
    if output.kind != "gif":
        made |= {"exif": output.exif, "icc_profile": output.profile}
    return made


def fitting(picture: Image.Image, output: Output) -> Image.Image:
    """In a mode that the format can hold."""
    if output.kind == "jpeg":
        return flat(picture, output.background)
    if output.kind == "webp" and picture.mode in ("L", "LA"):
        picture = picture.convert("RGB" if picture.mode == "L" else "RGBA")
    if output.colors is not None and output.kind in ("png", "gif"):
        method = Image.Quantize.FASTOCTREE if "A" in picture.mode else Image.Quantize.MEDIANCUT
        wide = picture.convert("RGBA" if "A" in picture.mode else "RGB")
        return wide.quantize(output.colors, method)
    return picture


def flat(picture: Image.Image, background: str) -> Image.Image:
    """Without transparency: on a background."""
    if "A" not in picture.mode:
        return picture
    below = Image.new("RGB", picture.size, ImageColor.getrgb(background)[:3])
    below.paste(picture.convert("RGB"), mask=picture.getchannel("A"))
    return below
