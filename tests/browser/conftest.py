"""A real browser in front of a real server: one of each for all tests of this folder, a fresh page for each test.

The admin must have been built (`cd m3m_ui && npm ci && npm run build`; installing M3M does it too).
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from e2e.client import Admin, Project, sign_up
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from m3m_core.testing import LiveServer, live_server

from .posts import add_posts
from .watching import Watch, sign_in, watched

CONFIG = {"jwt": {"expiration": "2h"}}
DIST = Path(__file__).parents[2] / "m3m_builtins/ui/dist/index.html"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 375, "height": 812}

NewPage = Callable[..., Page]


@pytest.fixture(scope="session")
def server() -> Iterator[LiveServer]:
    if not DIST.exists():
        pytest.fail("The admin is not built: cd m3m_ui && npm ci && npm run build")
    with live_server(CONFIG) as running:
        yield running


@pytest.fixture(scope="session")
def admin(server: LiveServer) -> Admin:
    """The API as the root user."""
    return sign_up(server)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        pytest.fail("There is no Chromium: apt-get install chromium")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=found, headless=True, args=ARGUMENTS)
        yield launched
        launched.close()


@pytest.fixture
def watch() -> Iterator[Watch]:
    """What the pages of this test must not do: log errors, break the policy, or ask other servers."""
    watch = Watch()
    yield watch
    assert watch.problems == []


@pytest.fixture
def new_page(server: LiveServer, browser: Browser, watch: Watch) -> Iterator[NewPage]:
    """Makes pages of a browser of their own: `new_page(signed_in=False, viewport=PHONE, color_scheme="dark")`.

    Two tabs of one browser: `page.context.new_page()`.
    """
    contexts: list[BrowserContext] = []

    def make(*, signed_in: bool = True, viewport: dict[str, int] = DESKTOP, **options: object) -> Page:
        settings = {"base_url": server.url, "locale": "en-US", "reduced_motion": "reduce"} | options
        context = browser.new_context(viewport=viewport, **settings)
        contexts.append(context)
        context.set_default_timeout(10_000)
        if signed_in:
            sign_in(context, server)
        return watched(context, server, watch)

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def page(admin: Admin, new_page: NewPage) -> Page:
    """A page of the root user."""
    return new_page()


@pytest.fixture
def guest(admin: Admin, new_page: NewPage) -> Page:
    """A page of nobody, on a server that has users."""
    return new_page(signed_in=False)


@pytest.fixture
def project(admin: Admin) -> Iterator[Project]:
    made = Project(admin)
    yield made
    made.send("DELETE")


@pytest.fixture(scope="module")
def demo(admin: Admin) -> Iterator[dict[str, str]]:
    """The project of `m3m demo`, with something on each of its pages: what `PLACES` of `loading.py` want to know."""
    admin.server.run("demo")
    goals = {goal["name"]: goal["id"] for goal in admin.ask("GET", "/projects/demo/goals")["items"]}
    yield {"project": "demo", "model": "orders", "goal": goals["Visits"]}
    admin.ask("DELETE", "/projects/demo")


@pytest.fixture
def global_goal(admin: Admin) -> Iterator[None]:
    made = admin.ask("POST", "/goals", {"name": "Sign-ups", "slug": "sign-ups", "type": "counter"})
    yield
    admin.ask("DELETE", f"/goals/{made['id']}")


@pytest.fixture
def posts(project: Project) -> Project:
    """A project with a model and three records."""
    add_posts(project)
    return project
