"""A new record that was made while its answer was lost: sent again, it is still one."""

from __future__ import annotations

from e2e.client import Project
from playwright.sync_api import Page, Route, expect

from .posts import open_posts, row, titles


def lose_answer(page: Page) -> None:
    """Of the next creation: it is done, and nobody is told."""
    waiting = [True]

    def handle(route: Route) -> None:
        if route.request.method != "POST" or not waiting:
            return route.continue_()
        waiting.clear()
        assert route.fetch().status == 201
        return route.abort("connectionreset")

    page.route("**/models/posts/data", handle)


def press_in_vain(page: Page) -> None:
    create = page.get_by_role("button", name="Create", exact=True)
    with page.expect_event("requestfailed"):
        create.click()
    expect(create).to_be_enabled()


def create(page: Page, project: Project, title: str) -> None:
    """As far as one can tell, in vain."""
    open_posts(page, project, "?record=new")
    lose_answer(page)
    page.get_by_role("dialog").get_by_label("title").fill(title)
    press_in_vain(page)
    assert titles(project) == ["Alpha", "Beta", title, "Gamma"]


def test_a_record_is_created_once(page: Page, posts: Project) -> None:
    create(page, posts, "Delta")
    page.get_by_role("button", name="Create", exact=True).click()
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(row(page, "Delta")).to_have_count(1)
    assert titles(posts) == ["Alpha", "Beta", "Delta", "Gamma"]


def test_what_was_written_on_is_saved_into_it_also_after_a_reload(page: Page, posts: Project) -> None:
    create(page, posts, "Delta")
    page.reload()
    title = page.get_by_role("dialog").get_by_label("title")
    expect(title).to_have_value("Delta")
    title.fill("Epsilon")
    page.get_by_role("dialog").get_by_label("views").fill("7")
    page.get_by_role("button", name="Create", exact=True).click()
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(row(page, "Epsilon")).to_contain_text("7")
    assert titles(posts) == ["Alpha", "Beta", "Epsilon", "Gamma"]
    page.get_by_role("button", name="New record").click()
    expect(title).to_have_value("")
    title.fill("Zeta")
    page.get_by_role("button", name="Create", exact=True).click()
    expect(row(page, "Zeta")).to_be_visible()
    assert titles(posts) == ["Alpha", "Beta", "Epsilon", "Gamma", "Zeta"]


def test_who_has_changed_it_meanwhile_is_not_overwritten_unseen(page: Page, posts: Project) -> None:
    create(page, posts, "Delta")
    made = posts.ask("GET", "/models/posts/data?filter=title%3D'Delta'")["items"][0]["id"]
    posts.ask("PUT", f"/models/posts/data/{made}", {"title": "Of a colleague"})
    page.get_by_role("button", name="Create", exact=True).click()
    conflict = page.get_by_role("dialog", name="Somebody has saved")
    conflict.get_by_role("radio", name="Of a colleague").click()
    conflict.get_by_role("button", name="Save this").click()
    expect(row(page, "Of a colleague")).to_be_visible()
    assert titles(posts) == ["Alpha", "Beta", "Gamma", "Of a colleague"]


def test_a_copy_is_made_once(page: Page, posts: Project) -> None:
    open_posts(page, posts)
    lose_answer(page)
    row(page, "Beta").click()
    page.get_by_role("button", name="Actions").click()
    page.get_by_role("menuitem", name="Duplicate").click()
    press_in_vain(page)
    page.get_by_role("button", name="Create", exact=True).click()
    expect(page.get_by_role("dialog")).to_be_hidden()
    assert titles(posts) == ["Alpha", "Beta", "Beta", "Gamma"]
