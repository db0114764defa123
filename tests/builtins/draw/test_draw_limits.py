"""What a canvas refuses, and what it says then."""

from __future__ import annotations

import builtins
import sys
from typing import Any

import pytest

from m3m_builtins.draw import limits
from m3m_core import ScriptError
from m3m_core.testing import JSRun, run_js


def refusal(js: JSRun, code: str) -> ScriptError:
    with pytest.raises(ScriptError) as caught:
        js.value(f"(async () => {{ const c = draw.createCanvas(10, 10); {code} }})()")
    return caught.value


@pytest.mark.parametrize(
    ("code", "error", "message"),
    [
        ("draw.createCanvas(0, 1)", "invalid_arguments", "width must be a whole number"),
        ("draw.createCanvas(1, '5')", "invalid_arguments", "height must be a whole number"),
        ("draw.createCanvas(1.5, 5)", "invalid_arguments", "width must be"),
        ("draw.createCanvas()", "invalid_arguments", "width must be"),
        ("draw.createCanvas(20000, 1)", "canvas_too_large", "20000×1"),
        ("draw.createCanvas(5000, 5000)", "canvas_too_large", "16 million pixels"),
        ("c.moveTo(1)", "invalid_arguments", "moveTo wants 2 numbers, not 1"),
        ("c.lineTo(1e7, 0)", "out_of_range", "lineTo: 10000000 is farther"),
        ("c.arc(0, 0, -1, 0, 1)", "out_of_range", "a radius is not negative"),
        ("c.roundRect(0, 0, 1, 1, [1, 2, 3, 4, 5])", "out_of_range", "one to four radii"),
        ("c.setLineDash(5)", "invalid_arguments", "setLineDash wants an array"),
        ("c.setLineDash(Array(65).fill(1))", "invalid_arguments", "at most 64"),
        ("c.drawImage({}, 0, 0)", "invalid_arguments", "must come from draw.loadImage"),
        ("c.createLinearGradient(0, 0, NaN, 1)", "invalid_arguments", "finite numbers"),
        ("c.createLinearGradient(0, 0, 1, 1).addColorStop(2, 'red')", "out_of_range", "from 0 to 1"),
        ("const g = c.createLinearGradient(0, 0, 1, 1); for (;;) g.addColorStop(1, 'red')", "too_many_stops", "256"),
        ("for (;;) c.save()", "too_deep", "512 times"),
        ("for (;;) c.rect(0, 0, 1, 1)", "too_many_commands", "100000"),
        ("c.fillStyle = 'blau'; c.fillRect(0, 0, 1, 1); c.toBytes()", "invalid_arguments", '"blau" is no colour'),
        ("c.fillStyle = 'rgb(1)'; c.fillRect(0, 0, 1, 1); c.toBytes()", "invalid_arguments", "is no colour"),
        ("c.lineCap = 'x'; c.toBytes()", "invalid_arguments", "lineCap must be one of butt"),
        ("c.fill('x'); c.toBytes()", "invalid_arguments", "must be one of nonzero, evenodd"),
        ("c.font = 'big'; c.fillText('x', 0, 0); c.toBytes()", "invalid_arguments", '"big" is no font'),
        ("c.textAlign = 'x'; c.fillText('x', 0, 0); c.toBytes()", "invalid_arguments", "textAlign must be one of"),
        ("c.textBaseline = 'x'; c.measureText('x')", "invalid_arguments", "textBaseline must be one of"),
        ("c.fillText('x'.repeat(10001), 0, 0); c.toBytes()", "canvas_too_large", "10000 characters"),
        ("c.toBytes('bmp')", "invalid_arguments", "format must be one of png"),
        ("c.toBytes('jpeg', {quality: 0})", "invalid_arguments", "quality must be"),
        ("c.save('x.txt')", "invalid_arguments", "ending of path must be one of"),
        ("c.save(7)", "invalid_arguments", "path must be a path"),
        ("c.save('../x.png')", "bad_path", "go up"),
        ("draw.loadImage('none.png')", "not_found", ""),
        ("draw.loadImage(new Uint8Array(9))", "not_a_picture", ""),
        ("draw.loadImage(5)", "invalid_arguments", "draw.loadImage takes a path"),
        ("draw.loadFont(new Uint8Array(99))", "not_a_font", ""),
        ("draw.loadFont('x', '')", "invalid_arguments", "family must be a name"),
    ],
)
def test_refusals(js: JSRun, code: str, error: str, message: str) -> None:
    found = refusal(js, code)
    assert found.code == error
    assert message in found.message


def test_a_drawing_that_takes_too_long_is_given_up(js: JSRun, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "LONGEST_DRAWING", -1.0)
    assert refusal(js, "c.fillRect(0, 0, 1, 1); c.toBytes()").code == "drawing_too_long"


def test_pictures_on_a_canvas_are_bounded_together(js: JSRun, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_PICTURE_PIXELS", 150)
    code = "const [p, q] = [0, 1].map(() => draw.createCanvas(10, 10)); c.drawImage(p, 0, 0); c.drawImage(p, 1, 1)"
    assert js.value(f"(() => {{ const c = draw.createCanvas(9, 9); {code}; return c.toBytes().length > 0 }})()") is True
    assert refusal(js, f"{code}; c.drawImage(q, 0, 0); c.toBytes()").code == "canvas_too_large"


@pytest.mark.parametrize(
    "commands",
    ["null", "[5]", "[[]]", "[['no']]", "[['arc', 'x']]", "[['set', 'fillStyle', 9], ['fill']]",
     "[['drawImage', 0, [], []]]",
     "[['__init__']]", "[['save', 1]]", "{}", "[['set', 'lineDash', [-1]]]", "[['transform', 'x']]"],
)  # fmt: skip
def test_commands_that_no_canvas_makes_are_refused(commands: str) -> None:
    from m3m_builtins.draw.drawing import Drawing
    from m3m_builtins.draw.fonts import Library
    from m3m_builtins.draw.sheet import sheet_of

    given: Any = {"width": 5, "height": 5, "commands": commands.replace("'", '"'), "gradients": [], "pictures": []}
    if commands == "{}":
        given = {}
    with pytest.raises(ScriptError):
        Drawing(None, Library()).render(sheet_of(given), "png", None)  # type: ignore[arg-type]


def test_what_is_hard_to_draw_is_drawn(js: JSRun) -> None:
    hard = (
        "c.setLineDash([0.0001]); c.moveTo(-1e6, 5); c.lineTo(1e6, 5); c.stroke(); c.scale(1e6, 1e6);"
        "c.arc(0, 0, 1e6, 0, 1e6); c.fill(); c.rotate(1e6); c.scale(1e-9, 1e6);"
        "c.fillText('x', 1e6, 1e6); c.lineWidth = 1e6; c.stroke()"
    )
    drawn = f"(() => {{ const c = draw.createCanvas(50, 50); {hard}; return c.toBytes().length > 0 }})()"
    assert js.value(drawn) is True


def test_without_the_libraries_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.startswith("m3m_builtins.draw.")]:
        monkeypatch.delitem(sys.modules, name)
    found = builtins.__import__

    def without_cairo(name: str, *rest: Any) -> Any:
        if name == "cairo":
            raise ModuleNotFoundError("No module named 'cairo'", name="cairo")
        return found(name, *rest)

    monkeypatch.delitem(sys.modules, "cairo")
    monkeypatch.setattr(builtins, "__import__", without_cairo)
    with run_js(["draw"]) as js, pytest.raises(ScriptError, match="pip install") as caught:
        js.value("draw.createCanvas(1, 1)")
    assert caught.value.code == "draw_not_installed"
