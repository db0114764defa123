"""Ways to a line of the code: from an error, from an address."""

from __future__ import annotations

import re

from e2e.client import Project
from playwright.sync_api import Page, expect

from .editing import EDITOR_MS, editor_of, open_code

LONG = "".join(f"const value{number} = {number}\n" for number in range(1, 200))


def test_the_line_in_the_address_is_shown_and_then_gone_from_there(page: Page, project: Project) -> None:
    project.write(LONG)
    lines = open_code(page, project, "?branch=develop&file=main&line=150&column=7")
    expect(lines).to_contain_text("value150")
    expect(page).not_to_have_url(re.compile("line=|column="))
    page.keyboard.insert_text("the_")
    expect(lines).to_contain_text("the_value150")


def test_an_error_of_a_release_leads_to_its_line_there(page: Page, project: Project) -> None:
    project.publish(LONG + "throw new Error('no prices')\n")
    project.ask("POST", "/pipeline/releases/0.1/activate")
    page.goto(f"/projects/{project.slug}")
    page.get_by_role("button", name="Start 0.1").click()
    page.get_by_role("link", name="Open in the editor").click()
    expect(page).to_have_url(re.compile("/code/releases/0.1"))
    expect(page.locator(".view-lines")).to_contain_text("no prices", timeout=EDITOR_MS)
    expect(page.locator(".squiggly-error").first).to_be_visible()
    expect(page).not_to_have_url(re.compile("line=|column="))


def test_a_start_that_failed_leads_to_its_line_in_the_editor(page: Page, project: Project) -> None:
    project.write(LONG + "throw new Error('no prices')\n")
    page.goto(f"/projects/{project.slug}")
    page.get_by_role("button", name="Start").click()
    page.get_by_role("option", name="develop").click()
    page.get_by_role("link", name="Open in the editor").click()
    expect(editor_of(page).locator(".view-lines")).to_contain_text("no prices", timeout=EDITOR_MS)
    expect(editor_of(page).locator(".squiggly-error").first).to_be_visible()
