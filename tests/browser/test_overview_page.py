"""The overview of a project: what runs, starting and stopping it, its last error, its day."""

from __future__ import annotations

import re

import pytest
from e2e.client import Project
from playwright.sync_api import Page, expect

from .loading import PLACES, Place
from .watching import barriers

SERVICE = """
router.get('/hello/:name', (ctx) => ({ hello: ctx.params.name }))
schedule.every('5m', () => {}, { name: 'tidy up' })
"""
BROKEN = "const port = 1\nfunction connect() {\n  throw new Error('no such host')\n}\nconnect()\n"


@pytest.mark.parametrize("place", [each for each in PLACES if "{project}" in each.path], ids=lambda place: place.name)
def test_every_page_of_a_project_tells_its_cpu_and_memory(page: Page, demo: dict[str, str], place: Place) -> None:
    page.goto(place.path.format_map(demo))
    cards = page.locator("header").filter(has_text="Memory")
    expect(cards).to_have_text(re.compile(r"CPU\s*\d[\d.,]*\s*%.*Memory\s*\d[\d.,]*\s*[kMG]B", re.DOTALL))
    for name in ("CPU", "Memory"):
        expect(cards.get_by_text(name, exact=True)).to_be_in_viewport()


def test_a_project_that_never_ran_is_started_as_a_debug_run_and_stopped(page: Page, project: Project) -> None:
    page.goto(f"/projects/{project.slug}")
    expect(page.get_by_role("heading", name="Nothing has run in the last 24 hours")).to_be_visible()
    page.get_by_role("button", name="Start").click()
    page.get_by_role("option", name="develop").click()
    expect(page.get_by_text("Debug run of branch develop.")).to_be_visible(timeout=20_000)
    expect(page.get_by_role("main").get_by_text("Debug: develop")).to_have_count(2)
    assert barriers(page) == []
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_text("Debug run of branch develop.")).to_be_hidden()
    assert project.status()["status"] == "stopped"


def test_a_release_is_started_restarted_and_changed_for_another(page: Page, project: Project) -> None:
    for code in (SERVICE, SERVICE + "// newer"):
        project.publish(code, tag="stable")
    project.ask("POST", "/pipeline/releases/0.1/activate")
    page.goto(f"/projects/{project.slug}")
    page.get_by_role("button", name="Start 0.1").click()
    expect(page.get_by_role("main").get_by_title("A stable release")).to_have_count(2)
    first = project.status()["run_id"]
    page.get_by_role("button", name="Restart").click()
    expect(page.get_by_role("button", name="Restart")).to_have_attribute("aria-busy", "true")
    expect(page.get_by_role("button", name="Restart")).to_be_enabled()
    assert project.status()["run_id"] != first
    page.get_by_role("button", name="Run another version").click()
    page.get_by_role("option").filter(has_text="0.2").click()
    expect(page.get_by_role("main").get_by_title("A stable release").first).to_have_text("0.2", timeout=20_000)
    assert project.status()["source"]["name"] == "0.2"


def test_a_service_that_does_not_start_is_told_with_its_line(page: Page, project: Project) -> None:
    project.write(BROKEN)
    page.goto(f"/projects/{project.slug}")
    page.get_by_role("button", name="Start").click()
    page.get_by_role("option", name="develop").click()
    error = page.get_by_role("alert").filter(has_text="The service did not start")
    expect(error).to_contain_text("no such host")
    expect(error).to_contain_text("main.js:3:")
    expect(page.get_by_text("Nothing has run")).to_have_count(0)
    expect(error.get_by_label("The code at the error")).to_contain_text("throw new Error")
    expect(error.get_by_role("link", name="Open in the editor")).to_have_attribute(
        "href", f"/projects/{project.slug}/code?branch=develop&file=main.js&line=3&column=13"
    )
    assert barriers(page) == []
    project.debug(SERVICE)
    expect(error).to_be_hidden(timeout=15_000)


def test_the_day_shows_routes_jobs_and_instances(page: Page, project: Project) -> None:
    project.run(SERVICE)
    for _ in range(3):
        project.get("/hello/a")
    page.goto(f"/projects/{project.slug}")
    row = page.get_by_role("row").filter(has_text="/hello/:name")
    expect(row.get_by_role("cell").nth(1)).to_have_text("3")
    expect(page.get_by_role("row").filter(has_text="tidy up")).to_contain_text(re.compile("in [45] minutes"))
    expect(page.get_by_role("row").filter(has_text=str(project.status()["instances"][0]["pid"]))).to_be_visible()
    chart = page.get_by_role("img", name="Requests: 3")
    chart.hover(position={"x": 5, "y": 20})
    expect(page.get_by_role("img", name="Requests: 0")).to_be_visible()
    assert barriers(page) == []


def test_the_palette_stops_the_run_and_leads_to_pages_of_other_projects(page: Page, project: Project) -> None:
    project.run(SERVICE)
    page.goto(f"/projects/{project.slug}")
    expect(page.get_by_role("button", name="Stop")).to_be_visible()
    page.keyboard.press("Control+k")
    page.get_by_role("dialog").get_by_role("combobox").fill("stop")
    page.get_by_role("option", name="Stop", exact=True).click()
    expect(page.get_by_role("button", name="Start 0.1")).to_be_visible()
    assert project.status()["status"] == "stopped"
    page.goto("/projects")
    expect(page.get_by_role("heading", name="Projects", level=1)).to_be_visible()
    page.keyboard.press("Control+k")
    page.get_by_role("dialog").get_by_role("combobox").fill(f"{project.slug} logs")
    page.get_by_role("option").filter(has_text="Logs").click()
    expect(page).to_have_url(re.compile(f"/projects/{project.slug}/logs$"))
