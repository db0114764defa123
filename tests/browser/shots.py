"""Screenshots of every page: light and dark, wide and narrow. Not a test, though it is run like one:

pytest tests/browser/shots.py            all, into the folder shots
pytest tests/browser/shots.py -k code    those whose name has "code"
"""

from __future__ import annotations

from pathlib import Path

import pytest
from e2e.client import Admin

from .conftest import DESKTOP, PHONE, NewPage
from .scenes import SCENES, Scene
from .watching import sideways
from .world import furnish

FOLDER = Path(__file__).parents[2] / "shots"
WINDOWS = {"wide": DESKTOP, "phone": PHONE}
SETTLE_MS = 600


@pytest.fixture(scope="session")
def world(admin: Admin) -> dict[str, str]:
    FOLDER.mkdir(exist_ok=True)
    return furnish(admin)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("window", WINDOWS)
@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
def test_shot(new_page: NewPage, world: dict[str, str], scene: Scene, window: str, theme: str) -> None:
    page = new_page(signed_in=scene.signed_in, viewport=WINDOWS[window], color_scheme=theme)
    scene.before(page)
    page.goto(scene.path.format_map(world))
    page.wait_for_load_state("networkidle") if scene.signed_in else None
    scene.act(page)
    page.wait_for_timeout(SETTLE_MS)
    page.screenshot(path=FOLDER / f"{scene.name}-{window}-{theme}.png")
    assert sideways(page) == []
