"""What would take a canvas minutes or gigabytes ends soon, with an error that has a code, or is drawn."""

from __future__ import annotations

import json
import struct
import time
import zlib
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from m3m_builtins.draw import limits
from m3m_builtins.draw.fontnames import parsed
from m3m_builtins.draw.fonts import Library
from m3m_builtins.draw.runs import runs
from m3m_builtins.draw.text import bounds, line
from m3m_core import M3MError, ScriptError, TooLarge
from m3m_core.testing import JSRun

DEJAVU = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")
needs_dejavu = pytest.mark.skipif(not DEJAVU.exists(), reason="fonts-dejavu-core is not installed")

HELPERS = """
globalThis.each = (count, act) => { for (let at = 0; at < count; at++) act(at) }
globalThis.zigzag = (c, count, far) => each(count, (at) => c.lineTo((at * 7919) % far, (at * 104729) % far))
globalThis.tried = (width, height, format, paint) => {
  try {
    const c = draw.createCanvas(width, height)
    paint(c)
    return c.toBytes(format).length > 0 ? 'drawn' : 'empty'
  } catch (error) { return error.code ?? `${error}` }
}
"""

LONG, LARGE = "drawing_too_long", "canvas_too_large"


@pytest.fixture(scope="module")
def tried(js: JSRun) -> Callable[..., str]:
    """The code of the error, or "drawn"."""
    js.run(HELPERS)
    return lambda code, side=4000, kind="png": str(js.value(f"tried({side}, {side}, '{kind}', (c) => {{ {code} }})"))


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("zigzag(c, 90000, 4000); c.fill()", LONG),
        ("zigzag(c, 90000, 4000); c.stroke()", LONG),
        ("zigzag(c, 90000, 4000); c.clip(); c.fillRect(0, 0, 9, 9)", LONG),
        ("each(40, () => { c.beginPath(); zigzag(c, 2200, 4000); c.clip() }); c.drawImage(c, 0, 0)", LONG),
        ("each(20000, (at) => c.arc(2000, 2000, 1500, at, at + 7)); c.fill()", LONG),
        ("c.lineWidth = 1e6; c.lineJoin = 'round'; zigzag(c, 90000, 9); c.stroke()", LONG),
        ("c.setLineDash([1]); zigzag(c, 3000, 4000); c.stroke()", LARGE),
        ("c.setLineDash([1e-9]); c.scale(1e6, 1e6); each(90000, (at) => c.lineTo(at % 2, 0)); c.stroke()", LARGE),
        ("c.setLineDash([0.1]); each(9999, (at) => c.lineTo((-1) ** at * 1e6, 5)); c.stroke()", LARGE),
        ("c.setLineDash([0.1]); each(9999, () => c.rect(-9, -9, 1e6, 1e6)); c.stroke()", LONG),
        ("c.font = '2000px serif'; c.setLineDash([1]); c.strokeText('@&W'.repeat(600), 0, 1500, 4000)", LARGE),
        ("c.fillText('x'.repeat(10001), 0, 0)", LARGE),
        ("c.font = '1e9px serif'; c.fillText('x', 0, 0)", "invalid_arguments"),
        ("c.font = '9'.repeat(400) + 'px serif'; c.fillText('x', 0, 0)", "invalid_arguments"),
        ("c.font = `16px ${'x,'.repeat(1e5)}`; c.fillText('x', 0, 0)", "invalid_arguments"),
        ("c.font = '-5px serif'; c.fillText('x', 0, 0)", "invalid_arguments"),
        ("c.fillStyle = 'x'.repeat(1e6); c.fill()", "invalid_arguments"),
        ("each(3, () => c.drawImage(draw.createCanvas(3000, 3000), 0, 0))", LARGE),
        ("c.lineTo(NaN, Infinity); c.fillRect(0, 0, NaN, 1); c.scale(Infinity, 1); c.arc(0, 0, NaN, 0, 1)", "drawn"),
        ("c.fillRect(4000, 4000, -4000, -4000); c.rect(9, 9, -1e6, -1e6); c.fill()", "drawn"),
        ("each(500, () => { c.save(); c.scale(1e6, 1e6) }); c.fillRect(0, 0, 1, 1)", "drawn"),
        ("c.setTransform(1e6, 1e6, 1e6, 1e6, 0, 0); c.fillText('x', 1e6, 1e6)", "drawn"),
    ],
)
def test_what_would_never_end(tried: Callable[..., str], code: str, told: str) -> None:
    began = time.monotonic()
    assert tried(code) == told
    assert time.monotonic() - began < limits.LONGEST_DRAWING


@pytest.mark.parametrize("kind", ["svg", "pdf"])
def test_outlines_of_vector_formats_are_bounded_together(
    tried: Callable[..., str], monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.setattr(limits, "MOST_POINTS", 30_000)
    teeth = "each(20000, (at) => c.lineTo(at % 2 * 90, (at * 7) % 90))"
    assert tried("each(20, (at) => c.fillText('@'.repeat(30), 0, at))", 100, kind) == LARGE
    assert tried(f"{teeth}; c.stroke()", 100, kind) == "drawn"
    assert tried(f"{teeth}; c.stroke(); c.fill()", 100, kind) == LARGE


@pytest.mark.parametrize(
    "code",
    [
        "each(20000, (at) => c.lineTo(at / 10, 500 + 300 * Math.sin(at / 90))); c.lineWidth = 2; c.stroke()",
        "each(3000, (at) => { c.beginPath(); c.arc(at % 100, at / 30, 5, 0, 7); c.fill(); c.stroke() })",
        "c.setLineDash([6, 4]); each(200, (at) => c.strokeRect(at, at, 1000, 800))",
        "c.font = '14px sans-serif'; each(100, (at) => c.fillText('All sorts of things, in a line', at, at))",
    ],
)
def test_what_people_draw_is_drawn(tried: Callable[..., str], code: str) -> None:
    assert tried(code, 2000) == "drawn"
    assert tried(code, 2000, "svg") == "drawn"


NUMBER = st.one_of(
    st.sampled_from(["NaN", "Infinity", "-Infinity", "-0", "1e6", "-1e6", "1e7", "1e-300", "'x'", "null", "undefined"]),
    st.integers(-300, 300).map(str),
    st.floats(-1e6, 1e6).map(repr),
)
SHAPES = {"moveTo": 2, "lineTo": 2, "bezierCurveTo": 6, "quadraticCurveTo": 4, "rect": 4, "arc": 5, "arcTo": 5}
SHAPES |= {"ellipse": 7, "roundRect": 5, "fillRect": 4, "strokeRect": 4, "clearRect": 4, "scale": 2, "rotate": 1}
SHAPES |= {"transform": 6, "setTransform": 6, "translate": 2}
BARE = ["fill()", "stroke()", "clip()", "save()", "restore()", "closePath()", "beginPath()", "resetTransform()"]
COMMAND = st.one_of(
    st.sampled_from(BARE),
    st.sampled_from(sorted(SHAPES)).flatmap(
        lambda name: st.lists(NUMBER, min_size=SHAPES[name], max_size=SHAPES[name]).map(
            lambda given: f"{name}({', '.join(given)})"
        )
    ),
    NUMBER.map(lambda number: f"lineWidth = {number}"),
    NUMBER.map(lambda number: f"setLineDash([{number}, 3])"),
    st.tuples(st.text(max_size=9), NUMBER).map(lambda given: f"fillText({json.dumps(given[0])}, {given[1]}, 9)"),
)
CODES = {"drawn", "out_of_range", "invalid_arguments", LARGE, LONG}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(COMMAND, max_size=25), st.sampled_from(["png", "svg", "pdf"]))
def test_whatever_is_drawn_ends_with_a_picture_or_a_code(
    tried: Callable[..., str], commands: list[str], kind: str
) -> None:
    assert tried("; ".join(f"c.{command}" for command in commands), 200, kind) in CODES


PNG = "draw.createCanvas(9, 9).toBytes()"


def png_that_says(width: int, height: int) -> bytes:
    head = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n\0\0\0\r" + head + struct.pack(">I", zlib.crc32(head)) + b"\0\0\0\0IDAT"


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("new Uint8Array()", "not_a_picture"),
        ("new Uint8Array([0x89, 0x50, 0x4e, 0x47])", "not_a_picture"),
        (f"{PNG}.slice(0, 60)", "broken_picture"),
        (f"(() => {{ const b = {PNG}; b[16] = b[20] = 1; return b }})()", "not_a_picture"),
        (f"Uint8Array.fromHex('{png_that_says(100_000, 100_000).hex()}')", "picture_too_large"),
        ("draw.createCanvas(9, 9).toBytes('svg')", "not_a_picture"),
        ("draw.createCanvas(9, 9).toBytes('pdf')", "not_a_picture"),
        ("NaN", "invalid_arguments"),
        ("{ length: 1e9 }", "invalid_arguments"),
        ("new Float64Array(9)", "not_a_picture"),
        ("'a\\0b.png'", "bad_path"),
        ("'x'.repeat(1e6)", "bad_path"),
    ],
)
def test_pictures_that_lie(js: JSRun, source: str, code: str) -> None:
    found = js.value(f"(() => {{ try {{ return draw.loadImage({source}).width }} catch (e) {{ return e.code }} }})()")
    assert found == code


def test_directions_of_a_long_text_take_a_time_that_grows_with_it() -> None:
    began = time.monotonic()
    assert len(runs("א" + " " * 200_000 + "a")) == 3
    assert time.monotonic() - began < 5


# ---- fonts -----------------------------------------------------------------------------------------------------------


@needs_dejavu
def test_a_font_counts_once_and_all_are_bounded_together(js: JSRun, monkeypatch: pytest.MonkeyPatch) -> None:
    js.run(f"globalThis.font = Uint8Array.fromBase64('{b64encode(DEJAVU.read_bytes()).decode()}')")
    assert js.value("[...Array(40)].map(() => draw.loadFont(font, 'Same'))[39]") == "Same"
    size = DEJAVU.stat().st_size
    monkeypatch.setattr(limits, "LARGEST_FONTS", size * 2)
    library = Library()
    assert [library.add(DEJAVU.read_bytes(), name) for name in ("a", "b", "b", "a")] == ["a", "b", "b", "a"]
    with pytest.raises(TooLarge, match="together"):
        library.add(DEJAVU.read_bytes(), "c")


@needs_dejavu
@settings(max_examples=80, deadline=None)
@given(
    st.integers(0, 2**31), st.lists(st.tuples(st.integers(0, 2**31), st.integers(0, 255)), max_size=40), st.booleans()
)
def test_a_font_with_other_bytes_in_it_is_used_or_refused(cut: int, noise: list[tuple[int, int]], whole: bool) -> None:
    data = bytearray(DEJAVU.read_bytes())
    for at, value in noise:
        data[at % (2000 if at % 3 else len(data))] = value  # the list of tables more often than the rest
    library = Library()
    outcome: Any = None
    try:
        family = library.add(bytes(data if whole else data[: cut % len(data)]), None)
        outcome = bounds(line(library, "AVA fi Привет שלום مرحبا 12", parsed(f"40px '{family}'"), False))
    except (M3MError, ScriptError) as error:
        outcome = error.code
    assert len(outcome) == 4 or outcome in ("not_a_font", "invalid_arguments")
