"""A mark on a picture: another picture, smaller and half transparent."""

from __future__ import annotations

from dataclasses import dataclass

from PIL import Image

from .operations import Box

POSITIONS = {
    "top-left": (0.0, 0.0),
    "top": (0.5, 0.0),
    "top-right": (1.0, 0.0),
    "left": (0.0, 0.5),
    "center": (0.5, 0.5),
    "right": (1.0, 0.5),
    "bottom-left": (0.0, 1.0),
    "bottom": (0.5, 1.0),
    "bottom-right": (1.0, 1.0),
}
"""Parts of the room that is left, from the left and from the top."""


STRIP = 512
"""Rows."""

MOST_TILES = 10_000


@dataclass(frozen=True)
class Placing:
    """`scale` is the mark's width as a part of the picture's; `margin` is in pixels; `tile` repeats it everywhere."""

    position: str = "bottom-right"
    opacity: float = 0.5
    scale: float = 0.25
    margin: int = 10
    tile: bool = False


def prepared(mark: Image.Image, onto: tuple[int, int], placing: Placing) -> Image.Image:
    """The mark in its size and with its opacity, never larger than the picture that it goes onto."""
    width = max(1, min(round(onto[0] * placing.scale), onto[0]))
    target = Box(width, onto[1], "inside").target(*mark.size)
    small = mark.resize(target, Image.Resampling.LANCZOS).convert("RGBA")
    small.putalpha(small.getchannel("A").point(lambda value: value * placing.opacity))
    return small


def put(picture: Image.Image, mark: Image.Image, placing: Placing) -> Image.Image:
    """A prepared mark onto a picture, which stays without transparency when it has none."""
    if "A" not in picture.mode:
        marked = picture.convert("RGB")
        for place in places(picture.size, mark.size, placing):
            _paste(marked, mark, place)
        return marked
    marked = picture.convert("RGBA")
    for place in places(picture.size, mark.size, placing):
        marked.alpha_composite(mark, place)
    return marked


def _paste(onto: Image.Image, mark: Image.Image, place: tuple[int, int]) -> None:
    """Strip by strip: pasting takes a copy of what is pasted."""
    for top in range(0, mark.height, STRIP):
        strip = mark.crop((0, top, mark.width, min(top + STRIP, mark.height)))
        onto.paste(strip, (place[0], place[1] + top), strip)


def places(size: tuple[int, int], mark: tuple[int, int], placing: Placing) -> list[tuple[int, int]]:
    if placing.tile:
        across, down = mark[0] + placing.margin, mark[1] + placing.margin
        tiles = [(x, y) for y in range(0, size[1], down) for x in range(0, size[0], across)]
        return tiles[:MOST_TILES]
    x, y = (
        min(
            max(round((size[axis] - mark[axis] - 2 * placing.margin) * part) + placing.margin, 0),
            size[axis] - mark[axis],
        )
        for axis, part in enumerate(POSITIONS[placing.position])
    )
    return [(x, y)]
