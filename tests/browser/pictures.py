"""The pictures of README.md, taken from the demo. Not a test, though it is run like one:

pytest tests/browser/pictures.py     into docs/images
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from math import sin, tau
from pathlib import Path
from typing import Any

import pytest
from e2e.client import Admin, Project, sign_up
from PIL import Image
from playwright.sync_api import Page, Route

from m3m_core.testing import LiveServer, live_server

from .acts import EDITOR_MS, editor
from .conftest import CONFIG, NewPage
from .shots import TRANSITIONS

FOLDER = Path(__file__).parents[2] / "docs/images"
HEAVIEST = 150_000
COLORS = 256
SERVICE = "router.get('/', () => ({ ok: true }))"
OTHERS = {"Chat bot": "amber", "Invoices": "red", "Newsletter": "rose", "Weather station": "sky", "Webhooks": "violet"}
LINE = "router.get('/best', () => database.orders."


@pytest.fixture(scope="module")
def server() -> Iterator[LiveServer]:
    """Of its own: nothing is shown but what belongs into a picture."""
    with live_server(CONFIG) as running:
        yield running


@pytest.fixture(scope="module")
def admin(server: LiveServer) -> Admin:
    admin = sign_up(server)
    server.run("demo")
    for name, color in OTHERS.items():
        Project(admin, name=name, slug=name.lower().replace(" ", "-"), color=color).run(SERVICE)
    visit(admin)
    return admin


def visit(admin: Admin) -> None:
    """Some hits for each route."""
    order = admin.ask("GET", "/projects/demo/models/orders/data?per_page=1")["items"][0]
    paths = ("/", "/orders", f"/orders/{order['id']}", f"/customers/{order['customer']}", "/stats", "/hello/ann")
    for place, path in enumerate(paths):
        for _ in range(40 // (place + 1)):
            admin.send("GET", f"/r/demo{path}")


def take(page: Page, name: str) -> None:
    page.wait_for_load_state("networkidle")
    page.evaluate(TRANSITIONS)
    picture = Image.open(BytesIO(page.screenshot(animations="disabled"))).convert("RGB")
    path = FOLDER / f"{name}.png"
    # few pixels have the colour of a project and many are grey: both keep theirs
    few = picture.quantize(COLORS, Image.Quantize.MAXCOVERAGE, kmeans=3, dither=Image.Dither.NONE)
    few.save(path, optimize=True)
    assert path.stat().st_size < HEAVIEST


def a_day(page: Page) -> None:
    """The charts show a whole day, though the server has just been started."""

    def fill(route: Route) -> None:
        answer = route.fetch()
        body: dict[str, Any] = answer.json()
        for place, slot in enumerate(body["slots"]):
            wave = (
                1.2 - sin(tau * (place + 40) / len(body["slots"])) + 0.25 * sin(place * 1.7) + 0.15 * sin(place * 4.1)
            )
            slot |= {
                "cpu_percent": 1.5 + 3 * wave,
                "memory_bytes": int(51e6 + 2e6 * wave + 15_000 * place),
                "requests": int(90 * wave),
                "errors": int(place % 61 == 7) + 2 * int(place == 190),
                "p50_ms": 0.9 + 0.2 * wave,
                "p95_ms": 2.4 + 1.1 * wave,
                "lag_ms": 0.6 + 0.5 * wave,
            }
        route.fulfill(response=answer, json=body)

    page.route("**/monitor", fill)


def test_code(new_page: NewPage, admin: Admin) -> None:
    page = new_page(color_scheme="dark")
    page.goto("/projects/demo/code")
    editor(page)
    page.get_by_text("service.shutdown").first.click()
    page.keyboard.press("End")
    page.keyboard.type(f"\n\n{LINE}", delay=15)
    page.locator(".suggest-widget.visible .monaco-list-row").first.wait_for(timeout=EDITOR_MS)
    for _ in range(4):
        page.keyboard.press("ArrowDown")
    take(page, "code")


def test_records(new_page: NewPage, admin: Admin) -> None:
    page = new_page(color_scheme="light")
    page.goto("/projects/demo/data/orders")
    page.locator("tbody [role=checkbox]").first.wait_for()
    take(page, "records")


def test_overview(new_page: NewPage, admin: Admin) -> None:
    page = new_page(color_scheme="light")
    a_day(page)
    page.goto("/projects/demo")
    page.locator("main table").first.wait_for()
    take(page, "overview")
