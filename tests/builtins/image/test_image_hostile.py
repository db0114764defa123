"""Files that lie, break off, or unfold into more than there is; and what a picture says about who took it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pictures import BLUE, GREEN, RED, WHITE, animation, close, corners, file_of, literal, made, png_that_says, refusal
from PIL import Image

from m3m_builtins.image import limits
from m3m_core.testing import JSRun, run_js

CALLS = [
    "info(X)",
    "resize(X, 10)",
    "thumbnail(X, 10)",
    "crop(X, 0, 0, 1, 1)",
    "rotate(X, 10)",
    "flip(X)",
    "grayscale(X)",
    "blur(X)",
    "convert(X, 'webp')",
    "compress(X)",
    "watermark(X, X)",
]
FILES = {
    "png": file_of(corners()),
    "jpeg": file_of(corners(), "JPEG"),
    "webp": file_of(corners(), "WEBP"),
    "gif": animation(),
}


@pytest.fixture(scope="module")
def js() -> Iterator[JSRun]:
    with run_js(["image"]) as run:
        yield run


def svg() -> bytes:
    return b'<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><script>alert(1)</script></svg>'


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "not_a_picture"),
        (b"hello", "not_a_picture"),
        (svg(), "not_a_picture"),
        (file_of(corners(), "BMP"), "not_a_picture"),
        (file_of(corners(), "TIFF"), "not_a_picture"),
        (file_of(corners(), "ICO"), "not_a_picture"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n", "not_a_picture"),
        (png_that_says(5000, 5000), "picture_too_large"),
        (png_that_says(100_000, 100_000), "picture_too_large"),
        (png_that_says(2_000_000_000, 1), "picture_too_large"),
        (png_that_says(20_000, 1), "picture_too_large"),
    ],
)
def test_what_is_no_picture_or_too_large_is_refused(js: JSRun, call: str, data: bytes, code: str) -> None:
    assert refusal(js, f"image.{call}".replace("X", literal(data))).code == code


@pytest.mark.parametrize("kind", FILES)
@pytest.mark.parametrize("call", CALLS[1:])
def test_a_file_that_breaks_off(js: JSRun, kind: str, call: str) -> None:
    cut = literal(FILES[kind][: len(FILES[kind]) * 2 // 3])
    assert refusal(js, f"image.{call}".replace("X", cut)).code in ("broken_picture", "not_a_picture")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(sorted(FILES)), st.integers(0, 400), st.binary(min_size=1, max_size=6))
def test_a_file_with_other_bytes_in_it_is_made_or_refused(js: JSRun, kind: str, at: int, noise: bytes) -> None:
    data = bytearray(FILES[kind])
    data[at % len(data) : at % len(data) + len(noise)] = noise
    call = f"image.resize({literal(bytes(data))}, 10, 10, {{format: 'png'}}).length"
    told = js.value(f"(() => {{ try {{ return {call} }} catch (error) {{ return error.code }} }})()")
    assert isinstance(told, int) or told in ("broken_picture", "not_a_picture", "picture_too_large")


@pytest.mark.parametrize(
    "expression",
    [
        "image.resize(X, 10000, 10000)",
        "image.resize(X, 16000)",
        "image.resize(X, 5000, 4001)",
        "image.resize(X, 4000, 3000, {format: 'webp'})",
    ],
)
def test_a_result_that_would_be_too_large_is_never_made(js: JSRun, expression: str) -> None:
    assert refusal(js, expression.replace("X", literal(FILES["png"]))).code == "picture_too_large"


def test_animations_are_bounded(js: JSRun, monkeypatch: pytest.MonkeyPatch) -> None:
    data = literal(animation(30, size=(100, 100)))
    assert refusal(js, f"image.resize({data}, 1000, 1000)").code == "picture_too_large"
    monkeypatch.setattr(limits, "MOST_FRAMES", 29)
    assert refusal(js, f"image.flip({data})").code == "picture_too_large"


def test_a_jpeg_is_read_at_a_smaller_scale_when_a_small_one_is_wanted(
    js: JSRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MOST_PIXELS", 100_000)
    data = literal(file_of(corners(1000, 500), "JPEG"))
    assert made(js, f"image.resize({data}, 100)").size == (100, 50)
    assert refusal(js, f"image.flip({data})").code == "picture_too_large"


def test_a_result_that_the_service_cannot_hold_is_refused_unless_it_is_saved() -> None:
    noise = literal(file_of(Image.effect_noise((700, 700), 90)))
    with run_js(["image"], memory_limit=64 * 1024 * 1024) as js:
        js.run(f"globalThis.noise = {noise}")
        from m3m_builtins.image.service import ImageService

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(ImageService, "check_crossing", small_crossing)
            assert refusal(js, "image.convert(noise, 'png')").code == "result_too_large"
            assert js.value("image.convert(noise, 'png', {saveTo: 'noise.png'}).size") > 100_000


def small_crossing(service: object, data: bytes) -> None:
    from m3m_core import TooLarge

    if len(data) > 100_000:
        raise TooLarge("too large", code="result_too_large")


@pytest.mark.parametrize("orientation", range(1, 9))
def test_what_is_made_is_upright_and_says_nothing_of_its_maker(js: JSRun, orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112], exif[0x010F], exif[0x013B] = orientation, "Camera", "Ann"
    upright = corners(80, 40)
    turns = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}  # how a file of this orientation lies
    lying = upright.transpose(Image.Transpose(turns[orientation])) if orientation in turns else upright
    data = literal(file_of(lying, "JPEG", exif=exif, comment=b"taken at home", quality=95))
    told = js.value(f"image.info({data})")
    assert (told["orientation"], told["width"], told["height"]) == (orientation, 80, 40)
    for call in ("resize(X, 40, 20, {quality: 95})", "flip(X, 'both', {quality: 95})"):
        picture = made(js, f"image.{call}".replace("X", data))
        order = (RED, GREEN, BLUE, WHITE) if call.startswith("resize") else (WHITE, BLUE, GREEN, RED)
        width, height = picture.size
        spots = [(x, y) for y in (height // 4, height * 3 // 4) for x in (width // 4, width * 3 // 4)]
        assert all(close(picture.getpixel(spot), wanted, 40) for spot, wanted in zip(spots, order, strict=True))
        assert not picture.getexif()
        assert "comment" not in picture.info
    kept = made(js, f"image.resize({data}, 40, 20, {{keepMetadata: true}})").getexif()
    assert dict(kept) == {0x010F: "Camera", 0x013B: "Ann"}


@pytest.mark.parametrize(
    ("expression", "message"),
    [
        ("image.resize(5, 1)", "source must be a path"),
        ("image.resize('', 1)", "source must be a path"),
        ("image.resize('a.png')", "missing a required argument"),
        ("image.resize('a.png', null)", "width must be"),
        ("image.resize('a.png', 1.5)", "width must be a whole number from 0 to 16383, not 1.5"),
        ("image.resize('a.png', -1)", "width must be"),
        ("image.resize('a.png', '10')", "width must be"),
        ("image.resize('a.png', true)", "width must be"),
        ("image.resize('a.png', 1, 1, 'cover')", "options must be an object"),
        ("image.resize('a.png', 1, 1, {size: 1})", 'there is no option "size", only'),
        ("image.resize('a.png', 1, 1, {fit: 'crop'})", "fit must be one of"),
        ("image.resize('a.png', 1, 1, {quality: 0})", "quality must be a whole number from 1 to 100"),
        ("image.resize('a.png', 1, 1, {background: 'url(x)'})", "background must be a colour"),
        ("image.resize('a.png', 1, 1, {saveTo: 'a.exe'})", "saveTo must be a name that ends in"),
        ("image.convert('a.png', 'bmp')", "format must be one of"),
        ("image.crop('a.png', 0, 0, 0, 1)", "width must be a whole number from 1"),
        ("image.rotate('a.png', NaN)", "degrees must be a number"),
        ("image.flip('a.png', 'sideways')", "direction must be one of"),
        ("image.blur('a.png', 1e9)", "radius must be a number from 0 to 200"),
        ("image.watermark('a.png', 7)", "mark must be a path"),
    ],
)
def test_wrong_arguments_are_named(js: JSRun, expression: str, message: str) -> None:
    js.run(f"storage.write('a.png', {literal(FILES['png'])})")
    error = refusal(js, expression)
    assert (error.name, error.code) == ("TypeError", "invalid_arguments")
    assert message in error.message
    assert expression.partition("(")[0] in error.message


@pytest.mark.parametrize(
    ("expression", "code"),
    [
        ("image.info('nothing.png')", "not_found"),
        ("image.info('../../../etc/passwd')", "bad_path"),
        ("image.flip('a.png', 'both', {saveTo: '../x.png'})", "bad_path"),
        ("image.crop('a.png', 30, 0, 20, 5)", "outside_picture"),
    ],
)
def test_other_refusals(js: JSRun, expression: str, code: str) -> None:
    js.run(f"storage.write('a.png', {literal(FILES['png'])})")
    assert refusal(js, expression).code == code
