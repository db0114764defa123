"""Signing in, the frame around all pages, and what holds when things go wrong under an open page."""

from __future__ import annotations

import re

import pytest
from e2e.client import EMAIL, PASSWORD, Admin, Project
from playwright.sync_api import Page, expect

from m3m_core.testing import LiveServer

from .conftest import PHONE, NewPage
from .sessions import end_session, log_in_again
from .watching import Watch, barriers, sideways


def fill_login(page: Page, password: str = PASSWORD) -> None:
    page.get_by_label("Email").fill(EMAIL)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Log in").click()


def test_login_keeps_the_session_over_a_reload_and_leads_where_one_wanted(guest: Page) -> None:
    guest.goto("/plugins?search=x")
    expect(guest).to_have_url(re.compile(r"/login\?to="))
    fill_login(guest, "wrong password")
    expect(guest.get_by_role("alert")).to_contain_text("wrong")
    fill_login(guest)
    expect(guest).to_have_url(re.compile(r"/plugins\?search=x$"))
    guest.reload()
    expect(guest.get_by_role("heading", name="Plugins")).to_be_visible()
    stored = guest.evaluate("JSON.stringify([localStorage, sessionStorage, document.cookie])")
    assert "eyJ" not in stored
    assert "m3m_session" not in stored


@pytest.mark.parametrize("to", ["//evil.example", "/\\evil.example", "https://evil.example"])
def test_a_link_to_the_login_leads_nowhere_else(guest: Page, server: LiveServer, to: str) -> None:
    guest.goto(f"/login?to={to}")
    fill_login(guest)
    expect(guest).to_have_url(f"{server.url}/projects")


def test_logout_ends_the_session_in_every_tab(page: Page) -> None:
    page.goto("/projects")
    other = page.context.new_page()
    other.goto("/goals")
    expect(other.get_by_role("heading", name="Goals", exact=True)).to_be_visible()
    page.get_by_role("button", name="Your account").click()
    page.get_by_role("menuitem", name="Log out").click()
    expect(page).to_have_url(re.compile("/login"))
    expect(other).to_have_url(re.compile("/login"))
    page.goto("/projects")
    expect(page).to_have_url(re.compile("/login"))


def test_a_session_that_ends_asks_for_the_password_and_keeps_what_was_written(page: Page, admin: Admin) -> None:
    page.goto("/projects")
    page.get_by_role("button", name="New project").first.click()
    page.get_by_label("Name", exact=True).fill("Kept over the login")
    end_session(page)
    page.get_by_role("button", name="Create").click()
    log_in_again(page)
    expect(page.get_by_label("Name", exact=True)).to_have_value("Kept over the login")
    page.get_by_role("button", name="Create").click()
    expect(page).to_have_url(re.compile("/projects/kept-over-the-login$"))
    admin.ask("DELETE", "/projects/kept-over-the-login")


def test_the_slug_follows_the_name_until_it_is_written_and_the_servers_refusal_is_at_its_field(
    page: Page, project: Project
) -> None:
    page.goto("/projects")
    page.get_by_role("button", name="New project").first.click()
    name, slug = page.get_by_label("Name", exact=True), page.get_by_label("Slug", exact=True)
    name.fill("Привет мир")
    expect(slug).to_have_value("privet-mir")
    slug.fill(project.slug)
    name.fill("Another")
    expect(slug).to_have_value(project.slug)
    page.get_by_role("button", name="Create").click()
    expect(slug).to_have_attribute("aria-invalid", "true")


def test_the_search_is_in_the_address(page: Page, project: Project) -> None:
    page.goto("/projects")
    page.get_by_role("searchbox").fill(project.slug)
    expect(page).to_have_url(re.compile(f"search={project.slug}"))
    expect(page.get_by_role("main").get_by_role("listitem")).to_have_count(1)
    page.reload()
    expect(page.get_by_role("searchbox")).to_have_value(project.slug)
    page.get_by_role("searchbox").fill("no such project")
    expect(page.get_by_role("heading", name="No such project")).to_be_visible()


def test_typing_in_the_middle_of_a_search_keeps_every_key_and_the_caret(page: Page) -> None:
    page.goto("/projects")
    field = page.get_by_role("searchbox")
    field.press_sequentially("orders of the year")
    for _ in range(len(" the year")):
        field.press("ArrowLeft")
    field.press_sequentially(" and customers in Riga,")
    expect(field).to_have_value("orders of and customers in Riga, the year")
    expect(page).to_have_url(re.compile(r"search=orders\+of\+and\+customers\+in\+Riga%2C\+the\+year$"))
    expect(field).to_have_value("orders of and customers in Riga, the year")
    page.get_by_role("button", name="Clear").click()
    expect(page).to_have_url(re.compile("/projects$"))
    expect(field).to_have_value("")
    page.goto("/projects?search=here")
    page.get_by_role("link", name="Projects", exact=True).first.click()
    expect(field).to_have_value("")
    page.go_back()
    expect(field).to_have_value("here")


def test_a_lost_server_is_told_and_found_again(page: Page, watch: Watch) -> None:
    page.goto("/projects")
    expect(page.get_by_role("heading", name="Projects", level=1)).to_be_visible()
    page.context.set_offline(True)
    page.get_by_role("searchbox").fill("anything")
    banner = page.get_by_text("No connection to the server")
    expect(banner).to_be_visible()
    page.context.set_offline(False)
    expect(banner).to_be_hidden()
    expect(page.get_by_role("heading", name="No such project")).to_be_visible()


def test_the_palette_finds_pages_projects_and_commands(page: Page, project: Project) -> None:
    page.goto("/projects")
    expect(page.get_by_role("heading", name="Projects", level=1)).to_be_visible()
    page.keyboard.press("Control+k")
    palette = page.get_by_role("dialog")
    expect(palette.get_by_role("combobox")).to_be_focused()
    page.keyboard.type(project.slug)
    expect(palette.get_by_role("option", name=project.slug)).to_be_visible()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"/projects/{project.slug}$"))
    page.keyboard.press("Control+k")
    expect(palette.get_by_role("combobox")).to_be_focused()
    page.keyboard.type("dark")
    page.keyboard.press("Enter")
    expect(page.locator("html")).to_have_class(re.compile("dark"))


def test_russian_is_chosen_and_kept(page: Page) -> None:
    page.goto("/projects")
    page.get_by_role("button", name="Your account").click()
    page.get_by_role("menuitemradio", name="Русский").click()
    expect(page.get_by_role("heading", name="Проекты", level=1)).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", name="Проекты", level=1)).to_be_visible()
    assert page.evaluate("document.documentElement.lang") == "ru"


def test_the_language_of_the_profile_turns_the_page_at_once_and_stays(page: Page, admin: Admin) -> None:
    page.goto("/profile")
    page.get_by_label("Language").click()
    page.get_by_role("option", name="Русский").click()
    expect(page.get_by_role("heading", name="Профиль", level=1)).to_be_visible()
    expect(page.get_by_role("navigation").get_by_role("link", name="Проекты")).to_be_visible()
    assert page.evaluate("document.documentElement.lang") == "ru"
    other = page.context.new_page()
    other.goto("/users")
    expect(other.get_by_role("heading", name="Пользователи", level=1)).to_be_visible()
    page.get_by_label("Новый пароль", exact=True).fill("short")
    page.get_by_role("button", name="Сменить пароль").click()
    expect(page.get_by_role("alert").filter(has_text="8")).to_contain_text("символов")
    page.get_by_label("Язык").click()
    page.get_by_role("option", name="English").click()
    expect(page.get_by_role("heading", name="Profile", level=1)).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", name="Profile", level=1)).to_be_visible()


def test_a_phone_has_the_navigation_in_a_sheet(admin: Admin, new_page: NewPage) -> None:
    page = new_page(viewport=PHONE)
    page.goto("/projects")
    page.get_by_role("button", name="Open the menu").click()
    page.get_by_role("dialog").get_by_role("link", name="Plugins").click()
    expect(page.get_by_role("heading", name="Plugins", level=1)).to_be_visible()
    expect(page.get_by_role("dialog")).to_be_hidden()
    assert sideways(page) == []


def test_unknown_addresses_and_projects_are_told(page: Page) -> None:
    for path in ("/nothing", "/projects/nothing", "/projects/nothing/code"):
        page.goto(path)
        expect(page.get_by_role("heading", name="There is nothing here")).to_be_visible()


def test_the_first_page_takes_little_and_the_keyboard_reaches_the_content(page: Page) -> None:
    scripts: list[int] = []
    page.on(
        "response",
        lambda answer: scripts.append(int(answer.headers["content-length"])) if answer.url.endswith(".js") else None,
    )
    page.goto("/projects")
    expect(page.get_by_role("heading", name="Projects", level=1)).to_be_visible()
    assert 0 < sum(scripts) < 200_000
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#content")).to_be_focused()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_frame_has_no_barriers(admin: Admin, new_page: NewPage, project: Project, theme: str) -> None:
    guest = new_page(signed_in=False, color_scheme=theme)
    guest.goto("/login")
    expect(guest.get_by_role("button", name="Log in")).to_be_visible()
    assert barriers(guest) == []
    page = new_page(color_scheme=theme)
    page.goto("/projects")
    expect(page.get_by_role("link", name="Test").first).to_be_visible()
    assert barriers(page) == []
    page.get_by_role("button", name="New project").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert barriers(page) == []
    page.goto(f"/projects/{project.slug}")
    expect(page.get_by_text("Stopped").first).to_be_visible()
    assert barriers(page) == []


def test_a_failed_change_is_told_in_a_toast(page: Page) -> None:
    page.goto("/projects")
    page.get_by_role("button", name="New project").first.click()
    page.get_by_label("Name", exact=True).fill("Anything")
    answer = {"error": "Not today.", "code": "conflict", "request_id": "0"}
    page.route("**/api/projects", lambda route: route.fulfill(status=409, json=answer))
    page.get_by_role("button", name="Create").click()
    expect(page.get_by_text("Not today.")).to_be_visible()
    expect(page.get_by_label("Name", exact=True)).to_have_value("Anything")
