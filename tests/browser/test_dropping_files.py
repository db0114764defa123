"""Files that are dragged onto the page: the way is shown, they can be cancelled half-way, and arrive."""

from __future__ import annotations

import re

from e2e.client import Project
from playwright.sync_api import JSHandle, Page, expect

SLOW = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": 300_000}
"""Bytes per second."""

FAST = SLOW | {"uploadThroughput": -1}
MAKE = """([name, size]) => {
    const transfer = new DataTransfer()
    transfer.items.add(new File([new Uint8Array(size)], name))
    return transfer
}"""


def dragged(page: Page, name: str, size: int) -> JSHandle:
    return page.evaluate_handle(MAKE, [name, size])


def names(project: Project) -> list[str]:
    return [entry["name"] for entry in project.ask("GET", "/storage")["items"]]


def test_a_dropped_file_shows_its_way_is_cancelled_and_sent_again(page: Page, project: Project) -> None:
    page.goto(f"/projects/{project.slug}/files")
    place = page.get_by_role("heading", name="This folder is empty")
    line = page.context.new_cdp_session(page)
    line.send("Network.emulateNetworkConditions", SLOW)
    large = dragged(page, "large.bin", 3_000_000)
    place.dispatch_event("dragenter", {"dataTransfer": large})
    expect(page.get_by_text("Drop files or folders to upload them here")).to_be_visible()
    place.dispatch_event("drop", {"dataTransfer": large})
    bar = page.get_by_role("progressbar", name="large.bin")
    expect(bar).to_have_attribute("aria-valuenow", re.compile(r"^[1-9]\d?$"))
    page.get_by_role("button", name="Cancel large.bin").click()
    expect(page.get_by_label("Uploads")).to_be_hidden()
    assert names(project) == []
    line.send("Network.emulateNetworkConditions", FAST)
    place.dispatch_event("drop", {"dataTransfer": large})
    expect(page.get_by_text("1 file uploaded")).to_be_visible()
    assert names(project) == ["large.bin"]
