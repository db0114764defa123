"""The designer of a model: what it says about the table, and where one begins to write."""

from __future__ import annotations

from e2e.client import Project
from playwright.sync_api import Locator, Page, expect

FIELDS = [{"key": f"field{number}", "type": "string"} for number in range(9)]
COLOUR = "row => getComputedStyle(row.querySelector('span')).color"


def colour(row: Locator) -> str:
    found: str = row.evaluate(COLOUR)
    return found


def test_the_usual_columns_are_not_dimmed_while_none_is_chosen(page: Page, project: Project) -> None:
    project.ask("POST", "/models", {"name": "Wide", "slug": "wide", "fields": FIELDS})
    page.goto(f"/projects/{project.slug}/data/wide/model?tab=layout")
    table = page.get_by_role("listitem").filter(has=page.get_by_role("button", name="In the table"))
    expect(table).to_have_count(11)  # with the times
    shown = [colour(table.nth(place)) == colour(table.nth(0)) for place in range(11)]
    assert shown == [True] * 7 + [False] * 2 + [True, False]
    table.nth(8).get_by_role("button", name="In the table").click()
    expect(table.nth(0)).to_contain_text("field8")
    assert colour(table.nth(0)) != colour(table.nth(1))


def test_a_new_model_begins_with_its_name_and_an_added_field_with_its_key(page: Page, project: Project) -> None:
    page.goto(f"/projects/{project.slug}/data/new-model")
    expect(page.get_by_label("Name", exact=True)).to_be_focused()
    page.keyboard.type("Blue whales")
    expect(page.get_by_label("Slug")).to_have_value("blue_whales")
    page.get_by_role("button", name="Add a field").click()
    expect(page.get_by_label("Key").last).to_be_focused()
