"""A service as a user writes it, which takes, makes and draws pictures."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from m3m_core.testing import JSRun, run_js

SERVICE = Path(__file__).parents[2] / "js/services/gallery.js"


@pytest.fixture(scope="module")
def gallery() -> Iterator[JSRun]:
    with run_js(["router", "storage", "image", "draw", "webapi"], SERVICE.read_text("utf-8")) as run:
        yield run


def test_photos(gallery: JSRun) -> None:
    photo = BytesIO()
    Image.new("RGB", (400, 300), (200, 30, 30)).save(photo, "JPEG")
    kind = {"Content-Type": "application/octet-stream"}
    status, body, _ = gallery.request("POST", "/photos/a", body=photo.getvalue(), headers=kind)
    assert (status, body) == (
        201,
        {"width": 400, "height": 300, "format": "jpeg", "small": "small/a.webp", "side": 64},
    )
    status, body, headers = gallery.request("GET", "/photos/a")
    assert (status, headers["content-type"]) == (200, "image/png")
    assert Image.open(BytesIO(body)).size == (64, 64)


def test_charts(gallery: JSRun) -> None:
    body = gallery.request("GET", "/chart?values=3,5,9").json
    picture = Image.open(BytesIO(body)).convert("RGBA")
    assert picture.size == (320, 120)
    assert picture.getpixel((20, 100))[3] == 255  # type: ignore[index]
    assert picture.getpixel((20, 40))[3] == 0  # type: ignore[index]
    assert b"<svg" in gallery.request("GET", "/chart?format=svg").json
