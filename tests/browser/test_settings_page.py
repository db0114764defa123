"""The settings of a project: what it is called, who belongs to it, its key, its end."""

from __future__ import annotations

import re

from e2e.client import Admin, Project, until
from playwright.sync_api import Page, expect

from m3m_core.testing import LiveServer

from .conftest import NewPage
from .watching import barriers, sign_in

PASSWORD = "a long password"


def test_the_name_and_the_slug_are_changed_and_a_refusal_is_at_its_field(
    page: Page, admin: Admin, project: Project
) -> None:
    other = Project(admin, name="Other")
    page.goto(f"/projects/{project.slug}/settings")
    page.get_by_label("Name", exact=True).fill("Renamed")
    slug = page.get_by_label("Slug", exact=True)
    slug.fill(other.slug)
    expect(page.get_by_text("All links will change")).to_be_visible()
    page.get_by_label("Instances").fill("17")
    save = page.get_by_role("button", name="Save")
    save.click()
    expect(page.get_by_text("A whole number from 1 to 16.")).to_be_visible()
    page.get_by_label("Instances").fill("2")
    save.click()
    expect(slug).to_have_attribute("aria-invalid", "true")
    assert barriers(page) == []
    new = f"{project.slug}-new"
    slug.fill(new)
    save.click()
    expect(page).to_have_url(re.compile(f"/projects/{new}/settings$"))
    expect(page.get_by_role("main").get_by_text("Renamed", exact=True)).to_be_visible()
    project.slug = new
    assert project.ask("GET", "")["instances"] == 2
    other.send("DELETE")


def test_the_colour_and_the_start_with_the_server_are_changed_and_taken_back(page: Page, project: Project) -> None:
    page.goto(f"/projects/{project.slug}/settings")
    form = page.get_by_role("main").locator("form").first
    colour = form.get_by_role("radio", name="Sky", exact=True)
    none = form.get_by_role("radio", name="No colour")
    start = form.get_by_role("switch", name="Start with the server")
    before = project.ask("GET")
    assert before["color"] is None
    for chosen, color, auto_start in ((colour, "sky", not before["auto_start"]), (none, None, before["auto_start"])):
        chosen.click()
        start.click()
        form.get_by_role("button", name="Save").click()
        expect(form.get_by_role("button", name="Save")).to_be_disabled()
        until(lambda color=color: project.ask("GET")["color"] == color)
        assert project.ask("GET")["auto_start"] == auto_start
        page.reload()
        expect(chosen).to_be_checked()
        expect(start).to_be_checked(checked=auto_start)


def test_members_are_found_added_and_removed_and_may_not_do_all(
    page: Page, admin: Admin, server: LiveServer, new_page: NewPage, project: Project
) -> None:
    email = f"{project.slug}@example.com"
    admin.ask("POST", "/users", {"email": email, "password": PASSWORD, "name": "Clara"})
    page.goto(f"/projects/{project.slug}/settings")
    page.get_by_role("button", name="Add a member").click()
    page.get_by_placeholder("Name or email").fill(project.slug)
    page.get_by_role("option", name="Clara").click()
    expect(page.get_by_role("listitem").filter(has_text=email)).to_contain_text("Member")
    member = new_page(signed_in=False)
    sign_in(member.context, server, email, PASSWORD)
    member.goto(f"/projects/{project.slug}/settings")
    expect(member.get_by_text("Only the owner and the root user change members.")).to_be_visible()
    expect(member.get_by_role("button", name="Delete the project")).to_be_disabled()
    page.get_by_role("button", name=f"Remove: {email}").click()
    page.get_by_role("alertdialog").get_by_role("button", name="Remove").click()
    expect(page.get_by_role("listitem").filter(has_text=email)).to_have_count(0)
    member.reload()
    expect(member.get_by_role("heading", name="There is nothing here")).to_be_visible()


def test_the_key_is_hidden_shown_and_made_anew(page: Page, project: Project) -> None:
    old = project.ask("GET", "")["api_key"]
    page.goto(f"/projects/{project.slug}/settings")
    expect(page.get_by_role("button", name="Show the key")).to_be_visible()
    assert old not in page.content()
    page.get_by_role("button", name="Show the key").click()
    expect(page.get_by_text(old)).to_be_visible()
    page.get_by_role("button", name="Make a new key").click()
    page.get_by_role("alertdialog").get_by_role("button", name="Make a new key").click()
    expect(page.get_by_text(old)).to_have_count(0)
    expect(page.get_by_text(project.ask("GET", "")["api_key"])).to_be_visible()


def test_whom_access_was_granted_is_told_who_sees_the_key(
    admin: Admin, server: LiveServer, new_page: NewPage, project: Project
) -> None:
    email = f"{project.slug}-granted@example.com"
    rights = {"project_access": [project.ask("GET", "")["id"]]}
    admin.ask("POST", "/users", {"email": email, "password": PASSWORD, "permissions": rights})
    granted = new_page(signed_in=False)
    sign_in(granted.context, server, email, PASSWORD)
    granted.goto(f"/projects/{project.slug}/settings")
    expect(granted.get_by_text("Only the owner, members and the root user see and renew the key.")).to_be_visible()
    expect(granted.get_by_role("button", name="Make a new key")).to_have_count(0)


def test_a_project_is_deleted_by_whoever_types_its_name(page: Page, admin: Admin) -> None:
    doomed = Project(admin, name="Doomed one")
    page.goto(f"/projects/{doomed.slug}/settings")
    page.get_by_role("button", name="Delete the project").click()
    dialog = page.get_by_role("alertdialog")
    confirm = dialog.get_by_role("button", name="Delete the project")
    dialog.get_by_role("textbox").fill("Doomed")
    expect(confirm).to_be_disabled()
    dialog.get_by_role("textbox").fill("Doomed one")
    confirm.click()
    expect(page).to_have_url(re.compile("/projects$"))
    expect(page.get_by_text("Doomed one is deleted")).to_be_visible()
    expect(page.get_by_role("main").get_by_role("link", name="Doomed one")).to_have_count(0)
    assert doomed.send("GET").status == 404
