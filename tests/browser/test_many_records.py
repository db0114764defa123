"""A table over 100,000 records: its pages, order, filter, search, deletion and export."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from statistics import median
from typing import Any

import pytest
from e2e.client import Admin, Project
from playwright.sync_api import Locator, Page, expect

from .posts import row

pytestmark = pytest.mark.slow

MANY, PART = 100_000, 20_000
TURN_MS = 1000
"""A turned page is there within so long."""

FIELDS: list[dict[str, Any]] = [
    {"key": "title", "type": "string", "required": True},
    {"key": "city", "type": "string", "index": True},
    {"key": "amount", "type": "number", "index": True},
    {"key": "note", "type": "text"},
]

TURN = """(button, wanted) => new Promise((done) => {
    const begun = performance.now()
    const look = () => {
        const row = document.querySelector('table[aria-busy=false] tbody tr[data-index="0"]')
        if (row?.textContent.includes(wanted)) done(performance.now() - begun)
        else requestAnimationFrame(look)
    }
    button.click()
    look()
})"""


def order(number: int) -> dict[str, Any]:
    return {
        "title": f"Order {number:06}",
        "city": f"city-{number % 1000:03}",
        "amount": (number + 1) * 7919 % MANY,
        "note": f"Left at the door of house {number % 997}",
    }


@pytest.fixture(scope="module")
def orders(admin: Admin) -> Iterator[Project]:
    made = Project(admin)
    made.ask("POST", "/models", {"name": "Orders", "slug": "orders", "fields": FIELDS})
    for begin in range(0, MANY, PART):
        made.ask("POST", "/models/orders/data/import", [order(number) for number in range(begin, begin + PART)])
    yield made
    made.send("DELETE")


def open_orders(page: Page, project: Project, query: str = "") -> None:
    page.goto(f"/projects/{project.slug}/data/orders{query}")
    expect(page.locator("table[aria-label=Orders][aria-busy=false]")).to_be_visible()


def first_row(page: Page) -> Locator:
    return page.locator("table[aria-busy=false] tbody tr[data-index='0']")


def pages_of(page: Page) -> Locator:
    return page.get_by_role("navigation", name="Pages", exact=True)


def test_pages_are_turned_and_sorted_at_once(page: Page, orders: Project) -> None:
    open_orders(page, orders, "?sort=title")
    expect(page.get_by_text("100,000 records", exact=True)).to_be_visible()
    steps = {"Next": 50, "Last": MANY - 50, "Previous": MANY - 100, "First": 0}
    taken = {
        name: pages_of(page).get_by_role("button", name=f"{name} page").evaluate(TURN, f"Order {first:06}")
        for name, first in steps.items()
    }
    expect(pages_of(page)).to_contain_text("1 of 2,000")
    for name, least, most in (("amount", MANY - 1, 82_320), ("title", 0, MANY - 1)):
        head = page.get_by_role("columnheader", name=name).get_by_role("button")
        taken[f"{name} up"] = head.evaluate(TURN, f"Order {least:06}")
        taken[f"{name} down"] = head.evaluate(TURN, f"Order {most:06}")
    assert median(taken.values()) < TURN_MS, taken


def test_few_are_found_among_many(page: Page, orders: Project) -> None:
    open_orders(page, orders, "?page=2000")
    line = page.get_by_role("combobox", name="Filter")
    line.fill("city = 'city-042' && amount < 50000")
    page.keyboard.press("Enter")
    expect(page.get_by_text("50 records", exact=True)).to_be_visible()
    page.get_by_role("searchbox").fill("order 004042")
    expect(page.get_by_text("1 record", exact=True)).to_be_visible()
    expect(row(page, "Order 004042")).to_contain_text("city-042")


@pytest.fixture
def _refilled(orders: Project) -> Iterator[None]:
    """The tests may come in any order, and the others count all."""
    yield
    orders.ask("POST", "/models/orders/data/import", [order(number) for number in range(500, 600)])


@pytest.mark.usefixtures("_refilled")
def test_a_large_last_page_is_chosen_and_deleted_and_the_one_before_it_is_shown(page: Page, orders: Project) -> None:
    open_orders(page, orders, "?sort=title&filter=title<'Order 000600'")
    page.get_by_role("combobox", name="Rows per page").click()
    page.get_by_role("option", name="500 rows").click()
    expect(row(page, "Order 000000")).to_be_visible()
    pages_of(page).get_by_role("button", name="Last page").click()
    expect(row(page, "Order 000500")).to_be_visible()
    page.get_by_role("checkbox", name="Select all").click()
    chosen = page.get_by_role("region", name="Selected records")
    expect(chosen).to_contain_text("100 selected")
    chosen.get_by_role("button", name="Delete").click()
    page.get_by_role("alertdialog").get_by_role("button", name="Delete").click()
    expect(page.get_by_text("500 records", exact=True)).to_be_visible()
    expect(row(page, "Order 000000")).to_be_visible()
    expect(page).not_to_have_url(re.compile("[?&]page="))


def test_all_of_them_are_exported(page: Page, orders: Project) -> None:
    open_orders(page, orders)
    page.get_by_role("button", name="Import and export").click()
    with page.expect_download() as started:
        page.get_by_role("menuitem", name="CSV", exact=True).click()
    with started.value.path().open(newline="") as file:
        found = {record["title"]: record["city"] for record in csv.DictReader(file)}
    left = orders.ask("GET", "/models/orders/data?per_page=1")["total_items"]
    assert len(found) == left
    assert found[order(MANY - 1)["title"]] == order(MANY - 1)["city"]
