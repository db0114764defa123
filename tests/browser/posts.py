"""A model with three records, and the page that shows it."""

from __future__ import annotations

from typing import Any

from e2e.client import Project
from playwright.sync_api import Locator, Page, expect

FIELDS: list[dict[str, Any]] = [
    {"key": "title", "type": "string", "required": True, "options": {"max_length": 40}},
    {"key": "state", "type": "select", "options": {"values": ["draft", "live"]}},
    {"key": "views", "type": "number", "options": {"min": 0}},
]


def add_posts(project: Project) -> None:
    project.ask("POST", "/models", {"name": "Posts", "slug": "posts", "fields": FIELDS})
    for index, title in enumerate(("Alpha", "Beta", "Gamma")):
        record = {"title": title, "state": "draft" if index else "live", "views": index * 10}
        project.ask("POST", "/models/posts/data", record)


def open_posts(page: Page, project: Project, query: str = "") -> None:
    page.goto(f"/projects/{project.slug}/data/posts{query}")
    expect(page.locator("table[aria-label=Posts][aria-busy=false]")).to_be_visible(timeout=15_000)


def row(page: Page, text: str) -> Locator:
    return page.locator("tbody tr").filter(has_text=text)


def titles(project: Project) -> list[str]:
    items = project.ask("GET", "/models/posts/data?sort=title")["items"]
    return [item["title"] for item in items]
