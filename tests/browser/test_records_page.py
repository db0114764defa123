"""The table of records: what is shown of it, and how it is reached."""

from __future__ import annotations

import re

from e2e.client import Project
from playwright.sync_api import Page, expect

from .posts import open_posts, row


def test_all_records_are_shown_again_after_nothing_was_found(page: Page, posts: Project) -> None:
    page.goto(f"/projects/{posts.slug}/data/posts?filter=views%3E100&search=none&page=2")
    page.get_by_role("button", name="Show all records").click()
    expect(page.get_by_text("3 records", exact=True)).to_be_visible()
    expect(page).to_have_url(re.compile("/data/posts$"))
    expect(row(page, "Alpha")).to_be_visible()
    expect(page.get_by_role("combobox", name="Filter")).to_have_value("")


def test_a_record_is_opened_and_the_page_of_the_table_stays(page: Page, posts: Project) -> None:
    steps = [{"op": "create", "data": {"title": f"More {n:02}"}} for n in range(30)]
    posts.ask("POST", "/models/posts/data/batch", {"operations": steps})
    open_posts(page, posts, "?per_page=25&page=2&sort=title")
    row(page, "More 24").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    expect(page).to_have_url(re.compile(r"page=2.*record="))
    page.go_back()
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(row(page, "More 24")).to_be_visible()
