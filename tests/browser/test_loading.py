"""Opening a page: little is loaded, and nothing jumps while it comes."""

from __future__ import annotations

import pytest
from e2e.client import Admin, Project
from playwright.sync_api import Page, expect

from .conftest import NewPage
from .loading import PLACES, Place, Scripts, jumps, settle, slow_network, watch_jumps

BUDGET = 192_000
"""Bytes of JavaScript, compressed, for the first page."""

FAR = 0.1
"""The sum of layout shifts up to which browsers call a page stable."""

HEAVY = {"editor.api-", "monaco-", "rich-text-", "chart-"}
"""How the files of the code editor, the text editor and the charts are named."""

SLOW_MS = 150


@pytest.mark.parametrize("locale", ["en-US", "ru-RU"])
@pytest.mark.parametrize("path", ["/login", "/projects"])
def test_the_first_page_takes_little(admin: Admin, new_page: NewPage, path: str, locale: str) -> None:
    page = new_page(signed_in=path != "/login", locale=locale)
    scripts = Scripts(page)
    page.goto(path)
    page.wait_for_load_state("networkidle")
    assert 0 < scripts.gzipped() < BUDGET


def heavy(names: list[str]) -> set[str]:
    return {each for each in HEAVY for name in names if name.startswith(each)}


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.name)
def test_editors_and_charts_come_only_where_they_are_used(
    page: Page, demo: dict[str, str], global_goal: None, place: Place
) -> None:
    scripts = Scripts(page)
    page.goto(place.path.format_map(demo))
    settle(page, place)
    assert heavy(scripts.names) == ({"editor.api-", "monaco-"} if place.name == "code" else set())


@pytest.mark.parametrize(
    ("path", "selector", "names"),
    [
        ("/projects/{project}/goals?goal={goal}", ".uplot", {"chart-"}),
        ("/projects/{project}/code/releases/0.1", ".view-line", {"editor.api-", "monaco-"}),
    ],
)
def test_the_names_are_those_of_what_is_used(
    page: Page, demo: dict[str, str], path: str, selector: str, names: set[str]
) -> None:
    scripts = Scripts(page)
    page.goto(path.format_map(demo))
    expect(page.locator(selector).first).to_be_visible(timeout=30_000)
    assert heavy(scripts.names) >= names


def test_the_editor_of_texts_comes_with_the_first_form_that_has_one(page: Page, posts: Project) -> None:
    form = {"field_views": {"body": "tiptap"}}
    model = {"name": "Notes", "slug": "notes", "fields": [{"key": "body", "type": "text"}], "form_config": form}
    posts.ask("POST", "/models", model)
    scripts = Scripts(page)
    page.goto(f"/projects/{posts.slug}/data/notes")
    page.wait_for_load_state("networkidle")
    assert heavy(scripts.names) == set()
    page.keyboard.press("n")
    expect(page.get_by_role("textbox", name="body")).to_be_editable(timeout=30_000)
    assert heavy(scripts.names) == {"rich-text-"}


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.name)
def test_nothing_jumps(page: Page, demo: dict[str, str], global_goal: None, place: Place) -> None:
    watch_jumps(page)
    slow_network(page, SLOW_MS)
    page.goto(place.path.format_map(demo))
    settle(page, place)
    distance, moved = jumps(page)
    assert distance < FAR, moved
