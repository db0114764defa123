"""Forms that are sent twice by an impatient hand make one thing."""

from __future__ import annotations

import pytest
from e2e.client import Project
from playwright.sync_api import Page, Request, expect

from .posts import open_posts, row, titles

TWICE = """(element) => { element.click(); element.click() }"""
KEYS = """(element) => { for (const repeat of [false, true, false])
    element.dispatchEvent(new KeyboardEvent('keydown', { key: 's', ctrlKey: true, bubbles: true, repeat })) }"""

DIALOGS = [
    ("goals?edit=%2B", {"Name": "Sign-ups"}, "Create", "/goals"),
    ("env?edit=%2B", {"Key": "TOKEN"}, "Save", "/env"),
    ("data/new-model", {"Name": "Orders", "Key": "name"}, "Create", "/models"),
]


@pytest.mark.parametrize(("path", "values", "button", "address"), DIALOGS)
def test_a_form_is_sent_once(
    page: Page, project: Project, path: str, values: dict[str, str], button: str, address: str
) -> None:
    sent: list[str] = []

    def note(request: Request) -> None:
        if request.method == "POST" and request.url.endswith(address):
            sent.append(request.url)

    page.on("request", note)
    page.goto(f"/projects/{project.slug}/{path}")
    for label, value in values.items():
        page.get_by_label(label, exact=True).fill(value)
    submit = page.get_by_role("button", name=button)
    submit.evaluate(TWICE)
    expect(submit).to_be_hidden()
    assert len(sent) == 1


def test_a_record_is_made_once_however_often_the_keys_are_pressed(page: Page, posts: Project) -> None:
    open_posts(page, posts, "?record=new")
    title = page.get_by_role("dialog").get_by_label("title")
    title.fill("Delta")
    title.evaluate(KEYS)
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(row(page, "Delta")).to_be_visible()
    assert titles(posts) == ["Alpha", "Beta", "Delta", "Gamma"]


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
