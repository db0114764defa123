"""What `image` does to a picture, seen in the pixels."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from pictures import BLUE, GREEN, RED, WHITE, animation, close, corners, file_of, literal, made, shade
from PIL import Image

from m3m_core.testing import JSRun, run_js


@pytest.fixture(scope="module")
def js() -> Iterator[JSRun]:
    with run_js(["image"]) as run:
        for name, data in (
            ("a.png", file_of(corners())),
            ("a.jpg", file_of(corners(400, 200), "JPEG", quality=95)),
            ("a.webp", file_of(corners(), "WEBP", lossless=True)),
            ("a.gif", file_of(corners(), "GIF")),
            ("film.gif", animation()),
            ("film.webp", animation(kind="WEBP")),
            ("wrong.png", file_of(corners(), "JPEG")),
            ("clear.png", file_of(Image.new("RGBA", (10, 10), (255, 0, 0, 0)))),
        ):
            run.run(f"storage.write('{name}', {literal(data)})")
        yield run


def quarters(picture: Image.Image) -> list[Any]:
    """The colours in the middle of the quarters, by rows."""
    shown, (width, height) = picture.convert("RGB"), picture.size
    return [shown.getpixel((x, y)) for y in (height // 4, height * 3 // 4) for x in (width // 4, width * 3 // 4)]


@pytest.mark.parametrize(
    ("expression", "size"),
    [
        ("image.resize('a.png', 10, 30)", (10, 30)),
        ("image.resize('a.png', 10)", (10, 5)),
        ("image.resize('a.png', null, 10)", (20, 10)),
        ("image.resize('a.png', 0, 1000)", (2000, 1000)),
        ("image.resize('a.png', 80, 80, {fit: 'inside'})", (80, 40)),
        ("image.resize('a.png', 80, 80, {fit: 'inside', enlarge: false})", (40, 20)),
        ("image.resize('a.png', 30, 30, {fit: 'cover'})", (30, 30)),
        ("image.resize('a.png', 30, 30, {fit: 'contain', background: 'black'})", (30, 30)),
        ("image.thumbnail('a.jpg', 64)", (64, 32)),
        ("image.thumbnail('a.png', 64)", (40, 20)),
        ("image.thumbnail('a.jpg', 64, 16)", (32, 16)),
        ("image.crop('a.png', 20, 10, 20, 10)", (20, 10)),
        ("image.rotate('a.png', 90)", (20, 40)),
        ("image.rotate('a.png', -180)", (40, 20)),
        ("image.rotate('a.png', 360)", (40, 20)),
        ("image.rotateAsync('a.png', 450)", (20, 40)),
    ],
)
def test_sizes(js: JSRun, expression: str, size: tuple[int, int]) -> None:
    assert made(js, expression).size == size


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("image.resize('a.png', 100, 100)", [RED, GREEN, BLUE, WHITE]),
        ("image.resize('a.jpg', 20, null, {quality: 100})", [RED, GREEN, BLUE, WHITE]),
        ("image.rotate('a.png', 90)", [BLUE, RED, WHITE, GREEN]),
        ("image.rotate('a.png', 180)", [WHITE, BLUE, GREEN, RED]),
        ("image.rotate('a.png', 270)", [GREEN, WHITE, RED, BLUE]),
        ("image.flip('a.png')", [GREEN, RED, WHITE, BLUE]),
        ("image.flip('a.png', 'vertical')", [BLUE, WHITE, RED, GREEN]),
        ("image.flip('a.png', 'both')", [WHITE, BLUE, GREEN, RED]),
        ("image.crop('a.png', 20, 0, 20, 10)", [GREEN] * 4),
        ("image.crop('a.png', 10, 5, 20, 10)", [RED, GREEN, BLUE, WHITE]),
        ("image.grayscale('a.png')", [(76,) * 3, (150,) * 3, (29,) * 3, WHITE]),
        ("image.blur('a.png', 0)", [RED, GREEN, BLUE, WHITE]),
        ("image.convert('a.png', 'webp', {lossless: true})", [RED, GREEN, BLUE, WHITE]),
        ("image.convert('a.gif', 'jpg', {quality: 95})", [RED, GREEN, BLUE, WHITE]),
        ("image.convert('a.webp', 'gif')", [RED, GREEN, BLUE, WHITE]),
        ("image.compress('a.png', {colors: 4})", [RED, GREEN, BLUE, WHITE]),
        ("image.convert('clear.png', 'jpeg')", [WHITE] * 4),
        ("image.convert('clear.png', 'jpeg', {background: '#0000ff'})", [BLUE] * 4),
    ],
)
def test_pixels(js: JSRun, expression: str, expected: list[tuple[int, int, int]]) -> None:
    found = quarters(made(js, expression))
    assert all(close(one, two) for one, two in zip(found, expected, strict=True)), found


def test_the_content_tells_the_format_and_the_ending_of_the_result_too(js: JSRun) -> None:
    assert js.value("image.info('wrong.png').format") == "jpeg"
    assert made(js, "image.flip('wrong.png')").format == "JPEG"
    saved = js.value("image.resize('a.png', 8, 4, {saveTo: 'made/small.JPG', quality: 50})")
    assert saved == {"path": "made/small.JPG", "size": saved["size"], "format": "jpeg", "width": 8, "height": 4}
    assert (
        js.value("image.info('made/small.JPG').format + storage.stat('made/small.JPG').size") == f"jpeg{saved['size']}"
    )
    assert js.value("image.resize('a.png', 8, 4, {saveTo: 'made/x.png', format: 'webp'}).format") == "webp"


def test_info(js: JSRun) -> None:
    told = js.value("image.info('film.webp')")
    assert told == {
        "format": "webp",
        "mime": "image/webp",
        "width": 20,
        "height": 10,
        "size": told["size"],
        "hasAlpha": False,
        "frames": 3,
        "isAnimated": True,
        "orientation": 1,
    }
    assert js.value("image.info('clear.png').hasAlpha") is True
    assert js.value("(async () => (await image.infoAsync(storage.readBytes('a.jpg'))).width)()") == 400


@pytest.mark.parametrize("source", ["film.gif", "film.webp"])
@pytest.mark.parametrize("kind", ["gif", "webp"])
def test_animations_stay_animated(js: JSRun, source: str, kind: str) -> None:
    picture = made(js, f"image.rotate('{source}', 90, {{format: '{kind}'}})")
    assert (picture.size, picture.n_frames, picture.info["loop"]) == ((10, 20), 3, 2)
    for at in range(3):
        picture.seek(at)
        picture.load()
        assert close(picture.convert("RGB").getpixel((5, 10)), shade(at))
        assert picture.info["duration"] == 70


def test_a_format_without_animations_takes_the_first_frame(js: JSRun) -> None:
    assert close(made(js, "image.convert('film.gif', 'png')").convert("RGB").getpixel((5, 5)), GREEN)


def test_a_smaller_quality_makes_a_smaller_file(js: JSRun) -> None:
    sizes = js.value("[90, 50, 10].map((quality) => image.compress('a.jpg', { quality }).length)")
    assert sizes == sorted(sizes, reverse=True)
    assert len(set(sizes)) == 3
    assert js.value("image.compress('a.jpg', 10).length") == sizes[2]


def test_a_turn_by_some_degrees_keeps_the_whole_picture(js: JSRun) -> None:
    picture = made(js, "image.rotate('a.png', 45)")
    assert picture.size[0] == picture.size[1] == pytest.approx(43, abs=2)
    assert picture.convert("RGBA").getpixel((0, 0))[3] == 0
    assert made(js, "image.rotate('a.png', 45, {background: 'blue'})").convert("RGB").getpixel((0, 0)) == BLUE


@pytest.mark.parametrize(
    ("options", "marked", "clean"),
    [
        ("{opacity: 1, margin: 0}", (95, 45), (5, 5)),
        ("{opacity: 1, margin: 0, position: 'top-left'}", (5, 5), (95, 45)),
        ("{opacity: 1, margin: 0, position: 'center', scale: 0.5}", (50, 25), (5, 5)),
        ("{opacity: 1, margin: 0, tile: true}", (50, 25), None),
        ("{opacity: 1, margin: 20}", (75, 25), (95, 45)),
    ],
)
def test_watermark(js: JSRun, options: str, marked: tuple[int, int], clean: tuple[int, int] | None) -> None:
    below = literal(file_of(Image.new("RGB", (100, 50), WHITE)))
    mark = literal(file_of(Image.new("RGB", (8, 4), BLUE)))
    picture = made(js, f"image.watermark({below}, {mark}, {options})")
    assert picture.mode == "RGB"
    assert close(picture.getpixel(marked), BLUE)
    if clean:
        assert picture.getpixel(clean) == WHITE


def test_a_half_transparent_mark_lets_the_picture_through(js: JSRun) -> None:
    below, mark = literal(file_of(Image.new("RGB", (40, 40), WHITE))), literal(file_of(Image.new("RGB", (4, 4), BLUE)))
    assert close(made(js, f"image.watermark({below}, {mark}, {{margin: 0}})").getpixel((38, 38)), (127, 127, 255))


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "PA", "RGB", "RGBA", "I;16", "CMYK"])
@pytest.mark.parametrize("call", ["resize(X, 8, 4)", "rotate(X, 30)", "blur(X, 5)", "grayscale(X)", "watermark(X, X)"])
def test_every_kind_of_pixels_is_taken(js: JSRun, mode: str, call: str) -> None:
    picture = corners(mode="L").convert("I;16") if mode == "I;16" else corners(mode=mode)
    kind = "JPEG" if mode == "CMYK" else "GIF" if mode == "PA" else "PNG"
    data = literal(file_of(picture.convert("P") if mode == "PA" else picture, kind))
    for target in ("png", "jpeg", "webp", "gif"):
        options = f"{{format: '{target}'}}"
        assert made(js, f"image.{call[:-1]}, {options})".replace("X", data)).format == target.upper()


def test_sixteen_bits_of_grey_become_eight(js: JSRun) -> None:
    picture = Image.new("I;16", (4, 4), 0x8040)
    assert made(js, f"image.flip({literal(file_of(picture))})").getpixel((1, 1)) == 0x80
