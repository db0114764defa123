"""Access tokens that last two seconds: whoever writes for longer notices nothing, in one tab or in two."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from e2e.client import Admin, Project, Reply, sign_in, sign_up
from playwright.sync_api import Page, Response, expect

from m3m_core.testing import LiveServer, live_server

from .conftest import NewPage
from .editing import code_of, open_code
from .posts import open_posts, row, titles

CODE = 'router.get("/price", () => ({ price: 1 }))\n'
WORDS = [f"// line {number} of many" for number in range(10)]
PAUSE_MS = 1000

WATCH = """() => {
  const kept = document.querySelector('[data-testid=code-editor], [role=dialog] form')
  const path = location.pathname
  window.disturbed = []
  const look = () => {
    const dialogs = [...document.querySelectorAll('[role=dialog], [role=alertdialog]')]
      .filter((each) => !each.contains(kept))
    if (!kept.checkVisibility()) window.disturbed.push('what is written in is away')
    if (location.pathname !== path) window.disturbed.push(location.pathname)
    if (dialogs.length > 0) window.disturbed.push(dialogs[0].innerText)
    if (document.querySelector('[data-sonner-toast]')) window.disturbed.push('a message')
    window.watching = requestAnimationFrame(look)
  }
  look()
}"""
"""Every frame that shows something else than the form or the editor where it was."""

NO_LOCKS = "delete Navigator.prototype.locks"
"""As it is where the address is plain HTTP in a local network."""


@pytest.fixture(scope="module")
def server() -> Iterator[LiveServer]:
    with live_server({"jwt": {"expiration": "2s"}}) as running:
        sign_up(running)
        yield running


class Fresh(Admin):
    """Signs in for each request: the test lasts longer than a token."""

    def send(self, method: str, path: str, body: Any = None) -> Reply:
        self.headers = sign_in(self.server).headers
        return super().send(method, path, body)


@pytest.fixture(scope="module")
def admin(server: LiveServer) -> Admin:
    return Fresh(server, "")


def undisturbed(page: Page) -> bool:
    found: list[str] = page.evaluate("() => (cancelAnimationFrame(window.watching), window.disturbed)")
    assert found == []
    return True


@pytest.mark.parametrize("locks", [True, False], ids=["a secure address", "a plain address"])
def test_two_tabs_are_written_in_for_longer_than_a_token_lasts(new_page: NewPage, posts: Project, locks: bool) -> None:
    posts.write(CODE)
    page = new_page()
    answers: list[Response] = []
    page.context.on("response", lambda answer: answers.append(answer) if is_refresh(answer) else None)
    if not locks:
        page.context.add_init_script(NO_LOCKS)
    lines = open_code(page, posts)
    other = page.context.new_page()
    open_posts(other, posts)
    row(other, "Beta").click()
    title = other.get_by_role("dialog").get_by_label("title")
    expect(title).to_have_value("Beta")
    lines.click()
    page.keyboard.press("Control+End")
    for each in (page, other):
        each.evaluate(WATCH)
    for number, word in enumerate(WORDS):
        page.keyboard.type(f"{word}\n")
        title.fill(f"Beta {number}")
        page.wait_for_timeout(PAUSE_MS)
    assert undisturbed(page)
    assert undisturbed(other)
    page.keyboard.press("Control+s")
    other.keyboard.press("Control+s")
    expect(page.get_by_text("Saved · revision 3")).to_be_visible()
    expect(row(other, "Beta 9")).to_be_visible()
    assert {answer.status for answer in answers} == {200}
    assert len(answers) > len(WORDS) * PAUSE_MS / 2000
    assert all(word in code_of(posts) for word in WORDS)
    assert titles(posts) == ["Alpha", "Beta 9", "Gamma"]


def is_refresh(answer: Response) -> bool:
    return answer.url.endswith("/api/auth/refresh")
