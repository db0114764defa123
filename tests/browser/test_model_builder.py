"""The design of a model: kept while others save, while one looks elsewhere, and put in order."""

from __future__ import annotations

import re
from typing import Any

from e2e.client import Project
from playwright.sync_api import Locator, Page, expect

from .posts import FIELDS

SEEN_AGAIN = "() => window.dispatchEvent(new Event('visibilitychange'))"


def change_model(project: Project, fields: list[dict[str, Any]]) -> None:
    project.ask("PUT", "/models/posts?force=true", {"fields": fields})


def fields_of(project: Project) -> list[str]:
    return [field["key"] for field in project.ask("GET", "/models/posts")["fields"]]


def open_builder(page: Page, project: Project) -> None:
    page.goto(f"/projects/{project.slug}/data/posts/model")
    expect(page.get_by_label("Key", exact=True).first).to_have_value("title")


def add_field(page: Page, key: str) -> None:
    page.get_by_role("button", name="Add a field").click()
    page.get_by_label("Key", exact=True).last.fill(key)


def handle(page: Page, field: str) -> Locator:
    return page.get_by_role("button", name=f"Move {field}", exact=True)


def drag(page: Page, source: Locator, target: Locator) -> None:
    """In small steps, as a hand does it."""
    source.hover()
    page.mouse.down()
    place = target.bounding_box()
    assert place is not None
    page.mouse.move(place["x"] + 8, place["y"] + 4, steps=10)
    page.mouse.up()


def test_a_colleague_saves_meanwhile_and_one_keeps_ones_own(page: Page, posts: Project) -> None:
    open_builder(page, posts)
    add_field(page, "mine")
    change_model(posts, [*FIELDS, {"key": "theirs", "type": "string"}])
    record = posts.ask("GET", "/models/posts/data")["items"][0]
    posts.ask("PUT", f"/models/posts/data/{record['id']}", {"theirs": "x"})
    page.wait_for_timeout(5_100)  # as long as the list of models counts as fresh
    with page.expect_response(lambda answer: "/models?" in answer.url):
        page.evaluate(SEEN_AGAIN)
    expect(page.get_by_label("Key", exact=True).last).to_have_value("mine")
    page.get_by_role("button", name="Save").click()
    stale = page.get_by_role("dialog", name="Somebody has changed this model")
    expect(stale.get_by_role("listitem")).to_have_text(["New fields: theirs"])
    stale.get_by_role("button", name="Back to editing").click()
    page.get_by_role("button", name="Save").click()
    stale.get_by_role("button", name="Keep mine").click()
    expect(page.get_by_role("dialog", name="What this does").get_by_role("listitem").first).to_contain_text("theirs")
    page.get_by_role("button", name="Change it").click()
    expect(page).to_have_url(re.compile("/data/posts$"))
    assert fields_of(posts) == ["title", "state", "views", "mine"]


def test_a_colleague_saves_meanwhile_and_one_takes_theirs(page: Page, posts: Project) -> None:
    open_builder(page, posts)
    page.get_by_label("Name", exact=True).fill("Articles")
    change_model(posts, FIELDS[:2])
    page.get_by_role("button", name="Save").click()
    stale = page.get_by_role("dialog", name="Somebody has changed this model")
    expect(stale.get_by_role("listitem")).to_have_text(["Removed fields: views"])
    stale.get_by_role("button", name="Take theirs").click()
    expect(page.get_by_label("Name", exact=True)).to_have_value("Posts")
    expect(page.get_by_label("Key", exact=True)).to_have_count(2)


def test_who_leaves_a_design_is_asked_and_finds_it_again(page: Page, posts: Project) -> None:
    open_builder(page, posts)
    page.get_by_role("tab", name="Table and form").click()
    page.get_by_role("tab", name="Fields").click()
    add_field(page, "mine")
    page.get_by_role("link", name="Records").click()
    leave = page.get_by_role("alertdialog", name="Leave without saving?")
    leave.get_by_role("button", name="Cancel").click()
    expect(page.get_by_label("Key", exact=True).last).to_have_value("mine")
    page.get_by_role("link", name="Records").click()
    leave.get_by_role("button", name="Leave").click()
    expect(page.locator("table[aria-label=Posts]")).to_be_visible()
    page.reload()
    page.get_by_role("link", name="Edit the model").click()
    expect(page.get_by_text("There is unsaved work from before.")).to_be_visible()
    expect(page.get_by_label("Key", exact=True).last).to_have_value("mine")
    add_field(page, "second")
    page.get_by_role("button", name="Discard them").click()
    expect(page.get_by_label("Key", exact=True)).to_have_count(3)
    page.get_by_role("link", name="Records").click()
    expect(page.locator("table[aria-label=Posts]")).to_be_visible()


def test_fields_are_put_in_order_by_dragging_and_by_keys(page: Page, posts: Project) -> None:
    open_builder(page, posts)
    drag(page, handle(page, "views"), handle(page, "title"))
    expect(page.get_by_label("Key", exact=True).first).to_have_value("views")
    handle(page, "state").focus()
    for key in ("Space", "ArrowUp", "Space"):
        page.keyboard.press(key)
        page.wait_for_timeout(300)  # a row has its place when it has moved there
    expect(page.get_by_label("Key", exact=True).nth(1)).to_have_value("state")
    page.get_by_role("button", name="Save").click()
    expect(page).to_have_url(re.compile("/data/posts$"))
    assert fields_of(posts) == ["views", "state", "title"]


def test_a_model_of_forty_fields_is_designed(page: Page, project: Project) -> None:
    fields = [{"key": f"f{n}", "type": "string"} for n in range(40)]
    project.ask("POST", "/models", {"name": "Posts", "slug": "posts", "fields": fields})
    page.goto(f"/projects/{project.slug}/data/posts/model")
    expect(page.get_by_label("Key", exact=True)).to_have_count(40)
    add_field(page, "f40")
    page.get_by_role("switch", name="Required").click()
    page.get_by_role("button", name="Details of f20").click()
    page.get_by_label("Label", exact=True).first.fill("Twenty")
    page.get_by_role("button", name="Remove f0", exact=True).click()
    page.get_by_role("tab", name="Table and form").click()
    page.get_by_role("button", name="In the table").nth(30).click()
    page.get_by_role("button", name="Save").click()
    expect(page).to_have_url(re.compile("/data/posts$"))
    saved = project.ask("GET", "/models/posts")
    assert [field["key"] for field in saved["fields"]] == [f"f{n}" for n in range(1, 41)]
    assert (saved["fields"][19]["label"], saved["fields"][-1]["required"]) == ("Twenty", True)
    assert saved["table_config"]["columns"] == ["f31"]
