"""Models and their records: designing, finding, writing, importing, and what goes wrong on the way."""

from __future__ import annotations

import json
import re

import pytest
from e2e.client import Project
from playwright.sync_api import FilePayload, Page, expect

from .conftest import PHONE, NewPage
from .posts import open_posts, row, titles
from .watching import barriers, sideways


def test_a_model_is_designed_and_gets_its_first_record(page: Page, project: Project) -> None:
    page.goto(f"/projects/{project.slug}/data")
    page.get_by_role("link", name="New model").click()
    page.get_by_label("Name", exact=True).fill("Order items")
    expect(page.get_by_label("Slug")).to_have_value("order_items")
    page.get_by_label("Key", exact=True).fill("Wrong key")
    page.get_by_role("button", name="Create").click()
    expect(page.get_by_role("alert").filter(has_text="beginning with a small letter")).to_be_visible()
    page.get_by_label("Key", exact=True).fill("name")
    page.get_by_role("switch", name="Required").click()
    page.get_by_role("button", name="Add a field").click()
    page.get_by_label("Key", exact=True).nth(1).fill("amount")
    page.get_by_role("combobox", name="Type").nth(1).click()
    page.get_by_role("option", name="Whole number").click()
    page.get_by_label("At least").fill("1")
    page.get_by_role("button", name="Create").click()
    expect(page).to_have_url(re.compile("/data/order_items$"))
    expect(page.get_by_text("No records yet")).to_be_visible()
    page.keyboard.press("n")
    sheet = page.get_by_role("dialog")
    sheet.get_by_label("amount").fill("0")
    sheet.get_by_role("button", name="Create").click()
    expect(sheet.get_by_text("Must be at least 1.")).to_be_visible()
    expect(sheet.get_by_text("This is needed.")).to_be_visible()
    sheet.get_by_label("name").fill("Bolt")
    sheet.get_by_label("amount").fill("12")
    page.keyboard.press("Control+s")
    expect(row(page, "Bolt")).to_contain_text("12")
    expect(page.get_by_text("1 record", exact=True)).to_be_visible()


def test_a_filter_completes_and_is_underlined_where_it_is_wrong(page: Page, posts: Project) -> None:
    open_posts(page, posts)
    line = page.get_by_role("combobox", name="Filter")
    line.click()
    line.press_sequentially("sta")
    expect(page.get_by_role("option", name="state")).to_be_visible()
    page.keyboard.press("Tab")
    line.press_sequentially("= ")
    page.get_by_role("option", name="'draft'").click()
    page.keyboard.press("Enter")
    expect(page.get_by_text("2 records", exact=True)).to_be_visible()
    expect(page).to_have_url(re.compile("filter=state"))
    line.fill("state = 'draft' && vews > 1")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text('Did you mean "views"?')
    expect(page.get_by_test_id("wrong-place")).to_have_text("vews")
    line.fill("views > 10")
    page.keyboard.press("Enter")
    expect(row(page, "Gamma")).to_be_visible()
    expect(row(page, "Alpha")).to_be_hidden()
    page.get_by_role("button", name="Clear the filter").click()
    page.get_by_role("button", name="views").click()
    expect(page.locator("tbody tr").first).to_contain_text("Alpha")
    page.get_by_role("button", name="views").click()
    expect(page.locator("tbody tr").first).to_contain_text("Gamma")
    expect(page).to_have_url(re.compile("sort=-views"))


def test_two_people_save_one_record_and_the_second_chooses(page: Page, posts: Project) -> None:
    record = posts.ask("GET", "/models/posts/data?filter=views%3D0")["items"][0]
    open_posts(page, posts, f"?record={record['id']}")
    sheet = page.get_by_role("dialog")
    sheet.get_by_label("title").fill("Mine")
    posts.ask("PUT", f"/models/posts/data/{record['id']}", {"title": "Theirs", "views": 99})
    sheet.get_by_role("button", name="Save").click()
    conflict = page.get_by_role("dialog", name="Somebody has saved")
    title = conflict.get_by_role("radiogroup", name="title")
    expect(title.get_by_role("radio", name="Theirs")).to_be_visible()
    expect(title.get_by_role("radio", name="Mine")).to_be_checked()
    expect(conflict.get_by_role("radio", name="99")).to_be_checked()
    conflict.get_by_role("button", name="Save this").click()
    expect(conflict).to_be_hidden()
    expect(row(page, "Mine")).to_contain_text("99")
    saved = posts.ask("GET", f"/models/posts/data/{record['id']}")
    assert (saved["title"], saved["views"]) == ("Mine", 99)


def test_what_was_not_saved_is_there_again_and_can_be_discarded(page: Page, posts: Project) -> None:
    open_posts(page, posts)
    row(page, "Beta").click()
    page.get_by_role("dialog").get_by_label("title").fill("Half written")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    row(page, "Beta").click()
    expect(page.get_by_role("dialog").get_by_label("title")).to_have_value("Half written")
    page.get_by_role("button", name="Discard them").click()
    expect(page.get_by_role("dialog").get_by_label("title")).to_have_value("Beta")
    page.get_by_role("button", name="Actions").click()
    page.get_by_role("menuitem", name="Duplicate").click()
    page.get_by_role("dialog").get_by_label("title").fill("Beta again")
    page.get_by_role("button", name="Create").click()
    expect(row(page, "Beta again")).to_contain_text("draft")


def test_texts_with_marks_refs_and_files(page: Page, posts: Project) -> None:
    fields = [
        {"key": "body", "type": "text"},
        {"key": "post", "type": "ref", "options": {"model": "posts"}},
        {"key": "file", "type": "file"},
    ]
    form = {"field_views": {"body": "tiptap", "post": "combobox"}}
    posts.ask("POST", "/models", {"name": "Notes", "slug": "notes", "fields": fields, "form_config": form})
    page.goto(f"/projects/{posts.slug}/data/notes?record=new")
    sheet = page.get_by_role("dialog")
    editor = sheet.get_by_role("textbox", name="body")
    editor.click(timeout=15_000)
    page.keyboard.type("A <b> ")
    page.keyboard.press("Control+b")
    page.keyboard.type("bold")
    sheet.get_by_role("combobox", name="post").click()
    page.get_by_placeholder("Search").last.fill("gam")
    page.get_by_role("option", name="Gamma").click()
    chosen: FilePayload = {"name": "a.txt", "mimeType": "text/plain", "buffer": b"hello"}
    sheet.locator("input[type=file]").set_input_files(chosen)
    expect(sheet.get_by_role("listitem").filter(has_text="a.txt")).to_be_visible()
    sheet.get_by_role("button", name="Create").click()
    expect(row(page, "Gamma")).to_contain_text("a.txt")
    [note] = posts.ask("GET", "/models/notes/data")["items"]
    assert note["body"] == "<p>A &lt;b&gt; <strong>bold</strong></p>"
    assert posts.send("GET", f"/storage/download/{note['file']}").body == b"hello"


def test_an_import_shows_its_wrong_rows_first(page: Page, posts: Project) -> None:
    open_posts(page, posts)
    page.get_by_role("button", name="Import and export").click()
    page.get_by_role("menuitem", name="Import").click()
    data = b"title,state,views\nDelta,live,1\nEta,gone,2\n,draft,-1\n"
    dialog = page.get_by_role("dialog", name="Import into Posts")
    dialog.get_by_label("File", exact=True).set_input_files({"name": "p.csv", "mimeType": "text/csv", "buffer": data})
    expect(dialog.get_by_role("status")).to_contain_text("3 rows: 1 new, 0 changed. 2 are wrong.")
    errors = dialog.get_by_role("region", name="Wrong rows")
    expect(errors.get_by_role("row", name="Row 2 state Must be one of")).to_be_visible()
    expect(errors.get_by_role("row", name="Row 3 views Must be at least 0")).to_be_visible()
    expect(dialog.get_by_role("button", name="Import 1 row")).to_be_disabled()
    dialog.get_by_text("Leave out the wrong rows").click()
    dialog.get_by_role("button", name="Import 1 row").click()
    expect(dialog).to_be_hidden()
    expect(row(page, "Delta")).to_be_visible()
    assert titles(posts) == ["Alpha", "Beta", "Delta", "Gamma"]


def test_an_export_has_what_was_found(page: Page, posts: Project) -> None:
    open_posts(page, posts, "?filter=views%3E0")
    page.get_by_role("button", name="Import and export").click()
    with page.expect_download() as started:
        page.get_by_role("menuitem", name="JSON").click()
    records = json.loads(started.value.path().read_text())
    assert sorted(record["title"] for record in records) == ["Beta", "Gamma"]


def test_several_records_are_chosen_with_the_keyboard_and_deleted(page: Page, posts: Project) -> None:
    open_posts(page, posts)
    expect(row(page, "Gamma")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    bar = page.get_by_role("region", name="Selected records")
    expect(bar).to_contain_text("2 selected")
    bar.get_by_role("button", name="Delete").click()
    page.get_by_role("alertdialog").get_by_role("button", name="Delete").click()
    expect(bar).to_be_hidden()
    expect(row(page, "Gamma")).to_be_hidden()
    assert titles(posts) == ["Alpha"]


def test_a_change_that_loses_values_is_reported_before_it_is_done(page: Page, posts: Project) -> None:
    page.goto(f"/projects/{posts.slug}/data/posts/model")
    page.get_by_role("button", name="Remove state").click()
    page.get_by_label("Key", exact=True).nth(1).fill("hits")
    page.get_by_role("button", name="Save").click()
    report = page.get_by_role("dialog", name="What this does to the records")
    expect(report.get_by_role("listitem").filter(has_text="state")).to_contain_text("3 records")
    expect(report.get_by_role("listitem").filter(has_text="hits")).to_contain_text("renamed")
    report.get_by_role("button", name="Change it and lose these values").click()
    expect(page).to_have_url(re.compile("/data/posts$"))
    expect(page.get_by_role("columnheader", name="hits")).to_be_visible()
    page.goto(f"/projects/{posts.slug}/data/posts/model?tab=danger")
    page.get_by_role("button", name="Delete the model").click()
    confirm = page.get_by_role("alertdialog")
    expect(confirm.get_by_role("button", name="Delete the model")).to_be_disabled()
    confirm.get_by_label("to confirm").fill("posts")
    confirm.get_by_role("button", name="Delete the model").click()
    expect(page.get_by_text("No models yet")).to_be_visible()


WIDE_TYPES = ("string", "number", "float", "bool", "date", "datetime", "email", "text")


def test_a_model_with_forty_fields(page: Page, project: Project, new_page: NewPage) -> None:
    fields = [{"key": f"f{n}", "type": WIDE_TYPES[n % len(WIDE_TYPES)]} for n in range(40)]
    project.ask("POST", "/models", {"name": "Posts", "slug": "posts", "fields": fields})
    steps = [{"op": "create", "data": {"f0": f"Row {n}", "f1": n}} for n in range(400)]
    project.ask("POST", "/models/posts/data/batch", {"operations": steps})
    open_posts(page, project, "?per_page=500&sort=f1")
    expect(page.get_by_text("400 records", exact=True)).to_be_visible()
    assert page.locator("tbody tr[data-index]").count() < 100
    page.get_by_role("button", name="Columns").click()
    for key in ("f20", "f39"):
        page.get_by_role("menuitemcheckbox", name=key).click()
    page.keyboard.press("Escape")
    page.reload()
    expect(page.get_by_role("columnheader", name="f39")).to_be_attached()
    page.locator("tbody tr[data-index='0']").focus()
    page.keyboard.press("End")
    expect(row(page, "Row 399")).to_be_focused()
    page.keyboard.press("Enter")
    sheet = page.get_by_role("dialog")
    expect(sheet.locator("[data-field]")).to_have_count(40)
    sheet.get_by_label("f39").fill("the last")
    sheet.get_by_role("button", name="Save").click()
    expect(sheet).to_be_hidden()
    assert project.ask("GET", "/models/posts/data?filter=f39%3D'the%20last'")["total_items"] == 1
    narrow = new_page(viewport=PHONE)
    open_posts(narrow, project)
    assert sideways(narrow) == []


@pytest.mark.parametrize("path", ["", "/posts", "/posts?record=new", "/posts/model", "/posts/model?tab=layout"])
def test_the_pages_can_be_used_by_all(page: Page, posts: Project, path: str) -> None:
    page.goto(f"/projects/{posts.slug}/data{path}")
    page.wait_for_load_state("networkidle")
    assert barriers(page) == []
