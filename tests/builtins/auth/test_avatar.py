from __future__ import annotations

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image

from m3m_builtins.auth import avatars
from m3m_core.testing import Answer, Client

URL = "/api/users/me/avatar"


def picture(kind: str = "PNG", size: tuple[int, int] = (640, 480), mode: str = "RGB", **options: object) -> bytes:
    out = BytesIO()
    Image.new(mode, size, 120).save(out, kind, **options)
    return out.getvalue()


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int, data: bytes = b"") -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def form(data: bytes, name: str = 'name="file"; filename="me.png"') -> tuple[bytes, str]:
    head = f"--frontier\r\nContent-Disposition: form-data; {name}\r\nContent-Type: image/png\r\n\r\n"
    return head.encode() + data + b"\r\n--frontier--\r\n", "multipart/form-data; boundary=frontier"


def put(client: Client, data: bytes, content_type: str = "image/png") -> Answer:
    return client.put(URL, body=data, content_type=content_type)


def stored(client: Client) -> Image.Image:
    status, data, headers = client.get(f"/api/users/{client.user.id}/avatar")
    assert (status, headers["content-type"]) == (200, "image/webp")
    return Image.open(BytesIO(data))


@pytest.mark.parametrize(
    ("kind", "mode", "content_type"),
    [
        ("PNG", "RGB", "image/png"),
        ("PNG", "P", "image/png"),
        ("PNG", "I;16", "image/png"),
        ("PNG", "LA", "application/octet-stream"),
        ("JPEG", "CMYK", "image/jpeg"),
        ("JPEG", "L", "image/jpeg; charset=binary"),
        ("WEBP", "RGBA", "IMAGE/WEBP"),
        ("GIF", "P", "image/gif"),
    ],
)
def test_any_picture_becomes_a_square(ann: Client, kind: str, mode: str, content_type: str) -> None:
    answer = put(ann, picture(kind, mode=mode), content_type)
    assert answer.status == 200
    assert answer.json["avatar"].startswith(f"/api/users/{ann.user.id}/avatar?v=")
    image = stored(ann)
    assert (image.format, image.size) == ("WEBP", (256, 256))


def test_a_form_with_a_file_does_the_same(ann: Client) -> None:
    body, content_type = form(picture())
    assert put(ann, body, content_type).status == 200
    assert stored(ann).size == (256, 256)


@pytest.mark.parametrize("size", [(1, 1), (1, 2000), (2000, 1)])
def test_odd_sizes_become_a_square_too(ann: Client, size: tuple[int, int]) -> None:
    assert put(ann, picture(size=size)).status == 200
    assert stored(ann).size == (256, 256)


def test_a_picture_stands_upright_and_loses_its_metadata(ann: Client) -> None:
    image = Image.new("RGB", (400, 400), "red")
    image.paste("blue", (0, 0, 400, 200))
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = 3, "a secret place"  # turned by 180 degrees; a description
    out = BytesIO()
    image.save(out, "JPEG", exif=exif)
    put(ann, out.getvalue(), "image/jpeg")
    upright = stored(ann).convert("RGB")
    red, _, blue = upright.getpixel((128, 20))  # type: ignore[misc]  # three channels
    assert red > blue
    assert not stored(ann).getexif()


def test_the_answer_can_be_cached_and_asked_again(ann: Client) -> None:
    put(ann, picture())
    url = f"/api/users/{ann.user.id}/avatar"
    first = ann.get(url)
    assert first.headers["cache-control"] == "private, no-cache"
    assert first.headers["x-content-type-options"] == "nosniff"
    tag = first.headers["etag"]
    assert ann.get(url, headers={"If-None-Match": tag})[:2] == (304, None)
    put(ann, picture(size=(10, 300)))
    assert ann.get(url, headers={"If-None-Match": '"other"'}).status == 200


def test_no_picture_is_404(ann: Client) -> None:
    assert ann.get(f"/api/users/{ann.user.id}/avatar").status == 404
    assert ann.get("/api/users/me").json["avatar"] is None


def test_a_deleted_user_leaves_no_picture(ann: Client, root: Client) -> None:
    put(ann, picture())
    root.delete(f"/api/users/{ann.user.id}")
    assert root.get(f"/api/users/{ann.user.id}/avatar").status == 404


HOSTILE = {
    "empty": b"",
    "text": b"<script>alert(1)</script>",
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg"/>',
    "cut off": picture()[:60],
    "broken pixels": png(300, 300, b"not compressed"),
    "no pixels": png(0, 0),
    "few pixels": png(300, 300, zlib.compress(b"\0")),
    "bomb": png(65_535, 65_535, zlib.compress(b"\0" * 1_000_000)),
    "too many pixels": png(8000, 4000, zlib.compress(b"\0" * 1000)),
    "tiff": picture("TIFF"),
    "bmp": picture("BMP"),
    "postscript": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 1 1\n(x) print",
    "jpeg of nothing": b"\xff\xd8\xff\xd9",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_picture_is_refused(ann: Client, name: str) -> None:
    answer = put(ann, HOSTILE[name])
    assert answer.status == 422
    assert set(answer.json["fields"]) == {"avatar"}
    assert ann.get("/api/users/me").json["avatar"] is None


@pytest.mark.parametrize(
    ("data", "content_type", "status"),
    [
        (b"x" * (avatars.LARGEST_FILE + 1), "image/png", 413),
        (*form(b"x" * (avatars.LARGEST_FILE + 1)), 413),
        (b"x" * (avatars.LARGEST_FILE + 100_000), "multipart/form-data; boundary=frontier", 413),
        (picture(), "application/json", 415),
        (picture(), "text/html", 415),
        (picture(), "", 415),
        (*form(picture(), 'name="file"'), 400),
        (b"no form", "multipart/form-data; boundary=frontier", 400),
        (b"no form", "multipart/form-data", 400),
    ],
)
def test_other_bodies_are_refused(ann: Client, data: bytes, content_type: str, status: int) -> None:
    assert put(ann, data, content_type).status == status


def test_a_photo_of_29_megapixels_is_accepted(ann: Client) -> None:
    photo = picture("JPEG", (6000, 4900), quality=30)
    assert put(ann, photo, "image/jpeg").status == 200
