"""Writing, publishing, running and calling a service in the editor, and what may go wrong meanwhile."""

from __future__ import annotations

import re

from e2e.client import Admin, Project
from playwright.sync_api import Page, expect

from .conftest import PHONE, NewPage
from .editing import EDITOR_MS, code_of, editor_of, expect_marked, open_code, type_at_end
from .sessions import end_session, log_in_again
from .watching import barriers, sideways

FIRST = 'router.get("/price", () => ({ price: 1 }))\n'


def test_write_save_publish_start_call(page: Page, project: Project) -> None:
    project.write(FIRST)
    lines = open_code(page, project)
    type_at_end(page, lines, "logger.info('the price list is ready')\n")
    page.keyboard.press("Control+s")
    expect(page.get_by_text("Saved · revision 3")).to_be_visible()
    assert "price list" in code_of(project)

    page.get_by_role("button", name="Publish…").click()
    dialog = page.get_by_role("dialog", name="Publish develop")
    expect(dialog.get_by_label("Number of the release")).to_have_text("0.1")
    dialog.get_by_text("Major · 1.0").click()
    expect(dialog.get_by_label("Number of the release")).to_have_text("1.0")
    dialog.get_by_label("Comment").fill("The first prices")
    dialog.get_by_role("button", name="Publish").click()
    expect(dialog).to_be_hidden()

    page.get_by_role("link", name="Releases").click()
    expect(page.get_by_text("The first prices")).to_be_visible()
    page.get_by_role("button", name="Start 1.0").click()
    expect(page.get_by_text("Release 1.0 runs.")).to_be_visible()
    expect(page.get_by_role("main").get_by_text("Active", exact=True)).to_be_visible()

    page.get_by_role("link", name="Editor").click()
    page.get_by_role("tab", name="Request").click()
    page.get_by_label("Path").fill("/price")
    page.get_by_role("button", name="Send").click()
    answer = page.get_by_role("region", name="Answer")
    expect(answer).to_contain_text("200")
    expect(answer.get_by_role("tabpanel")).to_contain_text('"price": 1')
    expect(page).to_have_url(re.compile("panel=request"))


TAGS = {"stable": "stable", "hot-fix": "hot fix", "night-build": "night build", "develop": "develop"}
"""As the API and as the page has them."""


def test_a_release_has_the_tag_that_was_chosen(page: Page, project: Project) -> None:
    project.write(FIRST)
    for shown in TAGS.values():
        page.goto(f"/projects/{project.slug}/code?dialog=publish")
        dialog = page.get_by_role("dialog", name="Publish develop")
        dialog.get_by_label("Tag").click()
        page.get_by_role("option", name=shown, exact=True).click()
        dialog.get_by_role("button", name="Publish").click()
        expect(dialog).to_be_hidden()
    releases = project.ask("GET", "/pipeline/releases")["items"]
    assert [release["tag"] for release in releases] == list(TAGS)[::-1]
    page.goto(f"/projects/{project.slug}/code/releases")
    for version, shown in zip(("0.1", "0.2", "0.3", "0.4"), TAGS.values(), strict=True):
        line = page.get_by_role("listitem").filter(has=page.get_by_role("link", name=version, exact=True))
        expect(line.get_by_text(shown, exact=True)).to_be_visible()


def test_a_debug_run_shows_its_log(page: Page, project: Project) -> None:
    project.write("service.start(() => logger.warn('stock is low'))\n")
    open_code(page, project)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("log")).to_contain_text("stock is low")
    expect(page.get_by_text("Debug: develop").first).to_be_visible()
    expect(page.get_by_role("button", name="Run again")).to_be_visible()


def test_an_error_of_the_run_expect_marked_on_its_line(page: Page, project: Project) -> None:
    project.write("const prices = {}\n\n\nservice.start(() => {\n  prices.list.push(1)\n})\n")
    open_code(page, project)
    page.get_by_role("button", name="Debug run").click()
    problem = page.get_by_role("list", name="Problems").get_by_role("button", name=re.compile("main.js:5"))
    expect(problem).to_contain_text("TypeError")
    expect(editor_of(page).locator(".squiggly-error").first).to_be_visible()
    expect_marked(page, "prices.list.push")
    problem.click()
    page.keyboard.insert_text("/**/")
    expect(page.get_by_text("/**/prices.list").or_(page.get_by_text("prices/**/.list"))).to_be_visible()


def test_two_tabs_on_one_branch(page: Page, project: Project) -> None:
    project.write(FIRST)
    lines = open_code(page, project)
    type_at_end(page, lines, "// mine\n")
    project.write(FIRST + "// theirs\n")
    page.keyboard.press("Control+s")
    dialog = page.get_by_role("dialog", name="Somebody else has saved this branch")
    expect(dialog.get_by_text("Saved: revision 3")).to_be_visible(timeout=EDITOR_MS)
    right = dialog.locator(".editor.modified .view-lines")
    expect(right).to_contain_text("mine", timeout=EDITOR_MS)
    expect(dialog.locator(".editor.original .view-lines")).to_contain_text("theirs")
    right.click()
    page.keyboard.press("Control+End")
    page.keyboard.insert_text("// of both\n")
    dialog.get_by_role("button", name="Save the right side").click()
    expect(dialog).to_be_hidden()
    expect(page.get_by_text("Saved · revision 4")).to_be_visible()
    assert code_of(project) == FIRST + "// mine\n// of both\n"

    type_at_end(page, lines, "// mine again\n")
    project.write("// theirs again\n")
    page.keyboard.press("Control+s")
    dialog.get_by_role("button", name="Take theirs").click()
    expect(lines).to_contain_text("theirs again")
    expect(page.get_by_text("Saved · revision 5")).to_be_visible()
    assert code_of(project) == "// theirs again\n"


def test_a_session_that_ends_keeps_the_code(page: Page, project: Project) -> None:
    project.write(FIRST)
    lines = open_code(page, project)
    type_at_end(page, lines, "// kept\n")
    end_session(page)
    page.keyboard.press("Control+s")
    log_in_again(page)
    expect(lines).to_contain_text("kept")
    page.keyboard.press("Control+s")
    expect(page.get_by_text("Saved · revision 3")).to_be_visible()
    assert "// kept" in code_of(project)


def test_what_was_not_saved_is_there_after_a_reload(page: Page, project: Project) -> None:
    project.write(FIRST)
    lines = open_code(page, project)
    type_at_end(page, lines, "// draft\n")
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.reload()
    assert asked == ["beforeunload"]
    expect(lines).to_contain_text("draft", timeout=EDITOR_MS)
    page.get_by_role("button", name="Discard them").click()
    expect(lines).not_to_contain_text("draft")


def test_the_editor_knows_the_modules_and_the_models(page: Page, project: Project) -> None:
    project.write("\n")
    fields = [{"key": "height", "type": "number"}]
    project.ask("POST", "/models", {"name": "Stations", "slug": "stations", "fields": fields})
    lines = open_code(page, project)
    offered = page.locator(".suggest-widget.visible .monaco-list-row")
    for written, known in (("router.", "get"), (";database.", "stations"), ("stations.insert({ h", "height")):
        lines.click()
        page.keyboard.press("Control+End")
        page.keyboard.insert_text(written[:-1])  # at once: what is offered meanwhile takes no part in it
        page.keyboard.type(written[-1])
        expect(offered.filter(has_text=known).first).to_be_visible(timeout=EDITOR_MS)
        page.keyboard.press("Escape")


def test_files_and_branches(page: Page, project: Project) -> None:
    project.write('import { total } from "./lib/prices.js"\nrouter.get("/", () => total([1, 2]))\n')
    open_code(page, project)
    page.get_by_role("button", name="New file").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name").fill("../prices.js")
    dialog.get_by_role("button", name="Create").click()
    expect(dialog.get_by_role("alert")).to_be_visible()
    dialog.get_by_label("Name").fill("lib/prices.js")
    dialog.get_by_role("button", name="Create").click()
    expect(page).to_have_url(re.compile("file=lib%2Fprices.js"))
    page.get_by_test_id("code-editor").locator(".view-lines").click()
    page.keyboard.insert_text("export const total = (list) => list.length\n")
    page.keyboard.press("Control+s")
    expect(page.get_by_text("Saved · revision 3")).to_be_visible()
    assert project.ask("GET", "/pipeline/branches/develop")["files"][0]["name"] == "lib/prices.js"

    page.get_by_role("button", name="Branch develop").click()
    page.get_by_role("menuitem", name="New branch…").click()
    page.get_by_role("dialog").get_by_label("Name").fill("prices")
    page.get_by_role("dialog").get_by_role("button", name="Create").click()
    expect(page).to_have_url(re.compile("branch=prices"))
    page.get_by_role("button", name="Branch prices").click()
    page.get_by_role("menuitem", name="Delete prices…").click()
    page.get_by_role("alertdialog").get_by_role("button", name="Delete the branch").click()
    expect(page.get_by_role("button", name="Branch develop")).to_be_visible()


def test_a_branch_goes_back_to_a_release(page: Page, project: Project) -> None:
    project.publish(FIRST)
    project.write("// nothing works\n")
    lines = open_code(page, project, "?dialog=reset")
    dialog = page.get_by_role("dialog", name="Reset develop to a release")
    expect(dialog.locator(".editor.modified .view-lines")).to_contain_text("price", timeout=EDITOR_MS)
    dialog.get_by_role("button", name="Replace the code").click()
    expect(lines).to_contain_text("/price")
    assert code_of(project) == FIRST


def test_no_barriers_and_nothing_cut_off(admin: Admin, page: Page, new_page: NewPage, project: Project) -> None:
    project.publish(FIRST)
    open_code(page, project, "?panel=request")
    assert barriers(page) == []
    page.get_by_role("link", name="Releases").click()
    expect(page.get_by_role("button", name="Start 0.1")).to_be_visible()
    assert barriers(page) == []
    phone = new_page(viewport=PHONE, color_scheme="dark")
    open_code(phone, project, "?panel=log")
    assert barriers(phone) == []
    assert sideways(phone) == []
