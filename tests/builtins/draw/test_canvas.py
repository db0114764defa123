"""What commands of a canvas leave behind, by the pixels that a browser's canvas has there too."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image

from m3m_core.testing import JSRun

NOTHING, BLACK, RED, BLUE, GREEN = (0, 0, 0, 0), (0, 0, 0, 255), (255, 0, 0, 255), (0, 0, 255, 255), (0, 128, 0, 255)
Drawn = Callable[..., Image.Image]


def close(found: Any, wanted: Any) -> bool:
    return all(abs(one - two) <= 3 for one, two in zip(found, wanted, strict=True))


@pytest.mark.parametrize(
    ("code", "spots"),
    [
        ("c.fillRect(10, 10, 20, 20)", {(20, 20): BLACK, (9, 20): NOTHING, (30, 20): NOTHING}),
        ("c.fillStyle = 'red'; c.fillRect(0, 0, 40, 40); c.clearRect(10, 10, 20, 20)",
         {(5, 5): RED, (20, 20): NOTHING}),
        ("c.lineWidth = 4; c.strokeRect(10, 10, 20, 20)", {(10, 20): BLACK, (8, 20): BLACK, (20, 20): NOTHING}),
        ("c.rect(0, 0, 20, 20); c.fill()", {(10, 10): BLACK, (30, 30): NOTHING}),
        ("c.moveTo(0, 0); c.lineTo(40, 0); c.lineTo(0, 40); c.closePath(); c.fill()",
         {(5, 5): BLACK, (35, 35): NOTHING}),
        ("c.arc(20, 20, 10, 0, 2 * Math.PI); c.fill()", {(20, 20): BLACK, (11, 11): NOTHING, (20, 28): BLACK}),
        ("c.arc(20, 20, 15, 0, Math.PI); c.fill()", {(20, 30): BLACK, (20, 10): NOTHING}),
        ("c.arc(20, 20, 15, 0, Math.PI, true); c.fill()", {(20, 30): NOTHING, (20, 10): BLACK}),
        ("c.arc(20, 20, 15, 0, 100); c.fill()", {(20, 30): BLACK, (20, 10): BLACK}),
        ("c.ellipse(20, 20, 18, 5, 0, 0, 7); c.fill()", {(4, 20): BLACK, (20, 10): NOTHING}),
        ("c.ellipse(20, 20, 18, 5, Math.PI / 2, 0, 7); c.fill()", {(4, 20): NOTHING, (20, 4): BLACK}),
        ("c.lineWidth = 4; c.moveTo(0, 2); c.arcTo(38, 2, 38, 40, 20); c.lineTo(38, 40); c.stroke()",
         {(5, 2): BLACK, (38, 35): BLACK, (36, 4): NOTHING, (32, 8): BLACK}),
        ("c.moveTo(0, 40); c.quadraticCurveTo(20, -40, 40, 40); c.fill()", {(20, 10): BLACK, (2, 5): NOTHING}),
        ("c.moveTo(0, 40); c.bezierCurveTo(0, 0, 40, 0, 40, 40); c.fill()", {(20, 12): BLACK, (1, 5): NOTHING}),
        ("c.roundRect(0, 0, 40, 40, 15); c.fill()", {(1, 1): NOTHING, (38, 38): NOTHING, (20, 1): BLACK}),
        ("c.roundRect(0, 0, 40, 40, [15, 0]); c.fill()", {(1, 1): NOTHING, (38, 1): BLACK, (38, 38): NOTHING}),
        ("c.roundRect(40, 40, -40, -40, [0, 500]); c.fill()", {(20, 20): BLACK, (1, 1): BLACK}),
        ("c.rect(0, 0, 40, 40); c.rect(10, 10, 20, 20); c.fill('evenodd')", {(5, 5): BLACK, (20, 20): NOTHING}),
        ("c.rect(0, 0, 40, 40); c.rect(10, 10, 20, 20); c.fill()", {(5, 5): BLACK, (20, 20): BLACK}),
        ("c.rect(0, 0, 20, 40); c.clip(); c.fillRect(0, 0, 40, 40)", {(10, 20): BLACK, (30, 20): NOTHING}),
        ("c.save(); c.rect(0, 0, 9, 9); c.clip(); c.restore(); c.fillRect(0, 0, 40, 40)", {(30, 30): BLACK}),
        ("c.translate(20, 20); c.fillRect(0, 0, 10, 10)", {(25, 25): BLACK, (5, 5): NOTHING}),
        ("c.scale(2, 4); c.fillRect(0, 0, 10, 5)", {(19, 19): BLACK, (21, 10): NOTHING, (10, 21): NOTHING}),
        ("c.translate(20, 20); c.rotate(Math.PI); c.fillRect(0, 0, 20, 20)", {(10, 10): BLACK, (30, 30): NOTHING}),
        ("c.transform(1, 0, 0, 1, 20, 0); c.fillRect(0, 0, 20, 20)", {(30, 10): BLACK, (10, 10): NOTHING}),
        ("c.scale(9, 9); c.setTransform(1, 0, 0, 1, 0, 20); c.fillRect(0, 0, 9, 9)",
         {(5, 25): BLACK, (20, 5): NOTHING}),
        ("c.scale(9, 9); c.resetTransform(); c.fillRect(0, 0, 9, 9)", {(5, 5): BLACK, (20, 20): NOTHING}),
        ("c.save(); c.scale(0, 0); c.fillRect(0, 0, 40, 40); c.restore(); c.fillRect(0, 0, 9, 9)",
         {(5, 5): BLACK, (20, 20): NOTHING}),
        ("c.save(); c.fillStyle = 'red'; c.translate(9, 9); c.restore(); c.fillRect(0, 0, 9, 9)", {(4, 4): BLACK}),
        ("c.restore(); c.fillRect(0, 0, 9, 9)", {(4, 4): BLACK}),
        ("c.rect(0, 0, 9, 9); c.translate(20, 20); c.fillRect(0, 0, 9, 9); c.fill()", {(4, 4): BLACK, (24, 24): BLACK}),
        ("c.rect(0, 0, 9, 9); c.beginPath(); c.rect(20, 20, 9, 9); c.fill()", {(4, 4): NOTHING, (24, 24): BLACK}),
        ("c.globalAlpha = 0.5; c.fillRect(0, 0, 40, 40)", {(20, 20): (0, 0, 0, 128)}),
        ("c.globalAlpha = 7; c.fillRect(0, 0, 40, 40)", {(20, 20): BLACK}),
        ("c.lineWidth = 10; c.moveTo(10, 20); c.lineTo(30, 20); c.stroke()", {(7, 20): NOTHING, (20, 16): BLACK}),
        ("c.lineWidth = 10; c.lineCap = 'square'; c.moveTo(10, 20); c.lineTo(30, 20); c.stroke()", {(7, 20): BLACK}),
        ("c.lineWidth = 8; c.setLineDash([10, 10]); c.moveTo(0, 20); c.lineTo(40, 20); c.stroke()",
         {(5, 20): BLACK, (15, 20): NOTHING, (25, 20): BLACK}),
        ("c.lineWidth = 8; c.setLineDash([10]); c.lineDashOffset = 10; c.moveTo(0, 20); c.lineTo(40, 20); c.stroke()",
         {(5, 20): NOTHING, (15, 20): BLACK}),
        ("c.setLineDash([0, 0]); c.lineWidth = 8; c.moveTo(0, 20); c.lineTo(40, 20); c.stroke()", {(5, 20): BLACK}),
        ("c.fillRect(0, 0, 40, 40); c.globalCompositeOperation = 'destination-out'; c.fillRect(0, 0, 20, 40)",
         {(10, 20): NOTHING, (30, 20): BLACK}),
        ("c.moveTo(NaN, 1); c.fillRect(0, Infinity, 5, 5); c.lineWidth = -1; c.fillRect(0, 0, 9, 9)",
         {(4, 4): BLACK, (20, 20): NOTHING}),
        ("const g = c.createLinearGradient(0, 0, 40, 0); g.addColorStop(1, 'blue'); g.addColorStop(0, 'red');"
         "c.fillStyle = g; c.fillRect(0, 0, 40, 40)",
         {(0, 20): RED, (39, 20): (3, 0, 252, 255), (20, 20): (124, 0, 131, 255)}),
        ("const g = c.createRadialGradient(20, 20, 0, 20, 20, 20); c.fillStyle = g; g.addColorStop(0, 'red');"
         "g.addColorStop(1, 'rgba(0, 0, 255, 0)'); c.fillRect(0, 0, 40, 40)",
         {(20, 20): (249, 0, 6, 249), (0, 0): NOTHING}),
    ],
)  # fmt: skip
def test_pixels(drawn: Drawn, code: str, spots: dict[tuple[int, int], Any]) -> None:
    picture = drawn(code)
    found = {spot: picture.getpixel(spot) for spot in spots}
    assert all(
        close(found[spot], wanted) or (wanted[3] == 0 and found[spot][3] <= 6) for spot, wanted in spots.items()
    ), found


@pytest.mark.parametrize(
    ("colour", "wanted"),
    [
        ("red", RED),
        ("RebeccaPurple", (102, 51, 153, 255)),
        ("#00f", BLUE),
        ("#0000ff80", (0, 0, 255, 128)),
        ("rgb(0, 128, 0)", GREEN),
        ("rgb(0 128 0 / 50%)", (0, 128, 0, 128)),
        ("rgba(0, 128, 0, .5)", (0, 128, 0, 128)),
        ("rgb(0%, 50%, 0%)", GREEN),
        ("hsl(120, 100%, 25%)", GREEN),
        ("hsl(0.6667turn 100% 50%)", BLUE),
        ("hsla(240deg, 100%, 50%, 0.5)", (0, 0, 255, 128)),
        ("transparent", NOTHING),
    ],
)
def test_colours(drawn: Drawn, colour: str, wanted: Any) -> None:
    assert close(drawn(f"c.fillStyle = '{colour}'; c.fillRect(0, 0, 40, 40)").getpixel((20, 20)), wanted)


@pytest.mark.parametrize(
    ("call", "spots"),
    [
        ("c.drawImage(p, 0, 0)", {(5, 5): RED, (15, 5): BLUE, (25, 5): NOTHING}),
        ("c.drawImage(p, 0, 0, 40, 40)", {(10, 20): RED, (30, 20): BLUE}),
        ("c.drawImage(p, 10, 0, 10, 10, 0, 0, 40, 40)", {(3, 20): BLUE, (36, 20): BLUE}),
        ("c.globalAlpha = 0.5; c.drawImage(p, 0, 0)", {(5, 5): (255, 0, 0, 128)}),
        ("c.drawImage(p, 0, 0, 0, 40)", {(5, 5): NOTHING}),
    ],
)
@pytest.mark.parametrize("source", ["own", "loaded"])
def test_pictures_are_drawn(drawn: Drawn, source: str, call: str, spots: dict[tuple[int, int], Any]) -> None:
    code = (
        "const own = draw.createCanvas(20, 10); own.fillStyle = 'red'; own.fillRect(0, 0, 10, 10);"
        "own.fillStyle = 'blue'; own.fillRect(10, 0, 10, 10); own.save('two.png');"
        f"const loaded = draw.loadImage('two.png'); const p = {source}; {call}"
    )
    picture = drawn(code)
    found = {spot: picture.getpixel(spot) for spot in spots}
    assert all(close(found[spot], wanted) for spot, wanted in spots.items()), found


def test_a_canvas_is_drawn_as_it_was_at_that_moment(drawn: Drawn) -> None:
    picture = drawn(
        "const p = draw.createCanvas(10, 10); p.fillRect(0, 0, 10, 10); c.drawImage(p, 0, 0);"
        "p.fillStyle = 'red'; p.fillRect(0, 0, 10, 10); c.drawImage(p, 20, 0)"
    )
    assert (picture.getpixel((5, 5)), picture.getpixel((25, 5))) == (BLACK, RED)


def test_properties_are_as_on_the_web(js: JSRun) -> None:
    js.run("globalThis.c = draw.createCanvas(30, 20)")
    assert js.value("[c.width, c.height, c.getContext('2d') === c, c.canvas === c, c.getContext('webgl')]") == [
        30,
        20,
        True,
        True,
        None,
    ]
    assert js.value("[c.fillStyle, c.lineWidth, c.font, c.textAlign]") == ["#000000", 1, "10px sans-serif", "start"]
    js.run("c.save(); c.lineWidth = 5; c.lineWidth = 0; c.globalAlpha = 2; c.setLineDash([1, 2, 3])")
    assert js.value("[c.lineWidth, c.globalAlpha, c.getLineDash()]") == [5, 1, [1, 2, 3, 1, 2, 3]]
    js.run("c.restore()")
    assert js.value("[c.lineWidth, c.getLineDash()]") == [1, []]


def test_points_in_a_path(js: JSRun) -> None:
    paths = "c.translate(10, 0); c.rect(0, 0, 10, 10); c.rect(2, 2, 4, 4); c.scale(0, 0)"
    code = f"const c = draw.createCanvas(40, 40); {paths}"
    asked = "[[5, 5], [15, 9], [13, 4], [99, 99], [NaN, 1]].map(([x, y]) => c.isPointInPath(x, y))"
    assert js.value(f"(() => {{ {code}; return {asked} }})()") == [False, True, True, False, False]
    assert js.value(f"(() => {{ {code}; return c.isPointInPath(13, 4, 'evenodd') }})()") is False


def test_formats(js: JSRun) -> None:
    js.run(
        "globalThis.f = draw.createCanvas(60, 30); f.fillStyle = 'red'; f.fillRect(0, 0, 30, 30);"
        "f.fillText('Ж', 35, 20)"
    )
    for kind in ("png", "jpeg", "webp"):
        data = bytes(js.value(f"[...f.toBytes('{kind}')]"))
        picture = Image.open(io.BytesIO(data))
        assert (picture.format, picture.size) == (kind.upper(), (60, 30))
        assert picture.convert("RGB").getpixel((10, 10))[0] > 245
    assert bytes(js.value("[...f.toBytes('pdf')]")).startswith(b"%PDF-")
    svg = bytes(js.value("[...f.toBytes('svg')]")).decode()
    assert 'width="60px" height="30px"' in svg
    assert "<path" in svg
    assert js.value("f.save('made/x.jpg', {quality: 50})")["format"] == "jpeg"
    assert js.value("(async () => (await f.saveAsync('made/y.svg')).path)()") == "made/y.svg"
    assert js.value("(async () => (await f.toBytesAsync()).length)()") == js.value("f.toBytes('png').length")
    assert js.value("image.info('made/x.jpg').width") == 60
    assert js.value("storage.stat('made/y.svg').size") > 100


def test_a_canvas_can_be_drawn_on_after_it_was_saved(js: JSRun) -> None:
    js.run(
        "globalThis.g = draw.createCanvas(10, 10); g.fillRect(0, 0, 10, 10); globalThis.before = g.toBytes().toBase64()"
    )
    assert js.value("g.toBytes().toBase64() === before") is True
    assert js.value("g.clearRect(0, 0, 5, 5), g.toBytes().toBase64() === before") is False
