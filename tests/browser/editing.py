"""The editor as a person uses it."""

from __future__ import annotations

from e2e.client import Project
from playwright.sync_api import Locator, Page, expect

EDITOR_MS = 20_000
"""The editor and its compiler are some megabytes; the machine may be busy."""


def open_code(page: Page, project: Project, query: str = "") -> Locator:
    """The lines of the editor."""
    page.goto(f"/projects/{project.slug}/code{query}")
    lines = page.get_by_test_id("code-editor").locator(".view-lines")
    expect(lines).to_be_visible(timeout=EDITOR_MS)
    return lines


def type_at_end(page: Page, lines: Locator, text: str) -> None:
    lines.click()
    page.keyboard.press("Control+End")
    page.keyboard.insert_text(text)
    expect(page.get_by_text("Unsaved changes")).to_be_visible()


def code_of(project: Project) -> str:
    code: str = project.ask("GET", "/pipeline/branches/develop")["code"]
    return code


def editor_of(page: Page) -> Locator:
    return page.get_by_test_id("code-editor")


MARKED = """(text) => {
  const editor = document.querySelector('[data-testid=code-editor]')
  const line = [...editor.querySelectorAll('.view-line')].find((each) => each.textContent.includes(text))
  const [a, b] = [line, editor.querySelector('.squiggly-error')].map((each) => each?.getBoundingClientRect())
  return a && b && Math.abs(a.y - b.y) < a.height
}"""


def expect_marked(page: Page, text: str) -> None:
    """The first mark of an error comes to the line with this text. Asked in one piece: the editor draws at will."""
    page.wait_for_function(MARKED, arg=text)


def slow_saves(page: Page, milliseconds: int) -> None:
    """Saves of this page arrive late, as over a slow line."""
    page.evaluate(
        """(late) => {
            const ask = window.fetch
            window.fetch = async (...given) => {
                if (given[0].method === 'PUT') await new Promise((done) => setTimeout(done, late))
                return ask(...given)
            }
        }""",
        milliseconds,
    )
