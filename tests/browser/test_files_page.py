"""Files: uploads whole or not at all, what is in a folder, texts, links."""

from __future__ import annotations

import re
from typing import Any

from e2e.client import Project, until
from playwright.sync_api import Page, Route, expect

from m3m_core.testing import LiveServer

from .conftest import PHONE, NewPage
from .cutting import wire
from .watching import Watch, barriers, sideways


def text_file(name: str, content: str = "hello") -> Any:
    return {"name": name, "mimeType": "text/plain", "buffer": content.encode()}


def choose(page: Page, *files: Any) -> None:
    page.get_by_label("Choose files to upload").first.set_input_files(list(files))


def names(project: Project, folder: str = "") -> list[str]:
    return [entry["name"] for entry in project.ask("GET", f"/storage?path={folder}")["items"]]


def menu(page: Page, name: str, item: str) -> None:
    page.get_by_role("button", name=f"Actions for {name}").click()
    page.get_by_role("menuitem", name=item).click()


def test_files_are_uploaded_into_a_new_folder_that_is_in_the_address(page: Page, project: Project) -> None:
    page.goto(f"/projects/{project.slug}/files")
    expect(page.get_by_text("This folder is empty")).to_be_visible()
    page.get_by_role("button", name="New").click()
    page.get_by_role("menuitem", name="Folder").click()
    page.get_by_role("textbox", name="Name").fill("отчёты 50%")
    page.get_by_role("button", name="Create").click()
    page.get_by_role("link", name="отчёты 50%").click()
    choose(page, text_file("b.txt"), text_file("a.txt"))
    expect(page.get_by_text("2 files uploaded")).to_be_visible()
    expect(page.get_by_role("link", name="b.txt")).to_be_visible()
    assert sorted(names(project, "%D0%BE%D1%82%D1%87%D1%91%D1%82%D1%8B%2050%25")) == ["a.txt", "b.txt"]
    page.reload()
    expect(page.get_by_label("Folders on the way").get_by_text("отчёты 50%")).to_be_visible()
    expect(page.locator("[data-entry]")).to_have_text(["a.txt", "b.txt"])


def test_an_upload_that_is_cut_off_leaves_nothing_and_can_be_sent_again(
    new_page: NewPage, server: LiveServer, watch: Watch, project: Project
) -> None:
    with wire(server.port) as between:
        page = new_page(base_url=between.url)
        page.goto(f"/projects/{project.slug}/files")
        expect(page.get_by_text("This folder is empty")).to_be_visible()
        choose(page, text_file("large.bin", "x" * 4_000_000))
        expect(page.get_by_text("The connection was cut off")).to_be_visible()
        assert names(project) == []
        between.cuts = False
        page.get_by_role("button", name="Upload large.bin again").click()
        expect(page.get_by_text("1 file uploaded")).to_be_visible()
        (entry,) = project.ask("GET", "/storage")["items"]
        assert entry["size"] == 4_000_000
        watch.problems[:] = [each for each in watch.problems if between.url not in each]
        page.goto("about:blank")


def test_an_upload_is_cancelled_and_a_refusal_is_told(page: Page, project: Project) -> None:
    page.goto(f"/projects/{project.slug}/files")
    held: list[Route] = []
    page.route("**/storage/upload**", lambda route: held.append(route))
    choose(page, text_file("a.txt"))
    page.get_by_role("button", name="Cancel a.txt").click()
    expect(page.get_by_label("Uploads")).to_be_hidden()
    page.unroute("**/storage/upload**")
    project.ask("POST", "/storage/mkdir", {"path": "a.txt"})
    choose(page, text_file("a.txt"))
    expect(page.get_by_text("This is a folder, not a file.")).to_be_visible()


def test_a_file_of_the_same_name_is_asked_about(page: Page, project: Project) -> None:
    project.ask("POST", "/storage/file", {"path": "a.txt", "content": "old"})
    page.goto(f"/projects/{project.slug}/files")
    expect(page.get_by_role("link", name="a.txt")).to_be_visible()
    choose(page, text_file("a.txt", "new"), text_file("b.txt"))
    page.get_by_role("button", name="Skip them").click()
    expect(page.get_by_text("1 file uploaded")).to_be_visible()
    assert project.ask("GET", "/storage/file/a.txt")["content"] == "old"
    choose(page, text_file("a.txt", "new"))
    page.get_by_role("button", name="Replace").click()
    expect(page.get_by_text("2 files uploaded")).to_be_visible()
    assert project.ask("GET", "/storage/file/a.txt")["content"] == "new"


def test_a_text_is_written_saved_and_not_lost_by_mistake(page: Page, project: Project) -> None:
    project.ask("POST", "/storage/file", {"path": "notes.md", "content": "one\ntwo"})
    page.goto(f"/projects/{project.slug}/files")
    page.get_by_role("link", name="notes.md").click()
    expect(page).to_have_url(re.compile(r"open=notes\.md"))
    text = page.get_by_role("textbox", name="notes.md")
    text.fill("three")
    page.keyboard.press("Escape")
    page.get_by_role("alertdialog").get_by_role("button", name="Cancel").click()
    expect(text).to_have_value("three")
    text.press("Control+s")
    expect(page.get_by_text("Not saved")).to_be_hidden()
    assert project.ask("GET", "/storage/file/notes.md")["content"] == "three"
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_the_keyboard_moves_renames_ticks_and_deletes(page: Page, project: Project) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        project.ask("POST", "/storage/file", {"path": name, "content": ""})
    page.goto(f"/projects/{project.slug}/files")
    page.locator("[data-entry='a.txt']").focus()
    page.keyboard.press("F2")
    page.get_by_role("textbox", name="Name").fill("aa.txt")
    page.keyboard.press("Enter")
    page.locator("[data-entry='aa.txt']").focus()
    page.keyboard.press(" ")
    page.keyboard.press("ArrowDown")
    page.keyboard.press(" ")
    expect(page.get_by_text("2 selected")).to_be_visible()
    page.keyboard.press("Delete")
    page.get_by_role("alertdialog").get_by_role("button", name="Delete").click()
    expect(page.locator("[data-entry]")).to_have_text(["c.txt"])
    assert names(project) == ["c.txt"]


def test_entries_are_moved_into_a_folder_together(page: Page, project: Project) -> None:
    project.ask("POST", "/storage/mkdir", {"path": "old"})
    for name in ("a.txt", "b.txt"):
        project.ask("POST", "/storage/file", {"path": name, "content": ""})
    page.goto(f"/projects/{project.slug}/files")
    for place in (1, 2):
        page.get_by_label("Select this row").nth(place).click()
    page.get_by_role("region", name="What is selected").get_by_role("button", name="Move").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("button", name="Move here")).to_be_disabled()
    dialog.get_by_role("button", name="old", exact=True).click()
    dialog.get_by_role("button", name="Move here").click()
    expect(dialog).to_be_hidden()
    assert names(project, "old") == ["a.txt", "b.txt"]


def test_a_public_link_is_made_opened_by_a_guest_and_revoked(page: Page, guest: Page, project: Project) -> None:
    project.ask("POST", "/storage/file", {"path": "price.txt", "content": "12"})
    page.goto(f"/projects/{project.slug}/files")
    menu(page, "price.txt", "Public link")
    page.get_by_role("button", name="Make a link").click()
    address = re.sub(r"^https?://[^/]+", "", page.get_by_label("Address").input_value())
    page.get_by_role("button", name="Close").last.click()
    assert guest.request.get(address).text() == "12"
    page.get_by_role("button", name="Public links").click()
    page.get_by_role("button", name="Revoke the link to price.txt").click()
    expect(page.get_by_text("No public links")).to_be_visible()
    assert guest.request.get(address).status == 404


def test_a_picture_is_shown_and_a_file_is_downloaded(page: Page, project: Project) -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"><rect width="40" height="30"/></svg>'
    project.ask("POST", "/storage/file", {"path": "a.svg", "content": svg})
    project.ask("POST", "/storage/file", {"path": "b.txt", "content": "b"})
    page.goto(f"/projects/{project.slug}/files?open=a.svg")
    shown = page.get_by_role("img", name="a.svg")
    expect(shown).to_be_visible()
    until(lambda: shown.evaluate("picture => picture.naturalWidth") == 40)
    expect(page.get_by_role("tooltip")).to_have_count(0)
    page.get_by_role("button", name="Next file").click()
    expect(page.get_by_role("textbox", name="b.txt")).to_have_value("b")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download").click()
    assert download.value.path().read_text() == "b"
    until(lambda: [link["path"] for link in project.ask("GET", "/storage/link")["items"]] == [])


def test_a_lost_folder_and_a_failing_server_are_told(page: Page, project: Project) -> None:
    page.goto(f"/projects/{project.slug}/files/nowhere")
    expect(page.get_by_role("heading", name="There is nothing here")).to_be_visible()
    answer = {"error": "Not today.", "code": "not_today", "request_id": "0"}
    page.route("**/storage?path=**", lambda route: route.fulfill(status=500, json=answer))
    page.goto(f"/projects/{project.slug}/files")
    expect(page.get_by_text("Not today.")).to_be_visible()
    page.unroute("**/storage?path=**")
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_text("This folder is empty")).to_be_visible()


def test_the_grid_fits_a_phone_and_has_no_barriers(new_page: NewPage, project: Project) -> None:
    project.ask("POST", "/storage/mkdir", {"path": "pictures"})
    project.ask("POST", "/storage/file", {"path": f"{'a long name ' * 8}.txt", "content": ""})
    page = new_page(viewport=PHONE)
    for view in ("list", "grid"):
        page.goto(f"/projects/{project.slug}/files?view={view}")
        expect(page.get_by_role("link", name="pictures")).to_be_visible()
        assert sideways(page) == []
        assert barriers(page) == []


def test_a_public_link_ends_by_itself_and_says_when(page: Page, project: Project) -> None:
    project.ask("POST", "/storage/file", {"path": "price.txt", "content": "12"})
    page.goto(f"/projects/{project.slug}/files")
    menu(page, "price.txt", "Public link")
    page.get_by_role("combobox", name="Works for").click()
    page.get_by_role("option", name="an hour").click()
    page.get_by_role("button", name="Make a link").click()
    expect(page.get_by_text("Works until")).to_be_visible()
    page.get_by_role("button", name="Close").last.click()
    page.get_by_role("button", name="Public links").click()
    expect(page.get_by_role("listitem").filter(has_text="price.txt")).to_contain_text(
        re.compile("ends in (an|1|59|60)")
    )
