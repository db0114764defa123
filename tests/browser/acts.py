"""What somebody does on a page before it is photographed."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import FilePayload, Page

from .scene import ERRORS, Act


def new_project(page: Page) -> None:
    page.get_by_role("button", name="New project").first.click()
    page.get_by_label("Name", exact=True).fill("Weather station")


def open_palette(page: Page) -> None:
    page.keyboard.press("Control+k")
    page.get_by_role("dialog").wait_for()


def press(*names: str) -> Act:
    """Presses buttons, links or lines of menus, one after the other, until something is open."""

    def act(page: Page) -> None:
        for name in names:
            offered = [page.get_by_role(role, name=name, exact=True) for role in ("button", "menuitem", "link")]  # type: ignore[arg-type]
            offered[0].or_(offered[1]).or_(offered[2]).first.click()
        page.locator("[role=dialog], [role=alertdialog], [role=menu]").first.wait_for()

    return act


def fail_to_save(page: Page) -> None:
    page.route("**/api/users/me", lambda route: route.fulfill(status=500, json=ERRORS[500]))
    page.get_by_label("Name", exact=True).fill("Another name")
    page.get_by_role("button", name="Save").first.click()
    page.locator("[data-sonner-toast]").wait_for()


def select_files(page: Page) -> None:
    for place in range(3):
        page.get_by_label("Select this row").nth(place).click()


def public_link(page: Page) -> None:
    page.get_by_role("button", name="Actions for station-map.png").click()
    page.get_by_role("menuitem", name="Public link").click()
    page.get_by_role("dialog").wait_for()


def upload_failing(page: Page) -> None:
    page.route("**/storage/upload**", lambda route: route.abort())
    names = ("summer.jpg", "a rather long name of a file that does not fit into one line of the panel.csv")
    files: list[Any] = [{"name": name, "mimeType": "text/plain", "buffer": b"x" * 2048} for name in names]
    page.get_by_label("Choose files to upload").set_input_files(files)


def open_goal(name: str) -> Act:
    def act(page: Page) -> None:
        page.get_by_role("link", name=name).click()
        page.locator(".uplot").wait_for()

    return act


def add_to_goal(page: Page) -> None:
    page.get_by_role("button", name="Add to Sign-ups").click()


def new_goal(page: Page) -> None:
    page.get_by_role("button", name="New goal").first.click()
    page.get_by_role("dialog").wait_for()


def edit_user(page: Page) -> None:
    page.get_by_role("button", name="Ann").first.click()
    page.get_by_role("dialog").wait_for()


def delete_user(page: Page) -> None:
    page.get_by_role("button", name="Actions for Boris").click()
    page.get_by_role("menuitem", name="Delete").click()
    page.get_by_role("alertdialog").wait_for()


EDITOR_MS = 30_000
"""The editor and its compiler are some megabytes; the machine may be busy."""


def editor(page: Page, selector: str = "[data-testid=code-editor] .view-lines") -> None:
    page.locator(selector).first.wait_for(timeout=EDITOR_MS)


def complete(page: Page) -> None:
    editor(page)
    page.locator("[data-testid=code-editor] .view-lines").click()
    page.keyboard.press("Control+End")
    page.keyboard.type("router.")
    page.locator(".suggest-widget.visible").wait_for(timeout=EDITOR_MS)


def code_log(page: Page) -> None:
    editor(page)
    page.get_by_role("tab", name="Log").click()
    page.get_by_role("log").get_by_text("wrong checksum").wait_for()


def debug_run(page: Page) -> None:
    editor(page)
    page.get_by_role("button", name="Debug run").click()
    page.get_by_role("list", name="Problems").wait_for()


def call_route(page: Page) -> None:
    editor(page)
    page.get_by_label("Path").fill("/hello/ann")
    page.get_by_role("button", name="Send").click()
    page.get_by_role("region", name="Answer").wait_for()


def complete_filter(page: Page) -> None:
    line = page.get_by_role("combobox", name="Filter")
    line.click()
    line.press_sequentially("author.")


def choose_records(page: Page) -> None:
    for index in range(3):
        page.locator("tbody tr").nth(index).get_by_role("checkbox").click()


def import_records(page: Page) -> None:
    page.get_by_role("button", name="Import and export").click()
    page.get_by_role("menuitem", name="Import").click()
    rows = b"title,state,views,odd\nNew maps,published,1,x\nOld maps,gone,2,\n,draft,-1,\n"
    file: FilePayload = {"name": "articles.csv", "mimeType": "text/csv", "buffer": rows}
    page.get_by_label("File", exact=True).set_input_files(file)
    page.get_by_role("region", name="Wrong rows").wait_for()


def see_text(page: Page) -> None:
    page.get_by_role("textbox", name="Text").wait_for()


def open_field(page: Page) -> None:
    page.get_by_role("button", name="Details of state").click()


def lose_a_field(page: Page) -> None:
    page.get_by_role("button", name="Remove tags").click()
    page.get_by_role("button", name="Save").click()
    page.get_by_role("dialog").wait_for()


def log_in(page: Page) -> None:
    page.get_by_label("Email").fill("somebody@example.com")
    page.get_by_label("Password").fill("a wrong password")
    page.get_by_role("button", name="Log in").click()
    page.get_by_role("alert").first.wait_for()


def open_record(page: Page) -> None:
    page.locator("tbody tr").first.locator("td").nth(1).click()
    page.get_by_role("dialog").wait_for()


def use_setup_link(page: Page) -> None:
    page.get_by_label("Email").fill("root@example.com")
    page.get_by_label("Password").fill("a long password")
    page.get_by_role("button", name="Create").click()
    page.get_by_role("alert").wait_for()
