"""Goals: made, counted by hand, looked at over a period."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from e2e.client import Admin, Project
from playwright.sync_api import Page, expect

from .conftest import PHONE, NewPage
from .watching import barriers, sideways, sign_in


def test_a_goal_is_made_counted_by_hand_and_deleted(page: Page, project: Project) -> None:
    page.goto(f"/projects/{project.slug}/goals")
    page.get_by_role("button", name="New goal").click()
    page.get_by_label("Name", exact=True).fill("Sign ups")
    expect(page.get_by_label("Slug", exact=True)).to_have_value("sign-ups")
    page.get_by_role("button", name="Create").click()
    page.get_by_role("button", name="Add to Sign ups").click()
    page.get_by_label("How many").fill("x")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_role("alert")).to_have_text("Enter a whole number.")
    page.get_by_label("How many").fill("41")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_text("Sign ups: 41 now.")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("main").get_by_role("listitem").get_by_text("41", exact=True)).to_have_count(2)
    page.get_by_role("button", name="Actions for Sign ups").click()
    page.get_by_role("menuitem", name="Delete").click()
    page.get_by_role("alertdialog").get_by_role("button", name="Delete").click()
    expect(page.get_by_text("No goals yet")).to_be_visible()


def test_a_chart_for_a_period_is_in_the_address_and_saved_as_csv(page: Page, project: Project) -> None:
    goal = project.ask("POST", "/goals", {"name": "Visits", "slug": "visits", "type": "daily_counter"})
    page.goto(f"/projects/{project.slug}/goals?goal={goal['id']}&from=2026-01-05&to=2026-02-01&group_by=week")
    sheet = page.get_by_role("dialog", name="Visits")
    expect(sheet.locator(".uplot canvas")).to_be_visible()
    with page.expect_download() as download:
        sheet.get_by_role("button", name="CSV").click()
    lines = ["date,value", "2026-01-05,0", "2026-01-12,0", "2026-01-19,0", "2026-01-26,0"]
    assert download.value.path().read_text().split() == lines
    sheet.get_by_role("button", name="7 days", exact=True).click()
    expect(page).not_to_have_url(re.compile("to="))
    sheet.get_by_label("From").fill("2020-01-01")
    expect(sheet.get_by_role("alert")).to_have_text("At most 1,100 days.")
    assert barriers(page) == []
    sheet.get_by_label("From").click(position={"x": 12, "y": 12})
    page.keyboard.type("11052026")
    expect(sheet.get_by_label("From")).to_have_value("2026-11-05")
    expect(page).to_have_url(re.compile("from=2026-11-05"))
    page.keyboard.press("Escape")
    expect(page).to_have_url(re.compile(r"/goals$"))


def test_root_makes_a_global_goal_and_a_project_shows_its_part(page: Page, admin: Admin, project: Project) -> None:
    name = f"Orders of {project.slug}"
    page.goto("/goals")
    page.get_by_role("button", name="New goal").first.click()
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_label("Projects").click()
    page.get_by_placeholder("Search").last.fill(project.slug)
    page.get_by_role("option", name=project.slug).click()
    page.get_by_role("button", name="Create").click()
    expect(page.get_by_role("dialog")).to_be_hidden()
    (goal,) = [each for each in admin.ask("GET", "/goals?per_page=1000")["items"] if each["name"] == name]
    assert goal["allowed_projects"] == [project.made["id"]]
    admin.ask("POST", f"/goals/{goal['id']}/increment", {"value": 7, "project_id": project.slug})
    page.goto(f"/projects/{project.slug}/goals")
    expect(page.get_by_role("heading", name="Global goals")).to_be_visible()
    expect(page.get_by_text("7", exact=True)).to_have_count(2)
    admin.ask("DELETE", f"/goals/{goal['id']}")


def test_whoever_may_not_manage_global_goals_is_not_offered_to(admin: Admin, new_page: NewPage) -> None:
    email = f"reader-{datetime.now(UTC).timestamp()}@example.com"
    made = admin.ask("POST", "/users", {"email": email, "password": "a long password"})
    page = new_page(signed_in=False, viewport=PHONE)
    sign_in(page.context, admin.server, email, "a long password")
    page.goto("/goals?edit=%2B")
    expect(page.get_by_role("heading", name="Goals", exact=True)).to_be_visible()
    expect(page.get_by_text("The root user makes goals")).to_be_visible()
    expect(page.get_by_role("button", name="New goal")).to_have_count(0)
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert sideways(page) == []
    admin.ask("DELETE", f"/users/{made['id']}")


def test_figures_that_fail_leave_the_goals(page: Page, project: Project) -> None:
    project.ask("POST", "/goals", {"name": "Visits", "slug": "visits", "type": "daily_counter"})
    answer = {"error": "Not today.", "code": "not_today", "request_id": "0"}
    page.route("**/api/goals/stats**", lambda route: route.fulfill(status=500, json=answer))
    page.goto(f"/projects/{project.slug}/goals")
    expect(page.get_by_text("The figures could not be loaded.")).to_be_visible()
    page.get_by_role("link", name="Visits").click()
    expect(page.get_by_text("Not today.")).to_be_visible()
    page.unroute("**/api/goals/stats**")
    page.get_by_role("button", name="Try again").click()
    expect(page.locator(".uplot canvas")).to_be_visible()
