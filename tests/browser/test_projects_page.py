"""The list of projects: none, many, and their states as they change."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from e2e.client import Admin, Project
from playwright.sync_api import Page, expect

from m3m_core.testing import LiveServer

from .conftest import PHONE, NewPage
from .watching import barriers, sideways, sign_in

MANY = 200


@pytest.fixture
def crowd(admin: Admin) -> Iterator[list[Project]]:
    made = [Project(admin, name=f"Crowd {number:03}", slug=f"crowd-{number:03}") for number in range(MANY)]
    yield made
    for project in made:
        project.send("DELETE")


def test_two_hundred_projects_come_in_pages_and_are_found(page: Page, new_page: NewPage, crowd: list[Project]) -> None:
    page.goto("/projects?search=crowd")
    cards = page.get_by_role("main").get_by_role("listitem")
    expect(cards).to_have_count(48)
    sidebar = page.get_by_role("navigation", name="Main navigation")
    expect(sidebar.get_by_role("link", name="All projects")).to_have_attribute("href", "/projects")
    page.get_by_role("button", name="Next page").click()
    expect(page.get_by_role("link", name="Crowd 048", exact=True)).to_be_visible()
    expect(page).to_have_url(re.compile("page=2"))
    page.get_by_role("searchbox").fill("crowd-199")
    expect(cards).to_have_count(1)
    expect(page.get_by_role("main").get_by_role("link", name="Crowd 199")).to_be_visible()
    phone = new_page(viewport=PHONE)
    phone.goto("/projects?search=crowd")
    expect(phone.get_by_role("main").get_by_role("listitem")).to_have_count(48)
    assert sideways(phone) == []
    assert barriers(phone) == []


def test_cards_follow_the_state_of_their_projects(page: Page, project: Project) -> None:
    page.goto(f"/projects?search={project.slug}")
    card = page.get_by_role("main").get_by_role("listitem")
    expect(card).to_contain_text("Stopped")
    project.debug("router.get('/', () => 'hello')")
    expect(card).to_contain_text("Running", timeout=15_000)
    expect(card).to_contain_text("Debug: develop")
    expect(card).to_contain_text("MB")


def test_who_has_no_project_is_told_whom_to_ask(admin: Admin, server: LiveServer, new_page: NewPage) -> None:
    user = {"email": "lonely@example.com", "password": "a long password", "name": "Lonely"}
    made = admin.ask("POST", "/users", user)
    page = new_page(signed_in=False)
    sign_in(page.context, server, user["email"], user["password"])
    page.goto("/projects")
    expect(page.get_by_role("heading", name="No projects yet")).to_be_visible()
    expect(page.get_by_role("button", name="New project")).to_have_count(0)
    admin.ask("DELETE", f"/users/{made['id']}")


def test_a_page_behind_the_last_one_is_the_last_one(page: Page, project: Project) -> None:
    page.goto(f"/projects?search={project.slug}&page=7")
    expect(page.get_by_role("main").get_by_role("listitem")).to_have_count(1)
    expect(page).to_have_url(re.compile(f"search={project.slug}$"))
