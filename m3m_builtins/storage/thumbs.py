"""Small pictures of pictures, kept beside the project's files, where no path leads."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from typing import BinaryIO

from PIL import Image, ImageOps

from m3m_core import M3MError, TooLarge, UnsupportedMedia

from . import content
from .media import IMAGES
from .paths import Parts
from .tree import THUMBS, Tree

SIDE = 50
MEDIA_TYPE = "image/webp"
FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "BMP", "ICO")
LARGEST_PICTURE = 30_000_000
"""Pixels. A small file may unfold into a picture that fills the memory; this one takes 120 MB at most."""

LARGEST_THUMB = 64 * 1024


@dataclass(frozen=True)
class Thumb:
    """`etag` is that of the picture it was made from."""

    etag: str
    image: bytes


def thumb(tree: Tree, parts: Parts) -> Thumb:
    """Made once for each content of a file. Raises UnsupportedMedia for what is no picture, TooLarge."""
    file, entry = tree.open(parts)
    with file:
        if entry.mime not in IMAGES:
            raise _no_picture()
        kept = tree.area(THUMBS)
        place = (f"{sha256(entry.path.encode()).hexdigest()[:32]}",)
        etag = entry.etag.encode()
        known = _kept(kept, place)
        if known is not None and known.startswith(etag + b"\n"):
            return Thumb(entry.etag, known[len(etag) + 1 :])
        image = small(file)
    content.write(kept, place, etag + b"\n" + image)
    return Thumb(entry.etag, image)


def _kept(kept: Tree, place: Parts) -> bytes | None:
    try:
        return content.read(kept, place, LARGEST_THUMB)[0]
    except M3MError:
        return None


def small(file: BinaryIO) -> bytes:
    """A picture of 50×50, cut to its middle, upright, without metadata."""
    try:
        with Image.open(file, formats=FORMATS) as picture:
            if picture.width * picture.height > LARGEST_PICTURE:
                raise TooLarge("The picture has too many pixels.", code="picture_too_large")
            picture.draft("RGB", (SIDE * 2, SIDE * 2))  # JPEG only: decodes at a smaller scale
            upright = ImageOps.exif_transpose(picture)
            shrunk = ImageOps.fit(upright.convert("RGBA"), (SIDE, SIDE))
        out = BytesIO()
        shrunk.save(out, "WEBP", quality=80)
    except TooLarge:
        raise
    except Exception as error:  # a hostile file fails in Pillow in any way it likes
        raise _no_picture() from error
    return out.getvalue()


def _no_picture() -> UnsupportedMedia:
    return UnsupportedMedia("The file is no picture that can be shown.", code="not_a_picture")
