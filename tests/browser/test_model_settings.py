"""What can be set of a field in the builder: each saved as the API shows it, seen again, and taken back."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
from e2e.client import Project, until
from playwright.sync_api import Locator, Page, expect

from .posts import open_posts, row

Act = Callable[[Locator], None]


class Setting(NamedTuple):
    """`path` leads through the model of the API to what is `set`, and what it is when that was taken back."""

    type: str
    act: Act
    path: str
    set: Any
    back: Act
    unset: Any = None
    options: dict[str, Any] = {}  # noqa: RUF012 - of a tuple


def default(text: str) -> Act:
    return lambda card: card.get_by_label("Default", exact=True).fill(text)


def press(name: str) -> Act:
    return lambda card: card.get_by_role("button", name=name, exact=True).click()


def turn(name: str) -> Act:
    return lambda card: card.get_by_role("switch", name=name).click()


def choose(name: str) -> Act:
    def act(card: Locator) -> None:
        card.get_by_role("combobox", name="Default").click()
        card.page.get_by_role("option", name=name, exact=True).click()

    return act


NOW = press("Time of creation")
VALUES = {"values": ["low", "high"]}
DEFAULT = "fields.1.default_value"

SETTINGS = [
    Setting("string", default("Rain"), DEFAULT, "Rain", default("")),
    Setting("text", default("Rain\nsnow"), DEFAULT, "Rain\nsnow", default("")),
    Setting("number", default("7"), DEFAULT, 7, default("")),
    Setting("float", default("0.5"), DEFAULT, 0.5, default("")),
    Setting("bool", lambda card: card.get_by_role("checkbox").click(), DEFAULT, True, press("Unset")),
    Setting("date", NOW, DEFAULT, "$now", NOW),
    Setting("date", default("2026-02-28"), DEFAULT, "2026-02-28", default("")),
    Setting("datetime", NOW, DEFAULT, "$now", NOW),
    Setting("select", choose("high"), DEFAULT, "high", choose("None"), None, VALUES),
    Setting("document", default('{\n  "a": 1\n}'), DEFAULT, {"a": 1}, default("")),
    Setting("string", turn("Unique"), "fields.1.unique", True, turn("Unique"), False),
    Setting("string", turn("Index"), "fields.1.index", True, turn("Index"), False),
    Setting("string", turn("Required"), "fields.1.required", True, turn("Required"), False),
    Setting("string", turn("May be null"), "fields.1.nullable", False, turn("May be null"), True),
]


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda each: f"{each.path} of {each.type} as {each.set}")
def test_a_setting_of_a_field_is_saved_seen_again_and_taken_back(
    page: Page, project: Project, setting: Setting
) -> None:
    value = {"key": "value", "type": setting.type, "options": setting.options}
    fields = [{"key": "name", "type": "string"}, value]
    project.ask("POST", "/models", {"name": "Things", "slug": "things", "fields": fields})
    page.goto(f"/projects/{project.slug}/data/things/model")
    card = open_field(page)
    before = look(card)
    setting.act(card)
    after = look(card)
    assert after != before
    save(page)
    assert part(project, setting.path) == setting.set
    page.get_by_role("link", name="Edit the model").click()
    card = open_field(page)
    until(lambda: look(card) == after)
    setting.back(card)
    save(page)
    assert part(project, setting.path) == setting.unset


def open_field(page: Page) -> Locator:
    page.get_by_role("button", name="Details of value").click()
    return page.get_by_role("listitem").filter(has=page.get_by_role("button", name="Move value"))


def look(card: Locator) -> list[str]:
    """The values and marks of its controls."""
    found: list[str] = card.evaluate(
        """(card) => [...card.querySelectorAll('input, textarea, [aria-checked], [role=combobox]')]
            .map((each) => [each.value, each.getAttribute('aria-checked'), each.innerText].join(' '))"""
    )
    return found


def save(page: Page) -> None:
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page).to_have_url(re.compile("/data/things$"))


def part(project: Project, path: str) -> Any:
    found: Any = project.ask("GET", "/models/things")
    for step in path.split("."):
        found = found[int(step) if step.isdecimal() else step]
    return found


def setting_row(page: Page, card: str, field: str) -> Locator:
    """A field's line in one of the two lists: of the table, and of the form."""
    lines = page.get_by_role("listitem").filter(has=page.get_by_role("button", name=f"Move {field}"))
    return lines.nth(["table", "form"].index(card))


def test_what_the_table_and_the_form_show_is_chosen(page: Page, posts: Project) -> None:
    page.goto(f"/projects/{posts.slug}/data/posts/model?tab=layout")
    for field in ("title", "views"):
        setting_row(page, "table", field).get_by_role("button", name="In the table").click()
    setting_row(page, "table", "state").get_by_role("button", name="Offered first in filters").click()
    setting_row(page, "table", "title").get_by_role("button", name="Searched").click()
    setting_row(page, "table", "views").get_by_role("button", name="Sortable").click()
    setting_row(page, "form", "views").get_by_role("button", name="In the form").click()
    page.get_by_role("combobox", name="View of state").click()
    page.get_by_role("option", name="Radio").click()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("thead")).to_contain_text("views")
    expect(page.get_by_role("columnheader", name="state")).to_be_hidden()
    saved = posts.ask("GET", "/models/posts")
    table = {"columns": ["title", "views"], "filters": ["state"], "sort_columns": ["views"], "searchable": ["title"]}
    assert saved["table_config"] == table
    assert saved["form_config"]["hidden_fields"] == ["views"]
    assert saved["form_config"]["field_views"] == {"state": "radio"}
    row(page, "Beta").click()
    sheet = page.get_by_role("dialog")
    expect(sheet.get_by_role("radio", name="draft")).to_be_checked()
    expect(sheet.locator("[data-field]")).to_have_count(2)
    page.goto(f"/projects/{posts.slug}/data/posts/model?tab=layout")
    setting_row(page, "form", "views").get_by_role("button", name="In the form").click()
    setting_row(page, "table", "state").get_by_role("button", name="In the table").click()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("columnheader", name="state")).to_be_visible()
    row(page, "Beta").click()
    expect(sheet.locator("[data-field]")).to_have_count(3)


def test_a_renamed_field_of_another_type_is_reported_and_changed(page: Page, posts: Project) -> None:
    """Texts become numbers where they can be read as such."""
    posts.ask("POST", "/models/posts/data", {"title": "12", "state": "live"})
    page.goto(f"/projects/{posts.slug}/data/posts/model")
    page.get_by_role("button", name="Details of title").click()
    page.get_by_role("switch", name="Required").click()
    page.get_by_label("Key", exact=True).first.fill("rank")
    page.get_by_role("combobox", name="Type").first.click()
    page.get_by_role("option", name="Whole number").click()
    before = posts.ask("GET", "/models/posts")
    page.get_by_role("button", name="Save", exact=True).click()
    report = page.get_by_role("dialog", name="What this does to the records")
    effects = report.get_by_role("listitem").filter(has=page.locator("code"))
    expect(effects.filter(has_text="renamed")).to_contain_text("4 records")
    expect(effects.filter(has_text="converted")).to_contain_text('"12" → 12')
    expect(effects.filter(has_text="lost")).to_contain_text("3 records")
    report.get_by_role("button", name="Back").click()
    assert posts.ask("GET", "/models/posts") == before
    page.get_by_role("button", name="Save", exact=True).click()
    report.get_by_role("button", name="Change it and lose these values").click()
    expect(page).to_have_url(re.compile("/data/posts$"))
    first = posts.ask("GET", "/models/posts")["fields"][0]
    assert (first["key"], first["type"]) == ("rank", "number")
    ranks = [record["rank"] for record in posts.ask("GET", "/models/posts/data?sort=created_at")["items"]]
    assert ranks == [None, None, None, 12]


def test_a_second_record_with_a_unique_value_is_refused_at_its_field(page: Page, posts: Project) -> None:
    page.goto(f"/projects/{posts.slug}/data/posts/model")
    page.get_by_role("button", name="Details of title").click()
    page.get_by_role("switch", name="Unique").click()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page).to_have_url(re.compile("/data/posts$"))
    open_posts(page, posts, "?record=new")
    sheet = page.get_by_role("dialog")
    sheet.get_by_label("title").fill("Alpha")
    sheet.get_by_role("button", name="Create", exact=True).click()
    expect(sheet.get_by_label("title")).to_have_attribute("aria-invalid", "true")
    expect(sheet.get_by_role("alert")).to_be_visible()
