"""Small pictures of pictures, kept beside the project's files, where no path leads."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from m3m_core import M3MError, UnsupportedMedia, pictures

from . import content
from .media import IMAGES
from .paths import Parts
from .tree import THUMBS, Tree

SIDE = 50
MEDIA_TYPE = pictures.MEDIA_TYPE
FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "BMP", "ICO")
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
        image = pictures.square(file, SIDE, formats=FORMATS, quality=80)
    content.write(kept, place, etag + b"\n" + image)
    return Thumb(entry.etag, image)


def _kept(kept: Tree, place: Parts) -> bytes | None:
    try:
        return content.read(kept, place, LARGEST_THUMB)[0]
    except M3MError:
        return None


def _no_picture() -> UnsupportedMedia:
    return UnsupportedMedia("The file is no picture that can be shown.", code="not_a_picture")
