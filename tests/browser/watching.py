"""What a browser does behind a test's back, and how it is signed in."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from e2e.client import EMAIL, PASSWORD
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request

from m3m_core.testing import LiveServer

VIEWER = ("chrome-extension:", "chrome:")
"""The viewer of PDFs in the browser itself asks for its own parts."""

ANSWERED = "Failed to load resource"
"""The browser's own line for each answer of 400 and more, and each request without an answer: no fault of the page."""


@dataclass
class Watch:
    """`problems` may be cleared by a test that provokes some."""

    problems: list[str] = field(default_factory=list)


def watched(context: BrowserContext, server: LiveServer, watch: Watch) -> Page:
    """A new page; it and all later ones of its context are watched."""

    def console(message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith(ANSWERED):
            watch.problems.append(f"console: {message.text}")

    def request(asked: Request) -> None:
        if not asked.url.startswith((server.url, "data:", "blob:", *VIEWER)):
            watch.problems.append(f"left the server: {asked.url}")

    context.on("console", console)
    context.on("weberror", lambda error: watch.problems.append(f"thrown: {error.error}"))
    context.on("request", request)
    return context.new_page()


def sign_in(context: BrowserContext, server: LiveServer, email: str = EMAIL, password: str = PASSWORD) -> None:
    """Gives the browser a session without the form: its cookie, as the form would get it."""
    answer = context.request.post(
        f"{server.url}/api/auth/login",
        data={"email": email, "password": password},
        headers={"X-M3M-Session": "cookie"},
    )
    assert answer.ok, answer.text()


AXE = Path(__file__).parents[2] / "m3m_ui/node_modules/axe-core/axe.min.js"


AXE_RUN = """() => axe.run({
  resultTypes: ['violations'],
  // axe knows that an open dialog keeps the focus, and does not of a menu
  rules: { 'aria-hidden-focus': { enabled: !document.querySelector('[role=menu]') } },
})"""


def sideways(page: Page) -> list[str]:
    """Frames of the page that are wider than the window: something is cut off or must be scrolled to."""
    found: list[str] = page.evaluate("""() => [document.documentElement, document.getElementById('content')]
        .filter((frame) => frame && frame.scrollWidth > frame.clientWidth).map((frame) => frame.id || frame.tagName)""")
    return found


CUT_OFF = """() => {
  const found = []
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  const range = document.createRange()
  for (let text = walker.nextNode(); text; text = walker.nextNode()) {
    if (!text.data.trim() || text.parentElement.closest('.monaco-editor, .sr-only, script, style')) continue
    range.selectNodeContents(text)
    const { right, width } = range.getBoundingClientRect()
    if (!width || !text.parentElement.checkVisibility({ visibilityProperty: true })) continue
    for (let frame = text.parentElement; frame; frame = frame.parentElement) {
      const style = getComputedStyle(frame)
      const box = frame.getBoundingClientRect()
      if (box.width <= 1) break // for screen readers only
      if (style.textOverflow === 'ellipsis' || style.webkitLineClamp !== 'none') break
      if (['auto', 'scroll'].includes(style.overflowX)) break
      if (style.overflowX === 'visible') continue
      if (right > box.right + 1) found.push(text.data.trim())
      break
    }
  }
  return found
}"""


def cut_off(page: Page) -> list[str]:
    """Texts that end at the edge of a frame without the three dots that say so."""
    return [f"cut off: {text}" for text in page.evaluate(CUT_OFF)]


def barriers(page: Page) -> list[str]:
    """Serious faults of accessibility (contrast included) that axe finds on the page as it is now."""
    page.evaluate(AXE.read_text())
    result: dict[str, Any] = page.evaluate(AXE_RUN)
    return [
        f"{fault['id']}: {node['target']} {node['failureSummary']}"
        for fault in result["violations"]
        if fault["impact"] in ("serious", "critical")
        for node in fault["nodes"]
    ]
