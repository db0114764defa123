"""Forms that are sent twice by an impatient hand make one thing."""

from __future__ import annotations

import fnmatch
from collections.abc import Callable

import pytest
from e2e.client import Admin, Project, until
from playwright.sync_api import Locator, Page, expect

from .posts import open_posts, row, titles

TWICE = """(element) => { element.click(); element.click() }"""
KEYS = """(element) => { for (const repeat of [false, true, false])
    element.dispatchEvent(new KeyboardEvent('keydown', { key: 's', ctrlKey: true, bubbles: true, repeat })) }"""

HERE = "/projects/{project}"
FORMS = [
    (f"{HERE}/goals?edit=%2B", {"Name": "Sign-ups"}, "Create", "POST */goals"),
    (f"{HERE}/env?edit=%2B", {"Key": "TOKEN"}, "Save", "POST */env"),
    (f"{HERE}/data/new-model", {"Name": "Orders", "Key": "name"}, "Create", "POST */models"),
    (f"{HERE}/code?dialog=publish", {"Comment": "First"}, "Publish", "POST */releases"),
    (f"{HERE}/settings", {"Name": "Renamed"}, "Save", "PUT */projects/*"),
    ("/projects?edit=%2B", {"Name": "Sent once", "Slug": "{project}-2"}, "Create", "POST */projects"),
]
"""The page, what is written there, the button, and what it asks for."""


@pytest.mark.parametrize(("path", "values", "button", "asked"), FORMS)
def test_a_form_is_sent_once(
    page: Page, admin: Admin, project: Project, path: str, values: dict[str, str], button: str, asked: str
) -> None:
    sent: list[str] = []
    page.on("request", lambda request: sent.append(f"{request.method} {request.url}"))
    page.goto(path.format(project=project.slug))
    form = page.locator("form").filter(has=page.get_by_role("button", name=button, exact=True)).first
    for label, value in values.items():
        form.get_by_label(label, exact=True).fill(value.format(project=project.slug))
    submit = form.get_by_role("button", name=button, exact=True)
    submit.evaluate(TWICE)
    expect(submit.and_(page.locator(":enabled"))).to_have_count(0)
    page.wait_for_load_state("networkidle")
    assert len(fnmatch.filter(sent, asked)) == 1
    admin.send("DELETE", f"/projects/{project.slug}-2")


def test_a_record_is_made_once_however_often_the_keys_are_pressed(page: Page, posts: Project) -> None:
    open_posts(page, posts, "?record=new")
    title = page.get_by_role("dialog").get_by_label("title")
    title.fill("Delta")
    title.evaluate(KEYS)
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(row(page, "Delta")).to_be_visible()
    assert titles(posts) == ["Alpha", "Beta", "Delta", "Gamma"]


def import_rows(page: Page) -> Locator:
    page.get_by_label("File", exact=True).set_input_files(
        {"name": "posts.csv", "mimeType": "text/csv", "buffer": b"title\nDelta\n"}
    )
    return page.get_by_role("button", name="Import 1 row")


def make_link(page: Page) -> Locator:
    page.get_by_role("button", name="Actions for a.txt").click()
    page.get_by_role("menuitem", name="Public link").click()
    return page.get_by_role("button", name="Make a link")


def renew_key(page: Page) -> Locator:
    page.get_by_role("button", name="Make a new key").click()
    return page.get_by_role("alertdialog").get_by_role("button", name="Make a new key")


def start(page: Page) -> Locator:
    return page.get_by_role("button", name="Start 0.1")


BUTTONS = [
    ("data/posts?dialog=import", import_rows, "POST */import?*dry_run=false*"),
    ("files", make_link, "POST */storage/link"),
    ("settings", renew_key, "POST */regenerate-key"),
    ("", start, "POST */start"),
]


@pytest.mark.parametrize(("path", "come_to", "asked"), BUTTONS)
def test_a_double_click_does_it_once(
    page: Page, posts: Project, path: str, come_to: Callable[[Page], Locator], asked: str
) -> None:
    posts.ask("POST", "/storage/file", {"path": "a.txt", "content": ""})
    posts.publish("", tag="stable")
    posts.ask("POST", "/pipeline/releases/0.1/activate")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(f"{request.method} {request.url}"))
    page.goto(f"/projects/{posts.slug}/{path}")
    come_to(page).dblclick()
    page.wait_for_load_state("networkidle")
    until(lambda: fnmatch.filter(sent, asked))
    page.wait_for_timeout(300)
    assert len(fnmatch.filter(sent, asked)) == 1


def test_a_new_folder_is_asked_for_once(page: Page, project: Project) -> None:
    sent: list[str] = []
    page.on("request", lambda asked: sent.append(asked.url) if asked.url.endswith("/mkdir") else None)
    page.goto(f"/projects/{project.slug}/files")
    page.get_by_role("button", name="New").click()
    page.get_by_role("menuitem", name="Folder").click()
    page.get_by_label("Name").fill("papers")
    page.get_by_role("dialog").get_by_role("button", name="Create").evaluate(TWICE)
    expect(page.get_by_role("link", name="papers")).to_be_visible()
    assert len(sent) == 1
