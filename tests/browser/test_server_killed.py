"""The whole server dies under an open page, at any moment of a save, and comes back: what was written is not lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from e2e.client import Admin, Project, sign_up
from playwright.sync_api import Page, Route, expect

from m3m_core.testing import LiveServer, live_server

from .editing import code_of, open_code, type_at_end
from .posts import open_posts, row, titles

CODE = 'router.get("/price", () => ({ price: 1 }))\n'
LOST = "No connection to the server"
BACK_MS = 15_000
"""A page that asks again every few seconds has noticed by then, and new processes have answered."""

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def server() -> Iterator[LiveServer]:
    with live_server({"jwt": {"expiration": "2h"}}) as running:
        yield running


@pytest.fixture(scope="module")
def admin(server: LiveServer) -> Admin:
    return sign_up(server)


def before_saving(server: LiveServer) -> Callable[[Route], None]:
    """The save finds nobody."""

    def act(route: Route) -> None:
        server.kill_all()
        route.continue_()

    return act


def after_saving(server: LiveServer) -> Callable[[Route], None]:
    """The save is done, but nobody is told."""

    def act(route: Route) -> None:
        assert route.fetch().ok
        server.kill_all()
        route.abort("connectionreset")

    return act


MOMENTS = pytest.mark.parametrize("moment", [before_saving, after_saving])


def on_first_save(page: Page, address: str, act: Callable[[Route], None], method: str = "PUT") -> None:
    acts = [act]

    def handle(route: Route) -> None:
        if route.request.method == method and acts:
            acts.pop()(route)
        else:
            route.continue_()

    page.route(address, handle)


def comes_back(page: Page, server: LiveServer) -> None:
    expect(page.get_by_text(LOST)).to_be_visible()
    server.start()
    expect(page.get_by_text(LOST)).to_be_hidden(timeout=BACK_MS)


@MOMENTS
def test_code_is_saved_when_the_server_is_back(
    page: Page, server: LiveServer, project: Project, moment: Callable[[LiveServer], Callable[[Route], None]]
) -> None:
    project.write(CODE)
    lines = open_code(page, project)
    type_at_end(page, lines, "// before\n")
    on_first_save(page, "**/branches/develop", moment(server))
    page.keyboard.press("Control+s")
    expect(page.get_by_text("Unsaved changes")).to_be_visible()
    page.keyboard.insert_text("// while it was away\n")
    comes_back(page, server)
    expect(lines).to_contain_text("while it was away")
    page.keyboard.press("Control+s")
    expect(page.get_by_text("Saved · revision")).to_be_visible(timeout=BACK_MS)
    assert code_of(project) == CODE + "// before\n// while it was away\n"


@MOMENTS
def test_a_record_is_saved_when_the_server_is_back(
    page: Page, server: LiveServer, posts: Project, moment: Callable[[LiveServer], Callable[[Route], None]]
) -> None:
    open_posts(page, posts)
    row(page, "Beta").click()
    sheet = page.get_by_role("dialog")
    sheet.get_by_label("title").fill("Beta over the fall")
    on_first_save(page, "**/data/*", moment(server))
    page.keyboard.press("Control+s")
    comes_back(page, server)
    expect(sheet.get_by_label("title")).to_have_value("Beta over the fall")
    page.keyboard.press("Control+s")
    expect(sheet).to_be_hidden(timeout=BACK_MS)
    expect(row(page, "Beta over the fall")).to_be_visible()
    assert titles(posts) == ["Alpha", "Beta over the fall", "Gamma"]


@MOMENTS
def test_a_new_record_is_made_once_when_the_server_is_back(
    page: Page, server: LiveServer, posts: Project, moment: Callable[[LiveServer], Callable[[Route], None]]
) -> None:
    open_posts(page, posts, "?record=new")
    sheet = page.get_by_role("dialog")
    sheet.get_by_label("title").fill("Delta")
    on_first_save(page, "**/models/posts/data", moment(server), "POST")
    page.keyboard.press("Control+s")
    comes_back(page, server)
    expect(sheet.get_by_label("title")).to_have_value("Delta")
    page.keyboard.press("Control+s")
    expect(sheet).to_be_hidden(timeout=BACK_MS)
    expect(row(page, "Delta")).to_be_visible()
    assert titles(posts) == ["Alpha", "Beta", "Delta", "Gamma"]


@MOMENTS
def test_a_text_is_saved_when_the_server_is_back(
    page: Page, server: LiveServer, project: Project, moment: Callable[[LiveServer], Callable[[Route], None]]
) -> None:
    project.ask("POST", "/storage/file", {"path": "note.txt", "content": "first"})
    page.goto(f"/projects/{project.slug}/files?open=note.txt")
    text = page.get_by_role("textbox", name="note.txt")
    text.fill("second")
    on_first_save(page, "**/storage/file/note.txt", moment(server))
    page.keyboard.press("Control+s")
    comes_back(page, server)
    text.fill("third")
    page.keyboard.press("Control+s")
    expect(page.get_by_text("Not saved")).to_be_hidden(timeout=BACK_MS)
    assert project.ask("GET", "/storage/file/note.txt")["content"] == "third"
