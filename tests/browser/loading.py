"""What it costs to open a page: its scripts, the time until it can be used, and how far things jump meanwhile."""

from __future__ import annotations

import gzip
import json
from typing import Any, NamedTuple

from playwright.sync_api import Page, Response

LONGEST_MS = 30_000
QUIET_MS = 1000
"""What comes late on a page with a stream has come by then: the network's quiet that others wait for is half of it."""

JUMPS = """
window.jumps = []
const place = ({ x, y, width, height }) => [x, y, width, height].map(Math.round).join(' ')
new PerformanceObserver((list) => {
  for (const { value, sources } of list.getEntries()) {
    const moved = sources.map(({ node, previousRect: from, currentRect: to }) =>
      `${place(from)} → ${place(to)}: ${node?.outerHTML?.slice(0, 200) ?? node?.textContent}`)
    window.jumps.push({ value, moved })
  }
}).observe({ type: 'layout-shift', buffered: true })
"""

CLOCK = """
window.usable = new Promise((done) => {
  const look = () => {
    if (document.querySelector('h1') && document.querySelector(%s)) done(performance.now())
    else requestAnimationFrame(look)
  }
  look()
})
"""


class Place(NamedTuple):
    """A page, and a selector of what is on it when it can be used. One that listens to a stream never `settles`."""

    name: str
    path: str
    content: str
    settles: bool = True


PLACES = (
    Place("projects", "/projects", "main li a"),
    Place("overview", "/projects/{project}", "main table"),
    Place("code", "/projects/{project}/code", "[data-testid=code-editor] .view-line"),
    Place("releases", "/projects/{project}/code/releases", "main tbody td, main li"),
    Place("data", "/projects/{project}/data", "main [href*='/data/']"),
    Place("records", "/projects/{project}/data/{model}", "main tbody input, main tbody [role=checkbox]"),
    Place("model", "/projects/{project}/data/{model}/model", "main [role=tablist]"),
    Place("files", "/projects/{project}/files", "main tbody [role=checkbox]"),
    Place("project goals", "/projects/{project}/goals", "main li a"),
    Place("environment", "/projects/{project}/env", "main tbody button"),
    Place("logs", "/projects/{project}/logs", "[role=log] *", settles=False),
    Place("settings", "/projects/{project}/settings", "main form"),
    Place("goals", "/goals", "main li a"),
    Place("users", "/users", "main tbody button"),
    Place("plugins", "/plugins", "main li"),
    Place("reference", "/reference", "main pre, main code"),
    Place("profile", "/profile", "main form"),
)


def settle(page: Page, place: Place) -> None:
    """Wait until all that belongs to the page has come."""
    page.locator(place.content).first.wait_for(state="attached", timeout=LONGEST_MS)
    if place.settles:
        page.wait_for_load_state("networkidle")
    else:
        page.wait_for_timeout(QUIET_MS)


class Scripts:
    """The scripts that a page loads from now on."""

    def __init__(self, page: Page) -> None:
        self._answers: list[Response] = []
        page.on("response", lambda answer: self._answers.append(answer) if answer.url.endswith(".js") else None)

    @property
    def names(self) -> list[str]:
        return sorted(answer.url.rpartition("/")[2] for answer in self._answers)

    def gzipped(self) -> int:
        """Bytes, compressed each by itself as a server does it."""
        return sum(len(gzip.compress(answer.body())) for answer in self._answers)


def watch_jumps(page: Page) -> None:
    """For `jumps`; before the page is opened."""
    page.add_init_script(f"{{{JUMPS}}}")


def jumps(page: Page) -> tuple[float, list[str]]:
    """How far things have jumped since the page was opened, as browsers measure it (good is below 0.1), and which."""
    found: list[dict[str, Any]] = page.evaluate("window.jumps")
    return sum(each["value"] for each in found), [moved for each in found for moved in each["moved"]]


def usable_ms(page: Page, path: str, content: str) -> float:
    """Opens a page that was not opened before; the milliseconds until its heading and its content are there."""
    page.add_init_script(CLOCK % json.dumps(content))
    page.goto(path)
    page.locator(content).first.wait_for(state="attached", timeout=LONGEST_MS)
    elapsed: float = page.evaluate("window.usable")
    return elapsed


def slow_network(page: Page, latency_ms: int) -> None:
    """Every answer takes at least so long: what is only seen for a moment on the same machine is seen."""
    session = page.context.new_cdp_session(page)
    conditions = {"offline": False, "latency": latency_ms, "downloadThroughput": -1, "uploadThroughput": -1}
    session.send("Network.emulateNetworkConditions", conditions)
