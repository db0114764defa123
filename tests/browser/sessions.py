"""A session that ends under an open page, and what one does then."""

from __future__ import annotations

from e2e.client import PASSWORD
from playwright.sync_api import Page, expect

END = """async () => {
    const answer = await fetch('/api/auth/refresh', {method: 'POST', body: '{}',
        headers: {'Content-Type': 'application/json', 'X-M3M-Session': 'cookie'}})
    const {token} = await answer.json()
    await fetch('/api/auth/logout', {method: 'POST', headers: {Authorization: `Bearer ${token}`}})
}"""


def end_session(page: Page) -> None:
    """The server forgets it; the page knows nothing of that."""
    page.evaluate(END)


def log_in_again(page: Page) -> None:
    """In the dialog that asks for it."""
    dialog = page.get_by_role("dialog", name="Log in again")
    dialog.get_by_label("Password").fill(PASSWORD)
    dialog.get_by_role("button", name="Log in").click()
    expect(dialog).to_be_hidden()
