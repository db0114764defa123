"""What is done to one picture in memory. Sizes of results are checked before they are made."""

from __future__ import annotations

from dataclasses import dataclass

from PIL import Image, ImageFilter, ImageOps

from m3m_core import Invalid

from . import limits

FLIPS = {
    "horizontal": Image.Transpose.FLIP_LEFT_RIGHT,
    "vertical": Image.Transpose.FLIP_TOP_BOTTOM,
    "both": Image.Transpose.ROTATE_180,
}
QUARTERS = {90: Image.Transpose.ROTATE_270, 180: Image.Transpose.ROTATE_180, 270: Image.Transpose.ROTATE_90}
"""Pillow turns the other way round."""

FILTER = Image.Resampling.LANCZOS


@dataclass(frozen=True)
class Box:
    """A size that is wanted. `fit` is fill, cover, contain or inside; 0 is the side that follows from the other."""

    width: int
    height: int
    fit: str = "fill"
    enlarge: bool = True

    def target(self, width: int, height: int) -> tuple[int, int]:
        """The size that a picture of this size gets. Raises TooLarge."""
        wide, high = self.width, self.height
        if not wide or not high:
            factor = wide / width if wide else high / height
            target = wide or _scaled(width, factor), high or _scaled(height, factor)
        elif self.fit == "inside":
            factor = min(wide / width, high / height)
            target = _scaled(width, factor), _scaled(height, factor)
        else:
            target = wide, high
        if not self.enlarge and (target[0] > width or target[1] > height):
            target = width, height
        limits.check_size(*target)
        return target


def _scaled(side: int, factor: float) -> int:
    return max(1, round(side * factor))


def resize(picture: Image.Image, box: Box, background: str) -> Image.Image:
    target = box.target(*picture.size)
    if target == picture.size:
        return picture
    if box.fit == "cover" and box.width and box.height:
        return ImageOps.fit(picture, target, FILTER)
    if box.fit == "contain" and box.width and box.height:
        inner = Box(*target, "inside").target(*picture.size)
        return _padded(picture.resize(inner, FILTER), target, background)
    return picture.resize(target, FILTER)


def _padded(picture: Image.Image, size: tuple[int, int], background: str) -> Image.Image:
    below = Image.new("RGBA", size, (0, 0, 0, 0) if background == "transparent" else background)
    place = ((size[0] - picture.width) // 2, (size[1] - picture.height) // 2)
    below.alpha_composite(picture.convert("RGBA"), place)
    return below


def crop(picture: Image.Image, x: int, y: int, width: int, height: int) -> Image.Image:
    """Raises Invalid when the part is not in the picture."""
    if x + width > picture.width or y + height > picture.height:
        raise Invalid(
            f"The part {width}×{height} at {x},{y} is not in the picture, which is {picture.width}×{picture.height}.",
            code="outside_picture",
        )
    return picture.crop((x, y, x + width, y + height))


def rotate(picture: Image.Image, degrees: float, background: str) -> Image.Image:
    """Clockwise; corners that come in are of the background."""
    turned = degrees % 360
    if turned == 0:
        return picture
    if turned in QUARTERS:
        return picture.transpose(QUARTERS[int(turned)])
    limits.check_size(*_turned_size(picture.size, turned))
    if background == "transparent":
        return picture.convert("RGBA").rotate(-turned, Image.Resampling.BICUBIC, expand=True)
    mode = "RGBA" if "A" in picture.mode else "RGB"
    return picture.convert(mode).rotate(-turned, Image.Resampling.BICUBIC, expand=True, fillcolor=background)


def _turned_size(size: tuple[int, int], degrees: float) -> tuple[int, int]:
    from math import cos, radians, sin

    across, down = abs(cos(radians(degrees))), abs(sin(radians(degrees)))
    return int(size[0] * across + size[1] * down) + 2, int(size[0] * down + size[1] * across) + 2


def flip(picture: Image.Image, direction: str) -> Image.Image:
    return picture.transpose(FLIPS[direction])


def grayscale(picture: Image.Image) -> Image.Image:
    return picture.convert("LA" if "A" in picture.mode else "L")


def blur(picture: Image.Image, radius: float) -> Image.Image:
    if picture.mode == "LA":
        picture = picture.convert("RGBA")
    if "A" not in picture.mode:
        return picture.filter(ImageFilter.GaussianBlur(radius))
    # With colour weighted by alpha, or what cannot be seen would bleed into what can.
    return picture.convert("RGBa").filter(ImageFilter.GaussianBlur(radius)).convert("RGBA")
