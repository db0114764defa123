"""Screenshots of every page: light and dark, wide and narrow. Not a test, though it is run like one and fails for what
can be measured: frames that are wider than the window, text that is cut off, and serious faults of accessibility
(contrast among them).

pytest tests/browser/shots.py            all, into the folder shots
pytest tests/browser/shots.py -k code    those whose name has "code"
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from e2e.client import Admin
from playwright.sync_api import Page

from m3m_core.testing import LiveServer

from .conftest import DESKTOP, PHONE, NewPage
from .scene import Scene
from .scenes import OPENED, SCENES
from .states import STATES
from .watching import barriers, cut_off, sideways, sign_in
from .world import PASSWORD, address, furnish

FOLDER = Path(__file__).parents[2] / "shots"
VIEWS = (("wide", DESKTOP, "light"), ("wide", DESKTOP, "dark"), ("phone", PHONE, "dark"), ("phone", PHONE, "light"))
"""One after the other in the same page: it follows the theme and the window."""

SETTLE_MS = 250
UNANSWERED_MS = 1500
"""After so long all is there but what never comes."""

TRANSITIONS = """() => {
  const passing = document.getAnimations().filter(({ effect }) => effect.getComputedTiming().iterations !== Infinity)
  return Promise.allSettled(passing.map(({ finished }) => finished)).then(() => undefined)
}"""
TO_END = "() => document.getElementById('content').scrollTo({ top: 1e6, behavior: 'instant' })"
COLOURED = """() => [...document.querySelectorAll('.monaco-editor .view-lines')]
  .every((lines) => !lines.textContent.trim() || lines.querySelector('[class*=mtk]:not([class~=mtk1])'))"""
"""Editors take a while to find the colours of another theme."""


@pytest.fixture(scope="session")
def world(admin: Admin) -> dict[str, str]:
    FOLDER.mkdir(exist_ok=True)
    return furnish(admin)


@pytest.fixture
def open_scene(new_page: NewPage, server: LiveServer, world: dict[str, str]) -> Callable[[Scene], Page]:
    def opened(scene: Scene) -> Page:
        page = new_page(signed_in=scene.user == "root", color_scheme="light", locale=scene.locale)
        if scene.user not in ("root", ""):
            sign_in(page.context, server, address(scene.user), PASSWORD)
        scene.before(page)
        page.goto(scene.path.format_map(world))
        if scene.settles and scene.user:
            page.wait_for_load_state("networkidle")
        elif scene.user:
            page.wait_for_timeout(UNANSWERED_MS)
        scene.act(page)
        return page

    return opened


@pytest.mark.parametrize("scene", [*SCENES, *OPENED, *STATES], ids=lambda scene: scene.name)
def test_shot(open_scene: Callable[[Scene], Page], scene: Scene) -> None:
    page = open_scene(scene)
    faults: list[str] = []
    for window, size, theme in VIEWS:
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=theme)
        if scene.end:
            page.evaluate(TO_END)
        page.wait_for_timeout(SETTLE_MS)
        page.evaluate(TRANSITIONS)
        page.wait_for_function(COLOURED)
        page.screenshot(path=FOLDER / f"{scene.name}-{window}-{theme}.png", animations="disabled")
        faults += [f"{window} {theme}: {fault}" for fault in [*barriers(page), *sideways(page), *cut_off(page)]]
    if faults:
        pytest.fail("\n".join(faults), pytrace=False)
