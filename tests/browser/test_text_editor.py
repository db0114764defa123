"""A text file that is written while others write it, delete it, or one looks elsewhere."""

from __future__ import annotations

import re

import pytest
from e2e.client import Project
from playwright.sync_api import Page, expect


@pytest.fixture
def text(project: Project) -> Project:
    """A project with a text file."""
    project.ask("POST", "/storage/file", {"path": "a.txt", "content": "one"})
    return project


def content(project: Project) -> str:
    found: str = project.ask("GET", "/storage/file/a.txt")["content"]
    return found


def write(page: Page, project: Project, words: str) -> None:
    page.goto(f"/projects/{project.slug}/files")
    page.get_by_role("link", name="a.txt").click()
    page.get_by_role("textbox", name="a.txt").fill(words)


def test_what_others_have_written_meanwhile_is_not_lost(page: Page, text: Project) -> None:
    write(page, text, "mine")
    text.ask("PUT", "/storage/file/a.txt", {"content": "theirs"})
    page.keyboard.press("Control+s")
    asked = page.get_by_role("dialog", name="The file has changed")
    asked.get_by_role("button", name="Back to editing").click()
    assert content(text) == "theirs"
    page.keyboard.press("Control+s")
    asked.get_by_role("button", name="Take theirs").click()
    expect(page.get_by_role("textbox", name="a.txt")).to_have_value("theirs")
    page.get_by_role("textbox", name="a.txt").fill("mine again")
    text.ask("PUT", "/storage/file/a.txt", {"content": "theirs again"})
    page.keyboard.press("Control+s")
    asked.get_by_role("button", name="Replace it with mine").click()
    expect(page.get_by_text("Not saved")).to_be_hidden()
    assert content(text) == "mine again"
    page.get_by_role("textbox", name="a.txt").fill("and on")
    page.keyboard.press("Control+s")
    expect(page.get_by_text("Not saved")).to_be_hidden()
    assert content(text) == "and on"


def test_a_file_that_is_deleted_meanwhile_is_made_again(page: Page, text: Project) -> None:
    write(page, text, "mine")
    text.ask("DELETE", "/storage/a.txt")
    page.wait_for_timeout(5_100)  # as long as the list of files counts as fresh
    with page.expect_response(lambda answer: "/storage?" in answer.url):
        page.evaluate("() => window.dispatchEvent(new Event('visibilitychange'))")
    expect(page.get_by_role("textbox", name="a.txt")).to_have_value("mine")
    page.keyboard.press("Control+s")
    page.get_by_role("dialog", name="The file is gone").get_by_role("button", name="Make it again").click()
    expect(page.get_by_text("Not saved")).to_be_hidden()
    assert content(text) == "mine"


def test_nobody_leaves_an_unsaved_text_unasked(page: Page, text: Project) -> None:
    write(page, text, "mine")
    leave = page.get_by_role("alertdialog", name="Leave without saving?")
    page.go_back()
    leave.get_by_role("button", name="Cancel").click()
    expect(page.get_by_role("textbox", name="a.txt")).to_be_focused()
    page.keyboard.press("Escape")
    leave.get_by_role("button", name="Cancel").click()
    expect(page.get_by_role("textbox", name="a.txt")).to_have_value("mine")
    page.go_back()
    leave.get_by_role("button", name="Discard").click()
    expect(page).to_have_url(re.compile("/files$"))
    expect(page.get_by_role("dialog")).to_be_hidden()
    assert content(text) == "one"


def test_small_files_are_shown_and_saved_without_a_public_link(page: Page, text: Project) -> None:
    text.ask("POST", "/storage/file", {"path": "a.svg", "content": "<svg xmlns='http://www.w3.org/2000/svg'/>"})
    text.ask("POST", "/storage/link", {"path": "a.txt", "expires_in": 60})
    page.goto(f"/projects/{text.slug}/files?open=a.svg")
    expect(page.get_by_role("img", name="a.svg")).to_have_attribute("src", re.compile("^blob:"))
    with page.expect_download() as started:
        page.get_by_role("dialog").get_by_role("button", name="Download").click()
    assert started.value.suggested_filename == "a.svg"
    assert [link["path"] for link in text.ask("GET", "/storage/link")["items"]] == ["a.txt"]
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Public links").click()
    expect(page.get_by_role("dialog").get_by_role("listitem")).to_contain_text("Temporary")
