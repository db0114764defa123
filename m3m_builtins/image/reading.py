"""Files that anybody may have made: known formats only, and sizes are checked before anything is decoded."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any

from PIL import Image, ImageFile, ImageOps, ImageSequence, UnidentifiedImageError

from m3m_core import M3MError

from . import limits

FORMATS = ("PNG", "JPEG", "WEBP", "GIF")
ORIENTATION = 0x0112
TURNED = (5, 6, 7, 8)
"""Orientations of EXIF with width and height exchanged."""

USUAL_DURATION = 100
"""Milliseconds: what browsers take for none."""

FINE = ("RGB", "RGBA", "L", "LA")


@contextmanager
def opened(data: bytes, pixels: int = limits.MOST_PIXELS) -> Iterator[ImageFile.ImageFile]:
    """A file whose header is read and whose size is allowed. Raises TooLarge, UnsupportedMedia, also in the block."""
    try:
        with Image.open(BytesIO(data), formats=FORMATS) as file:
            limits.check_size(*file.size, pixels if file.format == "JPEG" else limits.MOST_PIXELS)
            yield file
    except M3MError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError) as error:
        raise limits.too_large("The picture has too many pixels.") from error
    except UnidentifiedImageError as error:
        raise limits.not_a_picture() from error
    except Exception as error:  # a hostile file fails in Pillow in any way it likes
        raise limits.broken() from error


def orientation(file: Image.Image) -> int:
    """From 1 (upright) to 8, as in EXIF; what is not sensible is upright."""
    value = file.getexif().get(ORIENTATION, 1)
    return value if isinstance(value, int) and 1 <= value <= 8 else 1


def upright_size(file: Image.Image) -> tuple[int, int]:
    width, height = file.size
    return (height, width) if orientation(file) in TURNED else (width, height)


def frame_count(file: Any) -> int:
    """Of what is kept as an animation: gif and webp. Raises TooLarge."""
    count = int(getattr(file, "n_frames", 1)) if file.format in ("GIF", "WEBP") else 1
    if count > 1 and (count > limits.MOST_FRAMES or count * file.width * file.height > limits.MOST_PIXELS_FRAMES):
        raise limits.too_large(
            f"The animation has {count} frames of {file.width}×{file.height}: at most {limits.MOST_FRAMES} frames and "
            f"{limits.MOST_PIXELS_FRAMES / 1e6:g} million pixels in all."
        )
    return count


def draft(file: ImageFile.ImageFile, width: int, height: int) -> None:
    """Let a JPEG be decoded at a smaller scale, of at least twice this upright size."""
    if orientation(file) in TURNED:
        width, height = height, width
    file.draft(None, (width * 2, height * 2))
    limits.check_size(*file.size)


def first_frame(file: Image.Image) -> Image.Image:
    """Upright, and without what else the file says. It may be the file's own object: a copy would cost its memory."""
    ImageOps.exif_transpose(file, in_place=True)
    file.load()
    picture = plain(file)
    picture.info = {}
    return picture


def frames(file: Image.Image) -> Iterator[tuple[Image.Image, int]]:
    """Every frame with its milliseconds."""
    for frame in ImageSequence.Iterator(file):
        picture = frame.convert("RGBA")
        duration = int(frame.info.get("duration", 0) or USUAL_DURATION)  # webp: known once the frame is decoded
        picture.info = {}
        yield picture, duration


def plain(picture: Image.Image) -> Image.Image:
    """In a mode that every operation knows."""
    if picture.mode in FINE and "transparency" not in picture.info:
        return picture
    if picture.mode.startswith("I"):
        return picture.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if has_alpha(picture):
        return picture.convert("RGBA")
    return picture.convert("L" if picture.mode == "1" else "RGB")


def has_alpha(picture: Image.Image) -> bool:
    return picture.mode in ("RGBA", "LA", "PA", "RGBa", "La") or "transparency" in picture.info
