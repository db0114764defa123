"""Every control of a record's form: written, saved, opened again, and cleared; against what the API holds then."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

import pytest
from e2e.client import Project, until
from playwright.sync_api import Page, expect

from .conftest import NewPage
from .controls import (
    PIXEL,
    Act,
    attach,
    attached,
    choose,
    clear_marked,
    detach,
    embolden,
    fill,
    has,
    look,
    pictured,
    press,
    read_marked,
    reads,
    remove,
    slid,
    slide,
    tags,
    tick,
    ticked,
    unslide,
    write_marked,
)
from .posts import row

ZONE = "Asia/Tokyo"
"""Of the browser: nine hours before UTC, the whole year."""


class Control(NamedTuple):
    """`saved` is a pattern of a text, or the value itself; `empty` what the API holds when it was cleared."""

    type: str
    view: str
    write: Act
    saved: Any
    shown: Act
    clear: Act
    options: dict[str, Any] = {}  # noqa: RUF012 - of a tuple
    empty: Any = None


POST = {"model": "posts"}
LIST = {"values": ["low", "middle", "high"]}
NUMBERS = {"min": 0, "max": 10}
ID = r"[0-9a-f]{24}"
ENDS = ["low", "high"]

UPLOADED = r"data/things/\w+-"
WRITTEN = '{"a": [1, null]}'
TIDY = '{\n  "a": [\n    1,\n    null\n  ]\n}'
MOMENT, LOCAL = "2026-02-27T23:30:05.000Z", "2026-02-28T08:30:05"
LINK = "https://example.com/"
TEXT_FILE, PICTURE = re.compile(UPLOADED + r"a\.txt"), re.compile(UPLOADED + r"a\.png")
UNSET = press("Unset")
TICK_ENDS = tick("checkbox", "low", "high")

CONTROLS = [
    Control("string", "input", fill("Rain"), "Rain", has("Rain"), fill("")),
    Control("email", "input", fill("a@example.com"), "a@example.com", has("a@example.com"), fill("")),
    Control("url", "input", fill(LINK), LINK, has(LINK), fill("")),
    Control("text", "textarea", fill("Rain\nsnow"), "Rain\nsnow", has("Rain\nsnow"), fill("")),
    Control("text", "markdown", embolden, "some **snow**", has("some **snow**"), fill("")),
    Control("text", "tiptap", write_marked, "<h2>Rain</h2>", read_marked, clear_marked),
    Control("number", "input", fill("-12"), -12, has("-12"), fill("")),
    Control("number", "slider", slide, 9, slid("9"), unslide, NUMBERS),
    Control("float", "input", fill("1,5"), 1.5, has("1.5"), fill("")),
    Control("float", "slider", slide, 9.95, slid("9.95"), unslide, NUMBERS),
    Control("bool", "checkbox", tick("checkbox", "Value"), True, ticked("checkbox", "Value"), UNSET),
    Control("bool", "switch", tick("switch", "Value"), True, ticked("switch", "Value"), UNSET),
    Control("date", "picker", fill("2026-02-28"), "2026-02-28", has("2026-02-28"), fill("")),
    Control("date", "input", fill("2026-02-28"), "2026-02-28", has("2026-02-28"), fill("")),
    Control("datetime", "picker", fill(LOCAL), MOMENT, has(LOCAL), fill("")),
    Control("datetime", "input", fill(f"{LOCAL}+09:00"), MOMENT, has(MOMENT), fill("")),
    Control("select", "select", choose("high"), "high", reads("high"), choose("None"), LIST),
    Control("select", "radio", tick("radio", "high"), "high", ticked("radio", "high"), UNSET, LIST),
    Control("multiselect", "select", choose(*ENDS), ENDS, tags(*ENDS), remove(*ENDS), LIST, []),
    Control("multiselect", "checkboxes", TICK_ENDS, ENDS, ticked("checkbox", *ENDS), TICK_ENDS, LIST, []),
    Control("ref", "select", choose("Beta"), re.compile(ID), reads("Beta"), choose("None"), POST),
    Control("ref", "combobox", choose("Beta"), re.compile(ID), tags("Beta"), remove("Beta"), POST),
    Control("file", "file", attach("a.txt", b"hello"), TEXT_FILE, attached("a.txt"), detach("a.txt")),
    Control("file", "image", attach("a.png", PIXEL), PICTURE, pictured, detach("a.png")),
    Control("document", "json", fill(WRITTEN), {"a": [1, None]}, has(TIDY), fill("")),
]  # fmt: skip


@pytest.mark.parametrize("control", CONTROLS, ids=lambda each: f"{each.type} as {each.view}")
def test_a_value_is_written_saved_seen_again_and_cleared(new_page: NewPage, posts: Project, control: Control) -> None:
    page = new_page(timezone_id=ZONE)
    make_model(posts, control)
    page.goto(f"/projects/{posts.slug}/data/things?record=new")
    sheet = page.get_by_role("dialog")
    sheet.get_by_label("name").fill("First")
    control.write(sheet)
    sheet.get_by_role("button", name="Create", exact=True).click()
    expect(row(page, "First")).to_be_visible()
    [made] = records(posts)
    if isinstance(control.saved, re.Pattern):
        assert control.saved.fullmatch(made["value"])
    else:
        assert made["value"] == control.saved
    open_again(page)
    control.shown(sheet)
    full = look(sheet)
    control.clear(sheet)
    empty = look(sheet)
    assert empty != full
    sheet.get_by_role("button", name="Save", exact=True).click()
    expect(sheet).to_be_hidden()
    assert records(posts)[0]["value"] == control.empty
    open_again(page)
    until(lambda: look(sheet) == empty)


def make_model(project: Project, control: Control) -> None:
    value = {"key": "value", "label": "Value", "type": control.type, "options": control.options}
    fields = [{"key": "name", "type": "string", "required": True}, value]
    form = {"field_views": {"value": control.view}}
    project.ask("POST", "/models", {"name": "Things", "slug": "things", "fields": fields, "form_config": form})


def records(project: Project) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = project.ask("GET", "/models/things/data")["items"]
    return found


def open_again(page: Page) -> None:
    row(page, "First").click()
    expect(page.get_by_role("dialog").get_by_label("name")).to_have_value("First")
