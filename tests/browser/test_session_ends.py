"""A session that ends while something is being written, and all sessions ended at once from another browser."""

from __future__ import annotations

import re

from e2e.client import Admin, Project
from playwright.sync_api import Page, expect

from .conftest import NewPage
from .posts import open_posts, row, titles
from .sessions import end_session, log_in_again
from .watching import sign_in


def test_a_record_is_kept_over_the_login(page: Page, posts: Project) -> None:
    open_posts(page, posts)
    row(page, "Beta").click()
    sheet = page.get_by_role("dialog", name="Beta")
    sheet.get_by_label("title").fill("Beta over the login")
    end_session(page)
    page.keyboard.press("Control+s")
    log_in_again(page)
    expect(sheet.get_by_label("title")).to_have_value("Beta over the login")
    sheet.get_by_role("button", name="Save").click()
    expect(row(page, "Beta over the login")).to_be_visible()
    assert titles(posts) == ["Alpha", "Beta over the login", "Gamma"]


def test_the_design_of_a_model_is_kept_over_the_login(page: Page, posts: Project) -> None:
    page.goto(f"/projects/{posts.slug}/data/posts/model")
    page.get_by_role("button", name="Add a field").click()
    page.get_by_label("Key", exact=True).last.fill("author")
    end_session(page)
    page.get_by_role("button", name="Save").click()
    log_in_again(page)
    expect(page.get_by_label("Key", exact=True).last).to_have_value("author")
    page.get_by_role("button", name="Save").click()
    expect(page).to_have_url(re.compile("/data/posts$"))
    assert posts.ask("GET", "/models/posts")["fields"][-1]["key"] == "author"


def test_who_logs_out_everywhere_is_out_in_other_browsers_too(admin: Admin, new_page: NewPage) -> None:
    person = {"email": "everywhere@example.com", "password": "a long password", "name": "Everywhere"}
    made = admin.ask("POST", "/users", person)
    here, there = new_page(signed_in=False), new_page(signed_in=False)
    for each in (here, there):
        sign_in(each.context, admin.server, person["email"], person["password"])
        each.goto("/profile")
        expect(each.get_by_label("Name", exact=True)).to_have_value("Everywhere")
    there.get_by_label("Name", exact=True).fill("Elsewhere")
    here.get_by_role("button", name="Log out everywhere").click()
    expect(here).to_have_url(re.compile("/login"))
    there.get_by_role("button", name="Save").first.click()
    expect(there.get_by_role("dialog", name="Log in again")).to_be_visible()
    there.reload()
    expect(there).to_have_url(re.compile("/login"))
    admin.ask("DELETE", f"/users/{made['id']}")
