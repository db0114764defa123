"""Tests of drawing need what draws."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

import pytest

pytest.importorskip("cairo", reason="the extra `draw` is not installed")
pytest.importorskip("uharfbuzz", reason="the extra `draw` is not installed")

from PIL import Image

from m3m_core.testing import JSRun, run_js

HELPERS = """
globalThis.drawn = (width, height, paint) => {
  const canvas = draw.createCanvas(width, height)
  paint(canvas)
  return canvas.toBytes().toBase64()
}
"""


@pytest.fixture(scope="module")
def js() -> Iterator[JSRun]:
    with run_js(["draw"], HELPERS) as run:
        yield run


@pytest.fixture(scope="module")
def drawn(js: JSRun) -> Callable[..., Image.Image]:
    """The picture that some code with a canvas `c` of 40×40 draws."""

    def run(code: str, width: int = 40, height: int = 40) -> Any:
        from base64 import b64decode

        text = js.value(f"drawn({width}, {height}, (c) => {{ {code} }})")
        picture = Image.open(BytesIO(b64decode(text)))
        picture.load()
        return picture.convert("RGBA")

    return run
