"""Ways to a line of the code: from an error, from an address."""

from __future__ import annotations

import re

from e2e.client import Project
from playwright.sync_api import Page, expect

from .editing import EDITOR_MS, editor_of, expect_marked, open_code
from .watching import barriers

FAILS = "const prices = {}\n\nrouter.get('/price', () => {\n  prices.list.push(1)\n})\n"
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


def test_from_a_release_an_arrow_leads_to_all_releases_and_from_there_to_the_editor(
    page: Page, project: Project
) -> None:
    project.publish(LONG)
    page.goto(f"/projects/{project.slug}/code/releases/0.1")
    page.get_by_role("link", name="All releases").click()
    expect(page).to_have_url(re.compile("/code/releases$"))
    page.get_by_role("link", name="Editor", exact=True).click()
    expect(page).to_have_url(re.compile(r"/code(\?.*)?$"))


def test_a_start_that_failed_leads_to_its_line_in_the_editor(page: Page, project: Project) -> None:
    project.write(LONG + "throw new Error('no prices')\n")
    page.goto(f"/projects/{project.slug}")
    page.get_by_role("button", name="Start").click()
    page.get_by_role("option", name="develop").click()
    page.get_by_role("link", name="Open in the editor").click()
    expect(editor_of(page).locator(".view-lines")).to_contain_text("no prices", timeout=EDITOR_MS)
    expect(editor_of(page).locator(".squiggly-error").first).to_be_visible()


def test_an_error_while_a_debug_run_goes_on_leads_to_its_line(page: Page, project: Project) -> None:
    project.write(FAILS)
    open_code(page, project)
    page.get_by_role("button", name="Debug run").click()
    expect(page.get_by_role("log")).to_be_visible()
    page.get_by_role("tab", name="Request").click()
    page.get_by_label("Path").fill("/price")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("region", name="Answer")).to_contain_text("500")
    expect(editor_of(page).locator(".squiggly-error").first).to_be_visible()
    expect_marked(page, "prices.list.push")
    page.get_by_role("tab", name="Problems").click()
    problem = page.get_by_role("list", name="Problems").get_by_role("button", name=re.compile("main.js:4"))
    expect(problem).to_contain_text("GET /price, request")
    page.get_by_role("link", name="Overview").click()
    error = page.get_by_role("region", name="Last error")
    expect(error).to_contain_text("main.js:4:")
    expect(error).to_contain_text("GET /price, request")
    expect(error.locator("time")).to_be_visible()
    expect(error.get_by_label("The code at the error")).to_contain_text("prices.list.push")
    assert barriers(page) == []


def test_the_mark_of_what_fails_again_moves_with_the_code_above_it(page: Page, project: Project) -> None:
    project.debug(FAILS)
    project.get("/price")
    lines = open_code(page, project)
    mark = editor_of(page).locator(".squiggly-error").first
    expect(mark).to_be_visible()
    lines.click()
    page.keyboard.press("Control+Home")
    page.keyboard.insert_text("\n\n\n")
    page.get_by_role("tab", name="Problems").click()
    where = page.get_by_role("list", name="Problems").get_by_text("GET /price, request")
    before = where.inner_text()
    project.get("/price")
    expect(where).not_to_have_text(before)
    with page.expect_response("**/status"):
        pass  # and the marks are drawn
    expect(mark).to_be_visible()
    expect_marked(page, "prices.list.push")
