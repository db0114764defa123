"""What one may not see, or is not there: the page says so, offers the way on, and nothing else."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from .loading import PLACES, Place
from .test_failing_pages import ASKED

MAY_NOT = {"error": "You may not do this here.", "code": "forbidden"}
WAYS = {"releases": "Editor", "model": "Models", "records": "Models", "files": "Files"}
"""The nearest place that is open; of all others it is the list of projects."""
IN_PARTS = ("overview", "settings", "code", "logs")
"""What is forbidden is a part of these pages, or they have a frame of their own."""


@pytest.mark.parametrize(
    "place", [p for p in PLACES if p.name in ASKED and p.name not in IN_PARTS], ids=lambda p: p.name
)
def test_a_forbidden_page_has_no_tools(page: Page, demo: dict[str, str], global_goal: None, place: Place) -> None:
    page.route(re.compile(rf"/api/{ASKED[place.name]}(\?.*)?$"), lambda route: route.fulfill(status=403, json=MAY_NOT))
    page.goto(place.path.format_map(demo))
    main = page.get_by_role("main")
    expect(main.get_by_role("heading", name="You have no access")).to_be_visible()
    expect(main.get_by_role("link", name=WAYS.get(place.name, "All projects"), exact=True).last).to_be_visible()
    for role in ("button", "searchbox", "combobox"):
        expect(main.get_by_role(role)).to_have_count(0)  # type: ignore[arg-type]


UNKNOWN = {
    "/projects/nowhere": ("All projects", "/projects"),
    "/projects/nowhere/data": ("All projects", "/projects"),
    "/projects/demo/data/nothing": ("Models", "/projects/demo/data"),
    "/projects/demo/data/nothing/model": ("Models", "/projects/demo/data"),
    "/projects/demo/files/no/such/folder": ("Files", "/projects/demo/files"),
    "/projects/demo/code/releases/9.9": ("Releases", "/projects/demo/code/releases"),
    "/nowhere": ("All projects", "/projects"),
}


@pytest.mark.parametrize("path", UNKNOWN)
def test_from_what_is_not_there_a_link_leads_on(page: Page, demo: dict[str, str], path: str) -> None:
    name, target = UNKNOWN[path]
    page.goto(path)
    main = page.get_by_role("main")
    expect(main.get_by_role("heading", name="There is nothing here")).to_be_visible()
    for role in ("button", "searchbox"):
        expect(main.get_by_role(role)).to_have_count(0)  # type: ignore[arg-type]
    main.get_by_role("link", name=name, exact=True).last.click()
    expect(page).to_have_url(re.compile(f"{re.escape(target)}$"))


SEARCHES = {
    "/projects": "search",
    "/users": "search",
    "/plugins": "search",
    "/reference": "search",
    "/projects/demo/data": "models",
    "/projects/demo/data/orders": "search",
    "/projects/demo/files": "search",
    "/projects/demo/env": "search",
    "/projects/demo/logs": "search",
}
"""Where one searches, and the name of the search in the address."""


@pytest.mark.parametrize("path", SEARCHES)
def test_a_search_without_a_match_is_cleared(page: Page, demo: dict[str, str], path: str) -> None:
    page.goto(f"{path}?{SEARCHES[path]}=nothing-like-that")
    main = page.get_by_role("main")
    main.get_by_role("button", name=re.compile("^Show all")).click()
    expect(main.get_by_role("searchbox").first).to_have_value("")
    expect(main.get_by_role("button", name=re.compile("^Show all"))).to_have_count(0)


def test_the_cross_of_a_search_leaves_the_focus_in_it(page: Page) -> None:
    page.goto("/projects?search=nothing")
    field = page.get_by_role("main").get_by_role("searchbox")
    page.get_by_role("main").get_by_role("button", name="Clear", exact=True).click()
    expect(field).to_have_value("")
    expect(field).to_be_focused()
