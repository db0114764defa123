"""The page behind the link that a new server prints."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from e2e.client import EMAIL, PASSWORD, setup_link
from playwright.sync_api import Page, expect

from m3m_core.testing import LiveServer, live_server

from .conftest import NewPage
from .watching import barriers


@pytest.fixture(scope="module")
def server() -> Iterator[LiveServer]:
    with live_server() as running:
        yield running


def fill(page: Page, email: str, password: str) -> None:
    page.get_by_label("Email").fill(email)
    page.get_by_label("Name").fill("Root")
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Create").click()


def test_the_first_user_is_made_once(server: LiveServer, new_page: NewPage) -> None:
    address, token = setup_link(server)
    page = new_page(signed_in=False)
    page.goto(f"{address}/setup?token={token}")
    assert barriers(page) == []
    fill(page, "root", "short")
    expect(page.get_by_role("alert")).to_have_count(2)
    fill(page, EMAIL, PASSWORD)
    expect(page).to_have_url(f"{server.url}/projects")
    expect(page.get_by_role("heading", name="No projects yet")).to_be_visible()
    page.go_back()
    expect(page).not_to_have_url(re.compile("token"))

    late = new_page(signed_in=False)
    late.goto(f"{address}/setup?token={token}")
    fill(late, "late@example.com", PASSWORD)
    expect(late.get_by_role("alert")).to_be_visible()
    late.get_by_role("link", name="Log in").click()
    expect(late).to_have_url(re.compile("/login$"))
