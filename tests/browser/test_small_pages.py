"""Environment, plugins, the reference of the modules, the profile."""

from __future__ import annotations

import re
from io import BytesIO

from e2e.client import Admin, Project, until
from PIL import Image
from playwright.sync_api import Page, expect

from .conftest import PHONE, NewPage
from .scene import OFF_REASON, plugin_off
from .watching import barriers, cut_off, sign_in


def test_a_variable_is_added_shown_changed_and_deleted(page: Page, project: Project) -> None:
    page.goto(f"/projects/{project.slug}/env")
    page.get_by_role("button", name="Add a variable").click()
    page.get_by_label("Key").fill("API KEY")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("Letters, digits and _ only")
    page.get_by_label("Key").fill("API_KEY")
    page.get_by_role("textbox", name="Value").fill("s3cret")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("••••••", exact=True)).to_be_visible()
    expect(page.get_by_text("s3cret")).to_have_count(0)
    page.get_by_role("button", name="Show the value").click()
    expect(page.get_by_text("s3cret")).to_be_visible()
    assert barriers(page) == []
    page.get_by_role("button", name="Edit API_KEY").click()
    page.get_by_label("Type").click()
    page.get_by_role("option", name="Integer").click()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_have_text("Enter a whole number.")
    page.get_by_role("textbox", name="Value").fill("42")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("dialog")).to_be_hidden()
    assert project.ask("GET", "/env")["items"][0]["value"] == 42
    page.get_by_role("button", name="Delete API_KEY").click()
    page.get_by_role("alertdialog").get_by_role("button", name="Delete").click()
    expect(page.get_by_text("No variables yet")).to_be_visible()


def test_plugins_are_listed_and_found(page: Page) -> None:
    page.goto("/plugins")
    expect(page.get_by_role("heading", name="storage", exact=True)).to_be_visible()
    page.get_by_role("searchbox").fill("files of projects")
    expect(page.get_by_role("main").get_by_role("listitem")).to_have_count(1)
    expect(page).to_have_url(re.compile("search=files"))
    assert barriers(page) == []


def test_the_reference_finds_functions_in_every_module(page: Page) -> None:
    page.goto("/reference")
    page.get_by_role("navigation", name="Modules").get_by_role("link", name="storage", exact=True).click()
    expect(page).to_have_url(re.compile("/reference/storage$"))
    expect(page.get_by_role("heading", name="storage", exact=True)).to_be_visible()
    page.get_by_role("searchbox").fill("sleep")
    expect(page.get_by_role("heading", name=re.compile("sleep")).first).to_be_visible()
    assert barriers(page) == []


def test_the_profile_takes_a_picture_a_name_and_a_password(admin: Admin, new_page: NewPage) -> None:
    body = {"email": "profile@example.com", "password": "the first password"}
    made = admin.ask("POST", "/users", body)
    page = new_page(signed_in=False)
    sign_in(page.context, admin.server, body["email"], body["password"])
    page.goto("/profile")
    assert barriers(page) == []
    picture = BytesIO()
    Image.new("RGB", (300, 200), "#0ea5e9").save(picture, "PNG")
    file = {"name": "me.png", "mimeType": "image/png", "buffer": picture.getvalue()}
    page.locator("input[type=file]").set_input_files([file])  # type: ignore[list-item]
    until(lambda: page.locator("main img").evaluate("picture => picture.naturalWidth") == 256)
    until(lambda: page.get_by_role("button", name="Your account").locator("img").count() == 1)
    kept = Image.open(BytesIO(admin.send("GET", f"/users/{made['id']}/avatar").body))
    assert kept.size == (256, 256)
    red, green, blue = kept.convert("RGB").resize((1, 1)).getpixel((0, 0))  # type: ignore[misc]
    assert max(abs(red - 0x0E), abs(green - 0xA5), abs(blue - 0xE9)) < 4  # it is kept with losses
    page.get_by_label("Name", exact=True).fill("Dana Scully")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("button", name="Your account")).to_contain_text("Dana Scully")
    page.get_by_label("Current password").fill("wrong")
    page.get_by_label("New password", exact=True).fill("the second password")
    page.get_by_label("New password once more").fill("the second password")
    page.get_by_role("button", name="Change the password").click()
    expect(page.get_by_label("Current password")).to_have_attribute("aria-invalid", "true")
    page.get_by_label("Current password").fill(body["password"])
    page.get_by_role("button", name="Change the password").click()
    expect(page.get_by_label("Current password")).to_have_value("")
    sign_in(page.context, admin.server, body["email"], "the second password")
    admin.ask("DELETE", f"/users/{made['id']}")


def test_on_a_phone_a_variable_is_edited_without_scrolling_sideways(new_page: NewPage, project: Project) -> None:
    project.ask("POST", "/env", {"key": "STATIONS", "type": "integer", "value": 3})
    page = new_page(viewport=PHONE)
    page.goto(f"/projects/{project.slug}/env")
    expect(page.get_by_role("link", name="Environment").last).to_be_in_viewport(ratio=0.9)
    for name in ("Show the value", "Edit STATIONS", "Delete STATIONS"):
        expect(page.get_by_role("button", name=name)).to_be_in_viewport(ratio=1)
    key = page.get_by_role("cell", name="STATIONS", exact=True).bounding_box()
    assert key is not None
    assert key["height"] < 50  # one line


def test_on_a_phone_no_text_of_the_overview_is_cut_off(new_page: NewPage, project: Project) -> None:
    project.write("router.get('/', () => 1)")
    project.start(branch="develop")
    project.get("/")
    page = new_page(viewport=PHONE)
    page.goto(f"/projects/{project.slug}")
    expect(page.get_by_text("p95").first).to_be_visible()
    assert cut_off(page) == []


def test_words_in_backticks_are_shown_as_code(page: Page) -> None:
    page.goto("/plugins?search=demo")
    expect(page.get_by_role("code").filter(has_text="m3m demo")).to_be_visible()


def test_a_plugin_that_is_off_is_the_first_and_tells_why(page: Page) -> None:
    plugin_off(page)
    page.goto("/plugins")
    first = page.get_by_role("main").get_by_role("listitem").first
    expect(first.get_by_role("heading")).to_have_text("tides")
    expect(first).to_contain_text(OFF_REASON)
    expect(first.get_by_text("Off", exact=True)).to_be_visible()
