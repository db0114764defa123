"""The server fails to tell what a page is about: the page says so, offers to try again, and then shows it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, Route, expect

from .loading import PLACES, Place
from .watching import barriers

ASKED = {
    "projects": "projects",
    "overview": "projects/demo/monitor",
    "code": "projects/demo/pipeline/branches/develop",
    "releases": "projects/demo/pipeline/releases",
    "data": "projects/demo/models",
    "records": "projects/demo/models/orders/data",
    "model": "projects/demo/models",
    "files": "projects/demo/storage",
    "project goals": "projects/demo/goals",
    "environment": "projects/demo/env",
    "logs": "projects/demo/logs",
    "settings": "projects/demo/members",
    "goals": "goals",
    "users": "users",
    "plugins": "plugins",
    "reference": "runtime/modules",
}
"""Requests of each page without which it has nothing to show."""

BROKEN = {"error": "Something went wrong here.", "code": "internal_error", "request_id": "0123456789abcdef"}


@pytest.mark.parametrize("place", [place for place in PLACES if place.name in ASKED], ids=lambda place: place.name)
def test_a_page_that_fails_is_tried_again(page: Page, demo: dict[str, str], global_goal: None, place: Place) -> None:
    fails = [True]

    def answer(route: Route) -> None:
        if fails[0]:
            route.fulfill(status=500, json=BROKEN)
        else:
            route.continue_()

    page.route(re.compile(rf"/api/{ASKED[place.name]}(\?.*)?$"), answer)
    page.goto(place.path.format_map(demo))
    failed = page.get_by_role("main").get_by_role("alert").filter(has_text=BROKEN["request_id"]).first
    expect(failed).to_be_visible(timeout=15_000)
    assert barriers(page) == []
    fails.clear()
    fails.append(False)
    failed.get_by_role("button", name="Try again").click()
    expect(page.locator(place.content).first).to_be_visible(timeout=30_000)
    expect(failed).to_be_hidden()
