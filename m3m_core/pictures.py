"""Small pictures of any picture. Whatever the file is, it costs little."""

from __future__ import annotations

from io import BytesIO
from typing import BinaryIO

from PIL import Image, ImageOps
from PIL.BmpImagePlugin import DibImageFile
from PIL.IcoImagePlugin import IcoFile
from PIL.PngImagePlugin import PngImageFile

from .errors import TooLarge, UnsupportedMedia

MEDIA_TYPE = "image/webp"
ICON, PNG = b"\0\0\1\0", b"\x89PNG\r\n\x1a\n"
LARGEST = 30_000_000
"""Pixels. A small file may unfold into a picture that fills the memory; this one takes 120 MB at most."""


def square(file: BinaryIO, side: int, *, formats: tuple[str, ...], quality: int) -> bytes:
    """A WebP of side × side pixels, cut to its middle, upright, without metadata.

    Raises TooLarge (`picture_too_large`), UnsupportedMedia (`not_a_picture`).
    """
    try:
        _check_icon(file)
        with Image.open(file, formats=formats) as picture:
            _check(picture)
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


def _check(picture: Image.Image) -> None:
    if picture.width * picture.height > LARGEST:
        raise TooLarge("The picture has too many pixels.", code="picture_too_large")


def _check_icon(file: BinaryIO) -> None:
    """An icon is decoded when it is opened, with the picture inside as large as that is: the icon tells 256 at most."""
    if file.read(len(ICON)) == ICON:
        file.seek(0)
        place = IcoFile(file).entry[0].offset
        file.seek(place)
        kind = PngImageFile if file.read(len(PNG)) == PNG else DibImageFile
        file.seek(place)
        _check(kind(file))
    file.seek(0)
