"""What is open is in the address: opening it again, or sending it to somebody, shows the same."""

from __future__ import annotations

import re

import pytest
from e2e.client import Project
from playwright.sync_api import Page, expect

from .editing import EDITOR_MS, code_of, open_code

FIRST = 'router.get("/price", () => ({ price: 1 }))\n'
SECOND = 'router.get("/price", () => ({ price: 2 }))\n'


@pytest.mark.parametrize(
    ("path", "presses", "query", "title"),
    [
        ("/projects", ["button:New project"], "edit=%2B", "New project"),
        ("/projects/{project}/files", ["button:Public links"], "dialog=links", "Public links"),
        (
            "/projects/{project}/data/posts?page=1",
            ["button:Import and export", "menuitem:Import"],
            "dialog=import",
            "Import into Posts",
        ),
    ],
)
def test_a_dialog_is_in_the_address(
    page: Page, posts: Project, path: str, presses: list[str], query: str, title: str
) -> None:
    page.goto(path.format(project=posts.slug))
    for press in presses:
        role, name = press.split(":")
        page.get_by_role(role, name=name, exact=True).first.click()  # type: ignore[arg-type]
    dialog = page.get_by_role("dialog", name=title)
    expect(dialog).to_be_visible()
    expect(page).to_have_url(re.compile(re.escape(query)))
    page.reload()
    expect(dialog).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(page).not_to_have_url(re.compile(re.escape(query)))


def test_a_reset_shows_the_release_of_the_address_and_offers_nothing_where_nothing_differs(
    page: Page, project: Project
) -> None:
    project.publish(FIRST)
    project.publish(SECOND)
    open_code(page, project, "?dialog=reset&release=0.2")
    dialog = page.get_by_role("dialog", name="Reset develop to a release")
    replace = dialog.get_by_role("button", name="Replace the code")
    expect(dialog.get_by_text("There is no difference.")).to_be_visible(timeout=EDITOR_MS)
    expect(replace).to_be_disabled()
    dialog.get_by_role("combobox", name="Release").click()
    page.get_by_role("option", name="0.1").click()
    expect(page).to_have_url(re.compile("release=0.1"))
    expect(dialog.locator(".editor.modified .view-lines")).to_contain_text("price: 1", timeout=EDITOR_MS)
    replace.click()
    expect(dialog).to_be_hidden()
    expect(page).not_to_have_url(re.compile("release="))
    assert code_of(project) == FIRST


def test_releases_are_compared_and_the_sides_keep_their_names_in_a_narrow_window(page: Page, project: Project) -> None:
    project.publish(FIRST)
    project.publish(SECOND)
    page.goto(f"/projects/{project.slug}/code/releases/0.2?against=release:0.1")
    expect(page.locator(".editor.original .view-lines")).to_contain_text("price: 1", timeout=EDITOR_MS)
    expect(page.locator(".editor.modified .view-lines")).to_contain_text("price: 2")
    sides = page.get_by_role("textbox", name="Difference in main.js")
    expect(sides).to_have_count(2)
    for width in (500, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        expect(page.locator(".monaco-diff-editor.side-by-side")).to_have_count(int(width > 1000))
        expect(page.locator("[aria-label='Difference in main.js']")).to_have_count(2)
