"""Small pictures, whatever the large ones try."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from m3m_core.testing import Client

URL = "/api/projects/shop/storage/thumb"


def picture(kind: str, size: tuple[int, int] = (640, 480), mode: str = "RGB") -> bytes:
    out = BytesIO()
    Image.new(mode, size, 120).save(out, kind)
    return out.getvalue()


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def bomb(side: int) -> bytes:
    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")


def icon(inside: bytes) -> bytes:
    """It says of itself that it is small."""
    return struct.pack("<HHHBBBBHHII", 0, 1, 1, 16, 16, 0, 0, 1, 32, len(inside), 22) + inside


def packed_bitmap(side: int) -> bytes:
    """A few bytes that mean all of its pixels (RLE8)."""
    return struct.pack("<IiiHHIIiiII", 40, side, side * 2, 1, 8, 1, 0, 0, 0, 256, 0) + bytes(1024) + b"\0\1"


@pytest.mark.parametrize(
    ("name", "kind", "mode"),
    [
        ("a.png", "PNG", "RGBA"),
        ("a.jpg", "JPEG", "CMYK"),
        ("a.webp", "WEBP", "RGB"),
        ("a.gif", "GIF", "P"),
        ("a.bmp", "BMP", "RGB"),
        ("a.png", "JPEG", "L"),  # by its content, whatever the name says
    ],
)
def test_a_picture_is_made_small(owner: Client, files: Path, name: str, kind: str, mode: str) -> None:
    (files / name).write_bytes(picture(kind, mode=mode))
    answer = owner.get(f"{URL}/{name}")
    assert (answer.status, answer.headers["content-type"]) == (200, "image/webp")
    assert Image.open(BytesIO(answer.json)).size == (50, 50)


@pytest.mark.parametrize("form", ["png", "bmp"])
def test_an_icon_holds_a_picture_of_either_kind(owner: Client, files: Path, form: str) -> None:
    Image.new("RGBA", (64, 64), "red").save(files / "a.ico", bitmap_format=form)
    answer = owner.get(f"{URL}/a.ico")
    assert Image.open(BytesIO(answer.json)).convert("RGB").getpixel((25, 25)) == pytest.approx((255, 0, 0), abs=8)


def test_a_thumb_is_kept_until_the_picture_changes(owner: Client, files: Path) -> None:
    (files / "a.png").write_bytes(picture("PNG"))
    first = owner.get(f"{URL}/a.png")
    (kept,) = (files.parent / "thumbs").iterdir()
    before = kept.stat().st_ino
    again = owner.get(f"{URL}/a.png")
    assert (again.json, kept.stat().st_ino) == (first.json, before)
    assert owner.get(f"{URL}/a.png", headers={"If-None-Match": first.headers["etag"]}).status == 304
    (files / "a.png").write_bytes(picture("PNG", (50, 50)))
    changed = owner.get(f"{URL}/a.png", headers={"If-None-Match": first.headers["etag"]})
    assert changed.status == 200
    assert len(list((files.parent / "thumbs").iterdir())) == 1
    assert owner.get("/api/projects/shop/storage").json["total_items"] == 1


@pytest.mark.parametrize(
    ("name", "data", "status", "code"),
    [
        ("a.png", b"no picture", 415, "not_a_picture"),
        ("a.png", b"", 415, "not_a_picture"),
        ("a.png", picture("PNG")[:-30], 415, "not_a_picture"),
        ("a.png", bomb(6000), 413, "picture_too_large"),
        ("a.ico", icon(bomb(6000)), 413, "picture_too_large"),
        ("a.ico", icon(packed_bitmap(6000)), 413, "picture_too_large"),
        ("a.ico", icon(b""), 415, "not_a_picture"),
        ("a.ico", icon(b"")[:8], 415, "not_a_picture"),
        ("a.txt", picture("PNG"), 415, "not_a_picture"),
        ("a.svg", b"<svg/>", 415, "not_a_picture"),
    ],
)
def test_what_is_no_picture(owner: Client, files: Path, name: str, data: bytes, status: int, code: str) -> None:
    (files / name).write_bytes(data)
    answer = owner.get(f"{URL}/{name}")
    assert (answer.status, answer.json["code"]) == (status, code)


@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
@pytest.mark.parametrize("side", [10_000, 60_000])
def test_bombs_are_not_opened(owner: Client, files: Path, side: int) -> None:
    (files / "a.png").write_bytes(bomb(side))
    assert owner.get(f"{URL}/a.png").status in (413, 415)


def test_there_is_nothing(owner: Client, files: Path) -> None:
    assert owner.get(f"{URL}/a.png").status == 404
