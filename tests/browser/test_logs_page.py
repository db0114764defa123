"""The log of a project: live, filtered, long, and over a server that goes and comes back."""

from __future__ import annotations

import os
import re
import signal

from e2e.client import Project, until
from playwright.sync_api import Page, Request, expect

from m3m_core.testing import LiveServer

from .watching import barriers

WRITER = """
router.get('/write/:from/:to', (ctx) => {
  for (let n = Number(ctx.params.from); n < Number(ctx.params.to); n++) {
    if (n % 100 === 99) logger.warn('line', n)
    else logger.info('line', n)
  }
})
router.get('/fail', () => { logger.error(new Error('wrong checksum')) })
"""
TICKING = "let n = 0; service.start(() => { setInterval(() => logger.info('tick', n++), 300) })"
AT_END = """async () => {
  const log = document.querySelector('[role=log]')
  const isThere = () => log.scrollHeight > 9000 && log.scrollTop + log.clientHeight >= log.scrollHeight - 2
  if (!isThere()) return false
  await new Promise((resolve) => setTimeout(resolve, 300))
  return isThere()
}"""
MANY = 10_000


def write(project: Project, first: int, last: int) -> None:
    assert project.get(f"/write/{first}/{last}").status == 204


def test_ten_thousand_lines_come_live_scroll_back_and_are_filtered(page: Page, project: Project) -> None:
    project.run(WRITER)
    page.goto(f"/projects/{project.slug}/logs")
    log = page.get_by_role("log")
    expect(page.get_by_role("status").filter(has_text="Live")).to_be_visible()
    write(project, 0, MANY)
    expect(log.get_by_text(f"line {MANY - 1}", exact=True)).to_be_visible(timeout=20_000)
    assert log.locator("[data-index]").count() < 120
    page.reload()
    expect(log.get_by_text(f"line {MANY - 1}", exact=True)).to_be_visible()
    expect(page.get_by_role("status").filter(has_text="Live")).to_be_visible()
    page.wait_for_function(AT_END)
    log.evaluate("frame => frame.scrollTo(0, 400)")
    expect(log.get_by_text(f"line {MANY - 480}", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="To the newest")).to_be_visible()
    until(lambda: log.evaluate("frame => frame.scrollHeight > 900 * 22"))
    expect(log.get_by_text(f"line {MANY - 480}", exact=True)).to_be_visible()
    write(project, MANY, MANY + 5)
    page.get_by_role("button", name="5 new lines").click()
    expect(log.get_by_text(f"line {MANY + 4}", exact=True)).to_be_visible()
    page.get_by_role("searchbox").fill("line 4299")
    expect(log.locator("[data-index]")).to_have_count(1)
    page.get_by_role("combobox", name="Level").click()
    page.get_by_role("option", name="Errors").click()
    expect(page.get_by_role("heading", name="No such lines")).to_be_visible()
    expect(page).to_have_url(re.compile(r"search=line(\+|%20)4299&level=error"))
    page.get_by_role("button", name="Show all lines").click()
    expect(log.get_by_text(f"line {MANY + 4}", exact=True)).to_be_visible()


def test_a_pause_counts_what_comes_and_a_stack_is_opened(page: Page, project: Project) -> None:
    project.run(WRITER)
    page.goto(f"/projects/{project.slug}/logs")
    log = page.get_by_role("log")
    expect(log.get_by_text("starting release")).to_be_visible()
    expect(page.get_by_role("status").filter(has_text="Live")).to_be_visible()
    page.get_by_role("button", name="Pause").click()
    assert project.get("/fail").status == 204
    write(project, 0, 2)
    resume = page.get_by_role("button", name="3 new lines")
    expect(resume).to_be_visible()
    expect(log.get_by_text("wrong checksum")).to_have_count(0)
    resume.click()
    expect(log.get_by_text("line 1", exact=True)).to_be_visible()
    log.get_by_role("button", name="1 more line").click()
    expect(log).to_contain_text("at main.js:8")
    assert barriers(page) == []
    project.restart()
    expect(log.get_by_text("wrong checksum")).to_have_count(0)
    expect(log.get_by_text("starting release")).to_be_visible()


def test_a_server_that_was_away_leaves_no_gap(page: Page, server: LiveServer, project: Project) -> None:
    project.run(TICKING)
    resumed: list[str | None] = []
    page.on("request", lambda asked: resumed.append(asked.headers.get("last-event-id")) if is_stream(asked) else None)
    page.goto(f"/projects/{project.slug}/logs")
    ticks = page.get_by_role("log").get_by_text(re.compile(r"^tick \d+$"))
    expect(ticks.nth(3)).to_be_visible()
    for pid in server.pids()["front"]:
        os.kill(pid, signal.SIGKILL)
    expect(page.get_by_role("status").filter(has_text="Reconnecting")).to_be_visible()
    expect(page.get_by_role("status").filter(has_text="Live")).to_be_visible(timeout=40_000)
    newest = project.messages()[-1]
    expect(page.get_by_role("log").get_by_text(newest, exact=True)).to_be_visible()
    numbers = [int(text.removeprefix("tick ")) for text in ticks.all_inner_texts()]
    assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    assert resumed[-1]


def test_a_download_is_the_whole_log_as_the_api_has_it(page: Page, project: Project) -> None:
    project.run(WRITER)
    write(project, 0, MANY)
    page.goto(f"/projects/{project.slug}/logs?search=line%204299&level=error")
    with page.expect_download() as started:
        page.get_by_role("button", name="Download the whole log").click()
    file = started.value.path().read_bytes()
    assert file.count(b"line ") == MANY
    answer = project.send("GET", "/logs/download")
    assert file == answer.body
    assert started.value.suggested_filename in answer.header("content-disposition")


def is_stream(asked: Request) -> bool:
    return asked.url.endswith("/logs/stream")


def test_nothing_yet(page: Page, project: Project) -> None:
    page.goto(f"/projects/{project.slug}/logs")
    expect(page.get_by_role("heading", name="It has not run yet")).to_be_visible()
    assert barriers(page) == []
    project.run(WRITER)
    expect(page.get_by_role("log").get_by_text("starting release")).to_be_visible()
