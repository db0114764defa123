"""Text: fonts, scripts, places and sizes. Needs DejaVu, which Debian installs with nearly everything."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageFont

from m3m_builtins.draw.fontnames import Font, parsed
from m3m_builtins.draw.fonts import Library, server_faces
from m3m_builtins.draw.runs import runs
from m3m_builtins.draw.text import line
from m3m_core import ScriptError, Unavailable
from m3m_core.testing import JSRun

Drawn = Callable[..., Image.Image]
DEJAVU = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")
needs_dejavu = pytest.mark.skipif(not DEJAVU.exists(), reason="fonts-dejavu-core is not installed")


@pytest.mark.parametrize(
    ("text", "font"),
    [
        ("16px sans-serif", Font(16, ("sans-serif",))),
        ("bold 12pt 'Open Sans', serif", Font(16, ("open sans", "serif"), 700)),
        ("italic 300 1.5em/1.2 Roboto", Font(24, ("roboto",), 300, True)),
        ("normal small-caps 10px X", Font(10, ("x",))),
        ("oblique 900 200% A, B", Font(32, ("a", "b"), 900, True)),
    ],
)
def test_fonts_as_css_writes_them(text: str, font: Font) -> None:
    assert parsed(text) == font


@pytest.mark.parametrize(
    "text", ["", "x", "16px", "sans-serif 16px", "0px x", "99999px x", "huge 16px x", "1001 9px x"]
)
def test_wrong_fonts(text: str) -> None:
    with pytest.raises(ScriptError):
        parsed(text)


@pytest.mark.parametrize(
    ("text", "rtl", "shown"),
    [
        ("abc", False, ["abc"]),
        ("abc Привет", False, ["abc ", "Привет"]),
        ("abc שלום def", False, ["abc ", "שלום", " def"]),
        ("שלום עולם", False, ["שלום עולם"]),
        ("שלום 42", False, ["42", "שלום "]),
        ("שלום 42 abc", False, ["42", "שלום ", " abc"]),
        ("abc", True, ["abc"]),
        ("שלום abc 12 def עולם", True, ["עולם", " ", "abc 12 def", "שלום "]),
        ("", False, []),
        ("123", True, ["123"]),
    ],
)
def test_directions_in_the_order_on_the_page(text: str, rtl: bool, shown: list[str]) -> None:
    found = "".join(run.text for run in runs(text, rtl))
    assert found.replace(" ", "") == "".join(shown).replace(" ", "")
    assert sorted(found) == sorted(text)


@needs_dejavu
@pytest.mark.parametrize("text", ["Hello", "AVAToW", "Привет, мир", "Ελληνικά", "fi ffl", "مرحبا", "שלום"])
def test_widths_are_those_of_another_library(text: str) -> None:
    font = ImageFont.truetype(DEJAVU, 200)
    direction = "rtl" if text[0] in "مש" else "ltr"
    laid = line(Library(), text, parsed("200px 'DejaVu Sans'"), direction == "rtl")
    assert laid.width == pytest.approx(font.getlength(text, direction=direction), abs=len(text))


@needs_dejavu
@pytest.mark.parametrize(
    ("settings", "box"),
    [
        ("", (20, 40)),
        ("c.textAlign = 'right'", (0, 20)),
        ("c.textAlign = 'end'", (0, 20)),
        ("c.textAlign = 'center'", (10, 30)),
        ("c.direction = 'rtl'", (0, 20)),
    ],
)
def test_places_of_text(drawn: Drawn, settings: str, box: tuple[int, int]) -> None:
    picture = drawn(f"c.font = '20px monospace'; {settings}; c.fillText('M', 20, 25)")
    left, _, right, _ = picture.getbbox() or (0, 0, 0, 0)
    assert box[0] <= left < right <= box[1]


@needs_dejavu
@pytest.mark.parametrize(("baseline", "above"), [("alphabetic", 1.0), ("bottom", 1.0), ("top", 0.0), ("middle", 0.5)])
def test_baselines(drawn: Drawn, baseline: str, above: float) -> None:
    picture = drawn(f"c.font = '40px sans-serif'; c.textBaseline = '{baseline}'; c.fillText('H', 5, 50)", 60, 100)
    _, top, _, bottom = picture.getbbox() or (0, 0, 0, 0)
    assert (50 - top) / (bottom - top) == pytest.approx(above, abs=0.35 if baseline == "bottom" else 0.26)


@needs_dejavu
def test_measured_text_is_as_wide_as_the_drawn_one(js: JSRun, drawn: Drawn) -> None:
    code = "c.font = 'bold 30px serif'"
    told = js.value(f"(() => {{ const c = draw.createCanvas(1, 1); {code}; return c.measureText('Привет') }})()")
    left, top, right, bottom = drawn(f"{code}; c.fillText('Привет', 20, 60)", 300, 100).getbbox() or (0, 0, 0, 0)
    assert 20 - told["actualBoundingBoxLeft"] == pytest.approx(left, abs=1.5)
    assert 20 + told["actualBoundingBoxRight"] == pytest.approx(right, abs=1.5)
    assert 60 - told["actualBoundingBoxAscent"] == pytest.approx(top, abs=1.5)
    assert 60 + told["actualBoundingBoxDescent"] == pytest.approx(bottom, abs=1.5)
    assert told["fontBoundingBoxAscent"] > told["actualBoundingBoxAscent"]


def test_text_is_squeezed_stroked_and_painted(drawn: Drawn) -> None:
    code = "c.font = '30px sans-serif'; c.fillStyle = 'red';"
    wide = drawn(f"{code} c.fillText('Hello there', 0, 30)", 300, 40)
    narrow = drawn(f"{code} c.fillText('Hello there', 0, 30, 50)", 300, 40)
    assert (wide.getbbox() or (0, 0, 0, 0))[2] > 100
    assert (narrow.getbbox() or (0, 0, 0, 0))[2] <= 51
    assert {pixel[1][:3] for pixel in wide.getcolors(9999) or [] if pixel[1][3] == 255} == {(255, 0, 0)}  # type: ignore[index]
    outline = drawn("c.font = 'bold 60px sans-serif'; c.strokeText('I', 5, 50)", 60, 60)
    box = outline.getbbox() or (0, 0, 0, 0)
    assert outline.getpixel(((box[0] + box[2]) // 2, (box[1] + box[3]) // 2)) == (0, 0, 0, 0)


@needs_dejavu
def test_a_loaded_font_is_used_by_its_name(js: JSRun, drawn: Drawn) -> None:
    from base64 import b64encode

    js.run(f"storage.write('fonts/x.ttf', Uint8Array.fromBase64('{b64encode(DEJAVU.read_bytes()).decode()}'))")
    assert js.value("draw.loadFont('fonts/x.ttf', 'My Brand')") == "My Brand"
    assert js.value("draw.loadFontAsync('fonts/x.ttf').then((family) => family)") == "DejaVu Sans"
    width = "(name) => { c.font = `20px '${name}'`; return c.measureText('iiii').width }"
    widths = f"['My Brand', 'DejaVu Sans', 'monospace'].map({width})"
    brand, dejavu, mono = js.value(f"(() => {{ const c = draw.createCanvas(1, 1); return {widths} }})()")
    assert brand == dejavu
    assert mono > brand


@needs_dejavu
def test_bold_and_italic_are_imitated_where_a_font_has_none(js: JSRun) -> None:
    library = Library()
    library.add(DEJAVU.read_bytes(), "Only")
    plain, bold = (line(library, "IIII", parsed(f"{weight} 50px Only"), False) for weight in ("400", "700"))
    assert plain.glyphs[0].font.synthetic_bold[0] == 0
    assert bold.glyphs[0].font.synthetic_bold[0] > 0
    assert line(library, "I", parsed("italic 50px Only"), False).glyphs[0].font.synthetic_slant > 0


def test_without_any_font_the_error_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("m3m_builtins.draw.fonts.server_faces", lambda: ())
    with pytest.raises(Unavailable, match="install some") as caught:
        line(Library(), "x", parsed("9px x"), False)
    assert caught.value.code == "no_font"


def test_a_letter_that_the_font_lacks_comes_from_another(monkeypatch: pytest.MonkeyPatch) -> None:
    faces = {face for face in server_faces() if face.has("Ж") and face.has("a")}
    if not faces:
        pytest.skip("no font with Cyrillic letters")
    laid = line(Library(), "aЖ́a", parsed("20px 'no such font'"), False)
    assert 0 not in [glyph.number for glyph in laid.glyphs]
