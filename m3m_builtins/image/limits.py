"""How much one picture may ask of an instance, whose memory is bounded: see `docs/javascript.md`."""

from __future__ import annotations

from m3m_core import M3MError, TooLarge, UnsupportedMedia

MOST_PIXELS = 20_000_000
"""Of a picture in memory, read or made: 4 bytes each, and an operation holds up to four of them for a moment."""

MOST_PIXELS_WEBP = 10_000_000
"""Of a WebP that is made: its encoder takes 30 bytes for each."""

MOST_PIXELS_SHRUNK = 50_000_000
"""Of a JPEG that is read at a smaller scale, because only a small picture is wanted."""

MOST_FRAMES = 500
MOST_PIXELS_FRAMES = 100_000_000
"""Of all frames of an animation that is read; they are decoded one by one."""

MOST_PIXELS_ANIMATED = 20_000_000
"""Of all frames of an animation that is made."""

LONGEST_SIDE = 16_383
"""Pixels: what WebP can hold."""

LARGEST_FILE = 64 * 1024 * 1024
"""Bytes of a picture's file."""

SHARE_OF_MEMORY = 8
"""Bytes that cross to JavaScript take a multiple of their size for a moment: at most this part of its heap."""


def too_large(what: str) -> TooLarge:
    return TooLarge(what, code="picture_too_large")


def too_many_pixels(width: int, height: int, limit: int = MOST_PIXELS) -> TooLarge:
    return too_large(
        f"The picture would be {width}×{height}: at most {limit / 1e6:g} million pixels and {LONGEST_SIDE} a side."
    )


def not_a_picture() -> UnsupportedMedia:
    return UnsupportedMedia("This is no picture that can be read: png, jpeg, webp or gif.", code="not_a_picture")


def broken() -> M3MError:
    return UnsupportedMedia("The picture is damaged or incomplete.", code="broken_picture")


def check_size(width: int, height: int, limit: int = MOST_PIXELS) -> None:
    """Raises TooLarge."""
    if width * height > limit or max(width, height) > LONGEST_SIDE:
        raise too_many_pixels(width, height, limit)
