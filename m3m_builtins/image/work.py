"""One call of a service, from the bytes that it gave to the bytes that it gets."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from PIL import Image

from . import limits, reading, writing
from .watermark import Placing, prepared, put

LARGEST_PROFILE = 1024 * 1024
LARGEST_EXIF = 64 * 1024
"""Bytes: what a JPEG can hold."""

Change = Callable[[Image.Image], Image.Image]


@dataclass(frozen=True)
class Made:
    data: bytes
    kind: str
    width: int
    height: int


@dataclass(frozen=True)
class Job:
    """`change` is done to each frame. `draft` is the size that is wanted, for what can be decoded at a smaller one."""

    source: bytes
    change: Change
    options: Mapping[str, Any]
    kind: str | None = None
    draft: Callable[[int, int], tuple[int, int]] | None = None
    small: bool = False


def run(job: Job) -> Made:
    """Raises TooLarge, UnsupportedMedia, Invalid."""
    with reading.opened(job.source, limits.MOST_PIXELS_SHRUNK if job.draft else limits.MOST_PIXELS) as file:
        kind = job.kind or str(file.format).lower()
        output = _output(kind, file, job)
        if kind in writing.ANIMATED and reading.frame_count(file) > 1:
            return _animation(file, job, output)
        if job.draft is not None and file.format == "JPEG":
            reading.draft(file, *job.draft(*reading.upright_size(file)))
        picture = job.change(reading.first_frame(file))
    del file  # it holds the pixels of the source, which encoding has no need of
    return Made(writing.encode(picture, output), kind, *picture.size)


def _animation(file: Image.Image, job: Job, output: writing.Output) -> Made:
    sizes: list[tuple[int, int]] = []

    def changed() -> Iterator[tuple[Image.Image, int]]:
        for frame, duration in reading.frames(file):
            done = job.change(frame)
            sizes.append(done.size)
            yield done, duration

    data = writing.encode_animation(changed(), int(file.info.get("loop", 1)), output)
    return Made(data, output.kind, *sizes[0])


def _output(kind: str, file: Image.Image, job: Job) -> writing.Output:
    options = job.options
    return writing.Output(
        kind,
        quality=options.get("quality"),
        lossless=options.get("lossless", False),
        background=options.get("background", "white"),
        colors=options.get("colors"),
        small=job.small,
        exif=_exif(file) if options.get("keepMetadata") else b"",
        profile=_profile(file),
    )


def _exif(file: Image.Image) -> bytes:
    """What the camera wrote, less the orientation: the picture is upright now."""
    exif = file.getexif()
    exif.pop(reading.ORIENTATION, None)
    data = exif.tobytes() if exif else b""
    return data if len(data) <= LARGEST_EXIF else b""


def _profile(file: Image.Image) -> bytes:
    """What the numbers mean as colours; without it they change. Of use only where the mode stays what it is."""
    profile = file.info.get("icc_profile") or b""
    return profile if file.mode in ("RGB", "RGBA") and len(profile) <= LARGEST_PROFILE else b""


def info(data: bytes) -> dict[str, Any]:
    """From the header alone."""
    with reading.opened(data, limits.MOST_PIXELS_SHRUNK) as file:
        width, height = reading.upright_size(file)
        count = reading.frame_count(file)
        return {
            "format": str(file.format).lower(),
            "mime": Image.MIME[str(file.format)],
            "width": width,
            "height": height,
            "size": len(data),
            "hasAlpha": reading.has_alpha(file),
            "frames": count,
            "isAnimated": count > 1,
            "orientation": reading.orientation(file),
        }


def watermark(source: bytes, mark: bytes, placing: Placing, options: Mapping[str, Any], kind: str | None) -> Made:
    with reading.opened(source) as file:
        size = reading.upright_size(file)
    ready = _prepared(mark, size, placing)
    return run(Job(source, partial(put, mark=ready, placing=placing), options, kind))


def _prepared(mark: bytes, size: tuple[int, int], placing: Placing) -> Image.Image:
    """In a function of its own, so that the pixels of the file are given back before the picture is read."""
    with reading.opened(mark) as file:
        return prepared(reading.first_frame(file), size, placing)
