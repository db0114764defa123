"""The table of records: what is shown of it, and how it is reached."""

from __future__ import annotations

import re

from e2e.client import Project
from playwright.sync_api import Page, expect

from .conftest import NewPage
from .posts import open_posts, row, titles


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


def test_the_columns_are_in_the_address(page: Page, posts: Project, new_page: NewPage) -> None:
    open_posts(page, posts)
    page.get_by_role("button", name="Columns").click()
    page.get_by_role("menuitemcheckbox", name="state").click()
    page.keyboard.press("Escape")
    expect(page).to_have_url(re.compile("columns=title%2Cviews%2Ccreated_at"))
    other = new_page()
    other.goto(page.url)
    expect(other.get_by_role("columnheader", name="views")).to_be_visible()
    expect(other.get_by_role("columnheader", name="state")).to_be_hidden()
    open_posts(page, posts)  # as it was left, and in the address again
    expect(page).to_have_url(re.compile("columns="))
    page.get_by_role("button", name="Columns").click()
    page.get_by_role("menuitem", name="As the model says").click()
    expect(page.get_by_role("columnheader", name="state")).to_be_visible()
    expect(page).to_have_url(re.compile("/data/posts$"))


def test_tab_completes_what_is_written_and_then_leaves(page: Page, posts: Project) -> None:
    open_posts(page, posts)
    line = page.get_by_role("combobox", name="Filter")
    line.click()
    line.press_sequentially("vie")
    page.keyboard.press("Tab")
    expect(line).to_have_value("views ")
    expect(line).to_be_focused()
    page.keyboard.press("Tab")
    expect(line).not_to_be_focused()
    expect(line).to_have_value("views ")


def test_the_counts_of_models_come_with_their_list(page: Page, posts: Project) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"/projects/{posts.slug}/data")
    expect(page.get_by_text("3 records")).to_be_visible()
    assert [url for url in asked if "/models/posts/data" in url] == []
    page.get_by_role("link", name="Posts", exact=True).click()
    models = page.get_by_role("navigation", name="Models")
    expect(models.get_by_role("link", name="Posts 3")).to_be_visible()
    row(page, "Beta").get_by_role("checkbox").click()
    page.get_by_role("region", name="Selected records").get_by_role("button", name="Delete").click()
    page.get_by_role("alertdialog").get_by_role("button", name="Delete").click()
    expect(models.get_by_role("link", name="Posts 2")).to_be_visible()


def test_the_width_of_a_column_is_kept(page: Page, posts: Project) -> None:
    open_posts(page, posts)
    edge = page.get_by_role("separator", name="Width of title")
    before = int(edge.get_attribute("aria-valuenow") or 0)
    edge.hover()
    place = edge.bounding_box()
    assert place is not None
    page.mouse.down()
    page.mouse.move(place["x"] + place["width"] / 2 + 100, place["y"], steps=5)
    page.mouse.up()
    expect(edge).to_have_attribute("aria-valuenow", str(before + 100))
    edge.press("ArrowLeft")
    expect(edge).to_have_attribute("aria-valuenow", str(before + 84))
    page.reload()
    expect(edge).to_have_attribute("aria-valuenow", str(before + 84))
    head = page.get_by_role("columnheader", name="title").bounding_box()
    assert head is not None
    assert round(head["width"]) == before + 84


def test_an_import_changes_records_of_the_same_id(page: Page, posts: Project) -> None:
    beta = posts.ask("GET", "/models/posts/data?filter=title%3D'Beta'")["items"][0]["id"]
    open_posts(page, posts)
    page.get_by_role("button", name="Import and export").click()
    page.get_by_role("menuitem", name="Import").click()
    rows = f"id,title,views\n{beta},Beta changed,7\n,Delta,1\n{beta[:-1]},Wrong,1\n".encode()
    dialog = page.get_by_role("dialog", name="Import into Posts")
    dialog.get_by_label("File", exact=True).set_input_files({"name": "p.csv", "mimeType": "text/csv", "buffer": rows})
    dialog.get_by_role("radio", name="Add, or change those with the same id").click()
    expect(dialog.get_by_role("status")).to_contain_text("3 rows: 1 new, 1 changed. 1 is wrong.")
    expect(dialog.get_by_role("region", name="Wrong rows")).to_contain_text("Row 3")
    dialog.get_by_text("Leave out the wrong rows").click()
    dialog.get_by_role("button", name="Import 2 rows").click()
    expect(dialog).to_be_hidden()
    expect(row(page, "Beta changed")).to_contain_text("7")
    assert titles(posts) == ["Alpha", "Beta changed", "Delta", "Gamma"]
