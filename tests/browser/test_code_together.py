"""The editor while others, and slow answers, change what is under it."""

from __future__ import annotations

import re

from e2e.client import Admin, Project
from playwright.sync_api import Page, expect

from .editing import EDITOR_MS, code_of, open_code, slow_saves, type_at_end

FIRST = 'router.get("/price", () => ({ price: 1 }))\n'
SLOW_START = "service.start(() => utils.sleep(1500))\n"
CONFLICT = "Somebody else has saved this branch"


def add_branch(project: Project, name: str, code: str) -> None:
    project.ask("POST", "/pipeline/branches", {"name": name, "from_branch": "develop"})
    project.write(code, branch=name)


def add_file(project: Project) -> None:
    files = [{"name": "lib/prices.js", "code": "export const price = 1\n"}]
    project.ask("PUT", "/pipeline/branches/develop", {"code": SLOW_START, "files": files})


def test_a_save_beside_another_is_no_conflict_with_oneself(page: Page, project: Project) -> None:
    project.write(FIRST)
    lines = open_code(page, project)
    slow_saves(page, 500)
    type_at_end(page, lines, "// one\n")
    page.keyboard.press("Control+s")
    page.keyboard.insert_text("// two\n")
    page.keyboard.press("Control+s")
    page.keyboard.press("Control+s")
    expect(page.get_by_text("Saved · revision 4")).to_be_visible()
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert code_of(project) == FIRST + "// one\n// two\n"


def test_two_tabs_of_one_browser_on_one_branch(page: Page, project: Project) -> None:
    project.write(FIRST)
    lines = open_code(page, project)
    other = page.context.new_page()
    other_lines = open_code(other, project)
    type_at_end(other, other_lines, "// of the second tab\n")
    type_at_end(page, lines, "// of the first tab\n")
    other.keyboard.press("Control+s")
    expect(other.get_by_text("Saved · revision 3")).to_be_visible()
    page.keyboard.press("Control+s")
    dialog = page.get_by_role("dialog", name=CONFLICT)
    expect(dialog.locator(".editor.original .view-lines")).to_contain_text("of the second tab", timeout=EDITOR_MS)
    dialog.get_by_role("button", name="Keep mine").click()
    expect(page.get_by_text("Saved · revision 4")).to_be_visible()
    type_at_end(other, other_lines, "// more of the second tab\n")
    other.keyboard.press("Control+s")
    dialog = other.get_by_role("dialog", name=CONFLICT)
    expect(dialog.locator(".editor.original .view-lines")).to_contain_text("of the first tab", timeout=EDITOR_MS)
    dialog.get_by_role("button", name="Take theirs").click()
    expect(other_lines).to_contain_text("of the first tab")
    assert code_of(project) == FIRST + "// of the first tab\n"


def test_what_was_merged_by_hand_outlives_a_newer_revision(page: Page, project: Project) -> None:
    project.write(FIRST)
    lines = open_code(page, project)
    type_at_end(page, lines, "// mine\n")
    project.write(FIRST + "// theirs\n")
    page.keyboard.press("Control+s")
    dialog = page.get_by_role("dialog", name=CONFLICT)
    right = dialog.locator(".editor.modified .view-lines")
    expect(right).to_contain_text("mine", timeout=EDITOR_MS)
    right.click()
    page.keyboard.press("Control+End")
    page.keyboard.insert_text("// by hand\n")
    project.write(FIRST + "// theirs again\n")
    dialog.get_by_role("button", name="Save the right side").click()
    expect(dialog.get_by_text("Saved: revision 4")).to_be_visible()
    expect(dialog.locator(".editor.original .view-lines")).to_contain_text("theirs again")
    expect(right).to_contain_text("by hand")
    dialog.get_by_role("button", name="Save the right side").click()
    expect(dialog).to_be_hidden()
    assert code_of(project) == FIRST + "// mine\n// by hand\n"


def test_a_conflict_with_the_same_code_is_none(page: Page, project: Project) -> None:
    project.write(FIRST)
    lines = open_code(page, project)
    type_at_end(page, lines, "// the same\n")
    project.write(FIRST + "// the same\n")
    page.keyboard.press("Control+s")
    expect(page.get_by_text("Saved · revision 3")).to_be_visible()
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_a_conflict_while_publishing_keeps_the_comment(page: Page, project: Project) -> None:
    project.write(FIRST)
    lines = open_code(page, project)
    type_at_end(page, lines, "// mine\n")
    page.get_by_role("button", name="Publish…").click()
    publish = page.get_by_role("dialog", name="Publish develop")
    publish.get_by_label("Comment").fill("All about prices")
    project.write(FIRST + "// theirs\n")
    publish.get_by_role("button", name="Save and publish").click()
    page.get_by_role("dialog", name=CONFLICT).get_by_role("button", name="Keep mine").click()
    expect(publish.get_by_label("Comment")).to_have_value("All about prices")
    publish.get_by_role("button", name="Publish").click()
    expect(publish).to_be_hidden()
    release = project.ask("GET", "/pipeline/releases/0.1")
    assert (release["comment"], release["code"]) == ("All about prices", FIRST + "// mine\n")


def test_what_others_start_does_not_change_the_branch_under_ones_hands(page: Page, project: Project) -> None:
    project.write(FIRST)
    add_branch(project, "theirs", "// theirs\n")
    lines = open_code(page, project)
    expect(page).to_have_url(re.compile(r"code\?branch=develop$"))
    project.start(branch="theirs")
    expect(page.get_by_role("main").get_by_text("Debug: theirs")).to_be_visible(timeout=15_000)
    expect(page.get_by_role("button", name="Branch develop")).to_be_visible()
    expect(lines).to_contain_text("/price")
    page.goto(f"/projects/{project.slug}/code")
    expect(page.get_by_role("button", name="Branch theirs")).to_be_visible()


def test_a_file_opened_during_a_start_stays_open(page: Page, project: Project) -> None:
    add_file(project)
    open_code(page, project)
    page.get_by_role("button", name="Debug run").click()
    page.get_by_role("list", name="Files").get_by_role("button", name="prices.js").first.click()
    expect(page.get_by_role("log")).to_be_visible()
    expect(page).to_have_url(re.compile("file=lib%2Fprices.js"))
    expect(page).to_have_url(re.compile("panel=log"))


def test_a_page_that_is_left_during_a_start_does_not_come_back(page: Page, project: Project) -> None:
    add_file(project)
    open_code(page, project)
    page.get_by_role("button", name="Debug run").click()
    page.get_by_role("link", name="Environment").click()
    expect(page.get_by_text("No variables yet")).to_be_visible()
    expect(page.get_by_role("main").get_by_text("Running", exact=True)).to_be_visible(timeout=15_000)
    expect(page).to_have_url(re.compile("/env$"))


def test_a_branch_that_is_made_again_has_nothing_of_the_one_before(page: Page, project: Project) -> None:
    project.write(FIRST)
    add_branch(project, "prices", "// of the old branch\n")
    lines = open_code(page, project, "?branch=prices")
    type_at_end(page, lines, "// draft\n")
    page.get_by_role("button", name="Branch prices").click()
    page.get_by_role("menuitem", name="Delete prices…").click()
    page.get_by_role("alertdialog").get_by_role("button", name="Delete the branch").click()
    expect(lines).to_contain_text("/price")
    page.get_by_role("button", name="Branch develop").click()
    page.get_by_role("menuitem", name="New branch…").click()
    page.get_by_role("dialog").get_by_label("Name").fill("prices")
    page.get_by_role("dialog").get_by_role("button", name="Create").click()
    expect(page.get_by_role("button", name="Branch prices")).to_be_visible()
    expect(lines).to_contain_text("/price")
    expect(page.get_by_text("Saved · revision 1")).to_be_visible()

    page.get_by_role("link", name="Environment").click()
    expect(page.get_by_role("heading", name="Environment")).to_be_visible()
    project.ask("DELETE", "/pipeline/branches/prices")
    add_branch(project, "prices", "// of another person\n")
    page.get_by_role("link", name="Code").click()
    page.get_by_role("button", name="Branch develop").click()
    page.get_by_role("menuitemradio", name="prices").click()
    expect(lines).to_contain_text("of another person")


def test_a_project_that_is_made_again_has_nothing_of_the_one_before(page: Page, admin: Admin, project: Project) -> None:
    project.write("// of the old project\n")
    lines = open_code(page, project)
    type_at_end(page, lines, "// draft\n")
    page.get_by_role("link", name="Settings").click()
    page.get_by_role("button", name="Delete the project").click()
    page.get_by_role("alertdialog").get_by_role("textbox").fill("Test")
    page.get_by_role("alertdialog").get_by_role("button", name="Delete the project").click()
    expect(page).to_have_url(re.compile("/projects$"))
    again = Project(admin, slug=project.slug)
    again.write("// of the new project\n")
    page.go_back()
    page.get_by_role("link", name="Code", exact=True).click()
    expect(lines).to_contain_text("of the new project", timeout=EDITOR_MS)
    expect(page.get_by_text("Saved · revision 2")).to_be_visible()
