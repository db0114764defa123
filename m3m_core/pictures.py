"""Small pictures of any picture. Whatever the file is, it costs little."""

from __future__ import annotations

from io import BytesIO
from typing import BinaryIO

from PIL import Image, ImageOps

from .errors import TooLarge, UnsupportedMedia

MEDIA_TYPE = "image/webp"
LARGEST = 30_000_000
"""Pixels. A small file may unfold into a picture that fills the memory; this one takes 120 MB at most."""


def square(file: BinaryIO, side: int, *, formats: tuple[str, ...], quality: int) -> bytes:
    """A WebP of side × side pixels, cut to its middle, upright, without metadata.

    Raises TooLarge (`picture_too_large`), UnsupportedMedia (`not_a_picture`).
    """
    try:
        with Image.open(file, formats=formats) as picture:
            if picture.width * picture.height > LARGEST:
                raise TooLarge("The picture has too many pixels.", code="picture_too_large")
            picture.draft("RGB", (side * 2, side * 2))  # JPEG only: decodes at a smaller scale
            upright = ImageOps.exif_transpose(picture)
            small = ImageOps.fit(upright.convert("RGBA"), (side, side))
        out = BytesIO()
        small.save(out, "WEBP", quality=quality)
    except TooLarge:
        raise
    except Exception as error:  # a hostile file fails in Pillow in any way it likes
        raise UnsupportedMedia("The file is no picture that can be shown.", code="not_a_picture") from error
    return out.getvalue()
