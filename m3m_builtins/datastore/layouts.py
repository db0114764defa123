"""How records are shown: which columns a table has, and how a form asks for each field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from m3m_core import FieldError, field

from .schema import TEXTS, Field

Problems = dict[str, FieldError]

VIEWS: Mapping[str, tuple[str, ...]] = {
    "string": ("input",),
    "email": ("input",),
    "url": ("input",),
    "text": ("textarea", "tiptap", "markdown"),
    "number": ("input", "slider"),
    "float": ("input", "slider"),
    "bool": ("checkbox", "switch"),
    "date": ("picker", "input"),
    "datetime": ("picker", "input"),
    "file": ("file", "image"),
    "ref": ("select", "combobox"),
    "document": ("json",),
    "select": ("select", "radio"),
    "multiselect": ("select", "checkboxes"),
}
"""The views of each type, its usual one first."""

SHOWN_ANYWAY = ("id", "created_at", "updated_at")
MOST_RADIOS = 20
"""More values than this are no radio buttons or checkboxes, but a select."""

TABLE = ("columns", "filters", "sort_columns", "searchable")
FORM = ("field_order", "hidden_fields", "field_views")


def check_table(config: Mapping[str, Any], fields: Mapping[str, Field]) -> Problems:
    wrong: Problems = {}
    for part in TABLE:
        names = config.get(part, ())
        known = set(fields) if part == "searchable" else {*fields, *SHOWN_ANYWAY}
        wrong |= _check_names(f"table_config.{part}", names, known)
        for index, name in enumerate(names):
            problem = _unfit(part, fields[name]) if name in fields else None
            if problem is not None:
                wrong[f"table_config.{part}.{index}"] = field("not_possible", problem)
    return wrong


def check_form(config: Mapping[str, Any], fields: Mapping[str, Field]) -> Problems:
    wrong: Problems = {}
    for part in ("field_order", "hidden_fields"):
        wrong |= _check_names(f"form_config.{part}", config.get(part, ()), set(fields))
    for index, name in enumerate(config.get("hidden_fields", ())):
        spec = fields.get(name)
        if spec is not None and spec.required and spec.default_value is None:
            message = "A required field without a default cannot be hidden."
            wrong[f"form_config.hidden_fields.{index}"] = field("not_possible", message)
    for name, view in config.get("field_views", {}).items():
        path = f"form_config.field_views.{name}"
        if name not in fields:
            wrong[path] = field("unknown_field", "There is no such field.")
        elif problem := _check_view(fields[name], view):
            wrong[path] = field("not_allowed", problem)
    return wrong


def without(config: Mapping[str, Any], gone: set[str], renamed: Mapping[str, str]) -> dict[str, Any]:
    """The same layout after fields are gone or called otherwise."""
    changed: dict[str, Any] = {}
    for part, names in config.items():
        if isinstance(names, Mapping):
            changed[part] = {renamed.get(name, name): view for name, view in names.items() if name not in gone}
        else:
            changed[part] = [renamed.get(name, name) for name in names if name not in gone]
    return changed


def _check_names(path: str, names: Sequence[str], known: set[str]) -> Problems:
    wrong: Problems = {}
    for index, name in enumerate(names):
        if name not in known:
            wrong[f"{path}.{index}"] = field("unknown_field", "There is no such field.")
        elif name in names[:index]:
            wrong[f"{path}.{index}"] = field("duplicate", "Is there twice.")
    return wrong


def _unfit(part: str, spec: Field) -> str | None:
    if part == "searchable" and spec.type not in {*TEXTS, "select"}:
        return "Only texts can be searched."
    if part == "sort_columns" and (spec.many or spec.type == "document"):
        return "Lists and objects have no order."
    if part == "filters" and spec.type == "document":
        return "An object has no filter."
    return None


def _check_view(spec: Field, view: str) -> str | None:
    if view not in VIEWS[spec.type]:
        return f"Must be one of: {', '.join(VIEWS[spec.type])}."
    if view == "slider" and not {"min", "max"} <= spec.options.keys():
        return "A slider needs the options min and max."
    if view in ("radio", "checkboxes") and len(spec.options.get("values", ())) > MOST_RADIOS:
        return f"For at most {MOST_RADIOS} values."
    if view == "image" and not all(mime.startswith("image/") for mime in spec.options.get("mime", ())):
        return "For files that are images only."
    return None
