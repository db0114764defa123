"""Users: added, given rights, blocked, deleted; nobody is offered what they may not do."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from typing import Any

import pytest
from e2e.client import EMAIL, Admin, Project, send
from playwright.sync_api import Page, expect

from .conftest import PHONE, NewPage
from .watching import barriers, sideways, sign_in

PASSWORD = "a long password"


def email() -> str:
    return f"u{secrets.token_hex(4)}@example.com"


@pytest.fixture
def user(admin: Admin) -> Iterator[dict[str, Any]]:
    made: dict[str, Any] = admin.ask("POST", "/users", {"email": email(), "password": PASSWORD, "name": "Dana"})
    yield made
    admin.send("DELETE", f"/users/{made['id']}")


def row(page: Page, address: str) -> Any:
    return page.get_by_role("row").filter(has_text=address)


def test_a_user_is_added_with_rights_and_deleted(page: Page, admin: Admin, project: Project) -> None:
    address = email()
    page.goto("/users")
    page.get_by_role("button", name="Add a user").click()
    page.get_by_label("Email", exact=True).fill(EMAIL)
    page.get_by_label("Password", exact=True).fill("short")
    page.get_by_role("button", name="Create").click()
    expect(page.get_by_text("At least 8 characters.")).to_have_attribute("role", "alert")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Create").click()
    expect(page.get_by_label("Email", exact=True)).to_have_attribute("aria-invalid", "true")
    page.get_by_label("Email", exact=True).fill(address)
    page.get_by_label("May create projects").click()
    page.get_by_label("Access to projects").click()
    page.get_by_placeholder("Search").last.fill(project.slug)
    page.get_by_role("option", name=project.slug).click()
    page.get_by_role("button", name="Create").click()
    expect(row(page, address).get_by_text("Creates projects").filter(visible=True)).to_be_visible()
    expect(row(page, address).get_by_text("1 project").filter(visible=True)).to_be_visible()
    (made,) = admin.ask("GET", f"/users?search={address}")["items"]
    assert made["permissions"]["project_access"] == [project.made["id"]]
    row(page, address).get_by_role("button", name="Actions").click()
    page.get_by_role("menuitem", name="Delete").click()
    confirm = page.get_by_role("alertdialog")
    expect(confirm.get_by_role("button", name="Delete")).to_be_disabled()
    expect(confirm.get_by_role("textbox")).to_be_focused()
    page.keyboard.type(address)
    page.keyboard.press("Enter")
    expect(row(page, address)).to_have_count(0)
    expect(page.locator("#content")).to_be_focused()


def test_a_user_is_edited_blocked_and_unblocked(page: Page, admin: Admin, user: dict[str, Any]) -> None:
    page.goto(f"/users?search={user['email']}&edit={user['id']}")
    page.get_by_label("Name", exact=True).fill("Dana Scully")
    page.get_by_role("button", name="Save").click()
    expect(row(page, "Dana Scully")).to_be_visible()
    for action, blocked in (("Block", True), ("Unblock", False)):
        row(page, user["email"]).get_by_role("button", name="Actions").click()
        page.get_by_role("menuitem", name=action).click()
        if blocked:
            page.get_by_role("alertdialog").get_by_role("button", name="Block").click()
        expect(row(page, user["email"]).get_by_text("Blocked")).to_have_count(int(blocked))
        body = {"email": user["email"], "password": PASSWORD}
        assert (send(admin.server, "POST", "/api/auth/login", body).status == 200) is not blocked


def test_a_manager_is_offered_what_a_manager_may_do(admin: Admin, new_page: NewPage, user: dict[str, Any]) -> None:
    admin.ask("PUT", f"/users/{user['id']}", {"permissions": {"manage_users": True}})
    page = new_page(signed_in=False)
    sign_in(page.context, admin.server, user["email"], PASSWORD)
    page.goto("/users")
    expect(row(page, EMAIL).get_by_text("Root", exact=True).first).to_be_visible()
    expect(row(page, EMAIL).get_by_role("button")).to_have_count(0)
    page.get_by_role("button", name="Add a user").click()
    expect(page.get_by_label("May create projects")).to_be_disabled()
    expect(page.get_by_label("May manage users")).to_be_enabled()
    assert barriers(page) == []
    page.keyboard.press("Escape")
    row(page, user["email"]).get_by_role("button", name="Actions").click()
    expect(page.get_by_role("menuitem")).to_have_count(1)


def test_others_see_who_is_there_and_no_more(admin: Admin, new_page: NewPage, user: dict[str, Any]) -> None:
    page = new_page(signed_in=False, viewport=PHONE)
    sign_in(page.context, admin.server, user["email"], PASSWORD)
    page.goto("/users?edit=%2B")
    expect(row(page, EMAIL)).to_be_visible()
    expect(page.get_by_role("button", name="Add a user")).to_have_count(0)
    expect(page.get_by_role("button", name="Actions")).to_have_count(0)
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert sideways(page) == []
    assert barriers(page) == []
