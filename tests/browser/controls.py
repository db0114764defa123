"""What is done with the control `Value` of a record's form, and what is seen of it: acts on the sheet with the form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import FilePayload, Locator, expect

Act = Callable[[Locator], None]

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415478da63f8ffff3f0005fe02fe33"
    "12959b0000000049454e44ae426082"
)


def of(sheet: Locator) -> Locator:
    return sheet.get_by_label("Value", exact=True)


def fill(text: str) -> Act:
    return lambda sheet: of(sheet).fill(text)


def has(text: str) -> Act:
    return lambda sheet: expect(of(sheet)).to_have_value(text)


def reads(text: str) -> Act:
    return lambda sheet: expect(of(sheet)).to_have_text(text)


def press(name: str) -> Act:
    return lambda sheet: sheet.get_by_role("button", name=name, exact=True).click()


def choose(*names: str) -> Act:
    """In the list that the control opens; one of several stays open."""

    def act(sheet: Locator) -> None:
        sheet.get_by_role("combobox", name="Value").click()
        for name in names:
            sheet.page.get_by_role("option", name=name).click()
        if sheet.page.get_by_role("option").count() > 0:
            sheet.page.keyboard.press("Escape")

    return act


def tags(*names: str) -> Act:
    def act(sheet: Locator) -> None:
        for name in names:
            expect(sheet.get_by_role("button", name=f"Remove {name}")).to_be_visible()

    return act


def remove(*names: str) -> Act:
    def act(sheet: Locator) -> None:
        for name in names:
            press(f"Remove {name}")(sheet)

    return act


def tick(role: Any, *names: str) -> Act:
    def act(sheet: Locator) -> None:
        for name in names:
            sheet.get_by_role(role, name=name, exact=True).click()

    return act


def ticked(role: Any, *names: str) -> Act:
    def act(sheet: Locator) -> None:
        for name in names:
            expect(sheet.get_by_role(role, name=name, exact=True)).to_be_checked()

    return act


def embolden(sheet: Locator) -> None:
    of(sheet).fill("some rain")
    of(sheet).evaluate("(area) => area.setSelectionRange(5, 9)")
    press("Bold")(sheet)
    expect(of(sheet)).to_be_focused()
    sheet.page.keyboard.type("snow")


def write_marked(sheet: Locator) -> None:
    sheet.get_by_role("textbox", name="Value").click()
    press("Heading")(sheet)
    sheet.page.keyboard.type("Rain")


def read_marked(sheet: Locator) -> None:
    expect(sheet.get_by_role("textbox", name="Value").get_by_role("heading", name="Rain")).to_be_visible()


def clear_marked(sheet: Locator) -> None:
    sheet.get_by_role("textbox", name="Value").click()
    sheet.page.keyboard.press("Control+a")
    sheet.page.keyboard.press("Backspace")


def slide(sheet: Locator) -> None:
    thumb = sheet.get_by_role("slider", name="Value")
    thumb.focus()
    for key in ("End", "ArrowLeft"):
        sheet.page.keyboard.press(key)


def slid(number: str) -> Act:
    def act(sheet: Locator) -> None:
        expect(sheet.get_by_role("slider", name="Value")).to_have_attribute("aria-valuenow", number)
        expect(sheet.get_by_role("textbox", name="Value")).to_have_value(number)

    return act


def unslide(sheet: Locator) -> None:
    sheet.get_by_role("textbox", name="Value").fill("")


def attach(name: str, content: bytes) -> Act:
    def act(sheet: Locator) -> None:
        file: FilePayload = {"name": name, "mimeType": "", "buffer": content}
        sheet.locator("input[type=file]").set_input_files(file)
        expect(sheet.get_by_role("listitem").filter(has_text=name)).to_be_visible()

    return act


def attached(name: str) -> Act:
    return lambda sheet: expect(sheet.get_by_role("listitem").filter(has_text=name)).to_be_visible()


def pictured(sheet: Locator) -> None:
    expect(sheet.get_by_role("listitem").locator("img")).to_have_js_property("naturalWidth", 1)


def detach(name: str) -> Act:
    return lambda sheet: sheet.get_by_role("listitem").filter(has_text=name).get_by_role("button").click()


def look(sheet: Locator) -> list[str]:
    """All that the control says: its texts, values and marks."""
    found: list[str] = sheet.locator("[data-field=value]").evaluate(
        """(field) => [field.innerText, ...[...field.querySelectorAll('input, textarea, [aria-checked]')]
            .map((each) => each.value + each.getAttribute('aria-checked'))]"""
    )
    return found
