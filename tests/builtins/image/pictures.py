"""Pictures made for the tests, and a service that can be asked about its own."""

from __future__ import annotations

import struct
import zlib
from base64 import b64decode, b64encode
from io import BytesIO
from typing import Any

from PIL import Image

from m3m_core import ScriptError
from m3m_core.testing import JSRun

RED, GREEN, BLUE, WHITE = (255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 255)


def corners(width: int = 40, height: int = 20, mode: str = "RGB") -> Image.Image:
    """Red, green, blue and white quarters, from the top left by rows."""
    picture = Image.new("RGB", (width, height))
    half = width // 2, height // 2
    for colour, place in ((RED, (0, 0)), (GREEN, (half[0], 0)), (BLUE, (0, half[1])), (WHITE, half)):
        picture.paste(colour, (*place, place[0] + half[0], place[1] + half[1]))
    return picture.convert(mode)


def file_of(picture: Image.Image, kind: str = "PNG", **options: Any) -> bytes:
    file = BytesIO()
    picture.save(file, kind, **options)
    return file.getvalue()


def shade(at: int) -> tuple[int, int, int]:
    """The colour of a frame: each is another, or gif would join them."""
    return at * 37 % 256, 255 - at * 37 % 256, 0


def animation(frames: int = 3, kind: str = "GIF", size: tuple[int, int] = (20, 10)) -> bytes:
    shades = [Image.new("RGB", size, shade(at)) for at in range(frames)]
    return file_of(shades[0], kind, save_all=True, append_images=shades[1:], duration=70, loop=2)


def png_that_says(width: int, height: int) -> bytes:
    """A few bytes that claim to be a picture of this size, and hold some of its rows."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(b"\0" * 1_000_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def literal(data: bytes) -> str:
    """JavaScript for these bytes."""
    return f'Uint8Array.fromBase64("{b64encode(data).decode()}")'


def made(js: JSRun, expression: str) -> Image.Image:
    """The picture that an expression's bytes are."""
    values = js.value(f"(async () => (await {expression}).toBase64())()")
    return Image.open(BytesIO(b64decode(values)))


def refusal(js: JSRun, expression: str) -> ScriptError:
    try:
        js.value(f"(async () => {{ await ({expression}); return null }})()")
    except ScriptError as error:
        return error
    raise AssertionError(f"not refused: {expression}")


def close(first: Any, second: Any, distance: int = 12) -> bool:
    return all(abs(one - two) <= distance for one, two in zip(first[:3], second[:3], strict=True))
