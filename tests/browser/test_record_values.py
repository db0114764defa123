"""Controls of a record's form, and what a table says of its values."""

from __future__ import annotations

from e2e.client import Project
from playwright.sync_api import Page, expect

from .posts import open_posts, row


def test_a_ref_to_few_records_is_a_list_and_to_many_has_a_search(page: Page, posts: Project) -> None:
    fields = [{"key": "post", "type": "ref", "options": {"model": "posts"}}]
    posts.ask("POST", "/models", {"name": "Notes", "slug": "notes", "fields": fields})
    page.goto(f"/projects/{posts.slug}/data/notes?record=new")
    sheet = page.get_by_role("dialog")
    choice = sheet.get_by_role("combobox", name="post")
    choice.click()
    expect(page.get_by_role("option")).to_have_text(["None", "Alpha", "Beta", "Gamma"])
    page.keyboard.press("Escape")
    steps = [{"op": "create", "data": {"title": f"More {n:03}"}} for n in range(200)]
    posts.ask("POST", "/models/posts/data/batch", {"operations": steps})
    page.reload()
    expect(sheet.get_by_text("The first 200 of 203.")).to_be_visible()
    sheet.get_by_role("button", name="Search all").click()
    choice.click()
    page.get_by_placeholder("Search").last.fill("More 199")
    page.get_by_role("option", name="More 199").click()
    sheet.get_by_role("button", name="Create").click()
    expect(row(page, "More 199")).to_be_visible()
    row(page, "More 199").click()
    expect(choice).to_have_text("More 199")


def test_an_editor_of_marked_text_has_the_name_and_the_error_of_its_field(page: Page, posts: Project) -> None:
    fields = [{"key": "body", "type": "text", "label": "Story", "help": "A few words", "required": True}]
    form = {"field_views": {"body": "tiptap"}}
    posts.ask("POST", "/models", {"name": "Notes", "slug": "notes", "fields": fields, "form_config": form})
    page.goto(f"/projects/{posts.slug}/data/notes?record=new")
    editor = page.get_by_role("textbox", name="Story")
    expect(editor).to_have_accessible_description("A few words", timeout=15_000)
    page.get_by_role("button", name="Create").click()
    expect(editor).to_have_attribute("aria-invalid", "true")
    expect(editor).to_have_accessible_description("This is needed.")


def test_marked_text_that_others_have_written_opens(page: Page, posts: Project) -> None:
    fields = [{"key": "body", "type": "text", "label": "Story"}]
    form = {"field_views": {"body": "tiptap"}}
    posts.ask("POST", "/models", {"name": "Notes", "slug": "notes", "fields": fields, "form_config": form})
    made = posts.ask("POST", "/models/notes/data", {"body": "<ul><li>Rain</li></ul>"})
    page.goto(f"/projects/{posts.slug}/data/notes?record={made['id']}")
    expect(page.get_by_role("textbox", name="Story")).to_have_text("Rain", timeout=15_000)


def test_sides_of_a_conflict_are_chosen_with_the_arrows(page: Page, posts: Project) -> None:
    record = posts.ask("GET", "/models/posts/data?filter=views%3D0")["items"][0]
    open_posts(page, posts, f"?record={record['id']}")
    page.get_by_role("dialog").get_by_label("title").fill("Mine")
    posts.ask("PUT", f"/models/posts/data/{record['id']}", {"title": "Theirs"})
    page.keyboard.press("Control+s")
    title = page.get_by_role("dialog", name="Somebody has saved").get_by_role("radiogroup", name="title")
    title.get_by_role("radio", name="Mine").focus()
    page.keyboard.press("ArrowLeft", delay=100)  # as long as a finger is on a key: the focus moves while it is down
    expect(title.get_by_role("radio", name="Theirs")).to_be_checked()
    page.get_by_role("button", name="Save this").click()
    expect(row(page, "Theirs")).to_be_visible()


def test_a_flag_in_the_table_is_told_in_words(page: Page, posts: Project) -> None:
    fields = [{"key": "done", "type": "bool"}]
    posts.ask("POST", "/models", {"name": "Tasks", "slug": "tasks", "fields": fields})
    posts.ask("POST", "/models/tasks/data", {"done": True})
    page.goto(f"/projects/{posts.slug}/data/tasks")
    expect(page.get_by_role("img", name="Yes")).to_be_visible()


def test_unsaved_text_belongs_to_the_record_or_the_copy_that_it_was_written_in(page: Page, posts: Project) -> None:
    open_posts(page, posts)
    row(page, "Beta").click()
    page.get_by_role("button", name="Actions").click()
    page.get_by_role("menuitem", name="Duplicate").click()
    title = page.get_by_role("dialog").get_by_label("title")
    expect(title).to_have_value("Beta")
    title.fill("A copy of Beta")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="New record").click()
    expect(title).to_have_value("")


def test_a_record_that_cannot_be_loaded_leaves_its_dialog_a_name(page: Page, posts: Project) -> None:
    record = posts.ask("GET", "/models/posts/data?filter=views%3D0")["items"][0]["id"]
    page.route(f"**/data/{record}**", lambda route: route.fulfill(status=404, json={"error": "x", "code": "not_found"}))
    page.goto(f"/projects/{posts.slug}/data/posts?record={record}")
    expect(page.get_by_role("dialog", name="Posts").get_by_text("There is nothing here")).to_be_visible(timeout=15_000)
