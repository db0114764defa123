"""How much one canvas may ask of an instance, and the errors that say so."""

from __future__ import annotations

from m3m_core import M3MError, Timeout, TooLarge, Unavailable, wrong_argument

MOST_PIXELS = 16_000_000
"""Of a canvas: 4 bytes each."""

LONGEST_SIDE = 16_383

MOST_COMMANDS = 100_000
"""Also in `draw.js`, which refuses them where they are made."""

MOST_PICTURE_PIXELS = 20_000_000
"""Of all pictures on one canvas together."""

LONGEST_TEXT = 10_000
"""Characters of one text."""

LONGEST_DRAWING = 20.0
"""Seconds."""

MOST_DASHES = 500_000
"""Of one line, as far as it is on the canvas: about 160 bytes each."""

MOST_POINTS = 1_000_000
"""Of all outlines of an svg or pdf, those of letters too: about 20 bytes each, several times over while it is made."""

MOST_FONTS = 32
LARGEST_FONT = 16 * 1024 * 1024
LARGEST_FONTS = 64 * 1024 * 1024
"""Bytes of one, and of all together."""


def too_large(message: str) -> TooLarge:
    return TooLarge(message, code="canvas_too_large")


def too_long() -> Timeout:
    return Timeout(f"The drawing takes longer than {LONGEST_DRAWING:g} seconds.", code="drawing_too_long")


def not_installed() -> M3MError:
    return Unavailable(
        "Drawing is not installed on this server. Its administrator can add it: pip install 'm3m[draw]', which needs "
        "gcc, pkg-config and the headers of cairo (apt-get install gcc pkg-config libcairo2-dev python3-dev).",
        code="draw_not_installed",
    )


def check_size(width: object, height: object) -> tuple[int, int]:
    """Raises ScriptError, TooLarge."""
    for name, side in (("width", width), ("height", height)):
        if isinstance(side, bool) or not isinstance(side, int) or side < 1:
            raise wrong_argument(f"draw.createCanvas: {name} must be a whole number of pixels from 1 to {LONGEST_SIDE}")
    assert isinstance(width, int)
    assert isinstance(height, int)
    if max(width, height) > LONGEST_SIDE or width * height > MOST_PIXELS:
        raise too_large(
            f"A canvas of {width}×{height} is too large: at most {MOST_PIXELS / 1e6:g} million pixels and "
            f"{LONGEST_SIDE} a side."
        )
    return width, height
