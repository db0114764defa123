"""What a model is to become, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from m3m_core import FieldError, field

from .definitions import check_fields, check_slug
from .documents import Model
from .layouts import check_form, check_table, without
from .schema import Field


@dataclass(frozen=True)
class Proposal:
    """A model as it is to become. `renamed` are old keys of fields to new ones."""

    name: str
    slug: str
    fields: list[Field]
    table_config: dict[str, Any]
    form_config: dict[str, Any]
    renamed: dict[str, str]

    def kept(self) -> dict[str, Any]:
        """As it is stored in a model's document."""
        whole = vars(self) | {"fields": [spec.raw() for spec in self.fields]}
        return {key: value for key, value in whole.items() if key != "renamed"}


def proposal_of(
    model: Model | None, changes: Mapping[str, Any], slugs: set[str]
) -> tuple[Proposal, dict[str, FieldError]]:
    """The model after the changes, and everything that is wrong with it. `slugs` are those of all models then."""
    old: dict[str, Any] = model.to_mongo() if model else {"fields": [], "table_config": {}, "form_config": {}}
    slug = changes.get("slug", old.get("slug"))
    wrong = check_slug(slug)
    given = changes.get("fields")
    # A ref to the model itself follows its new name.
    given = [_following(raw, old.get("slug"), slug) for raw in (old["fields"] if given is None else given)]
    fields, problems = check_fields(given, slugs)
    before, after = {raw["key"] for raw in old["fields"]}, {spec.key for spec in fields}
    renamed, misnamed = _renamed(given, before)
    gone = before - after - renamed.keys()
    by_key = {spec.key: spec for spec in fields}
    table = _layout(changes, "table_config", old, gone, renamed)
    form = _layout(changes, "form_config", old, gone, renamed)
    wrong |= problems | misnamed
    if not problems:
        wrong |= check_table(table, by_key) | check_form(form, by_key)
    return Proposal(changes.get("name", old.get("name")), slug, fields, table, form, renamed), wrong


def _following(raw: Mapping[str, Any], old_slug: str | None, slug: str) -> dict[str, Any]:
    options = dict(raw.get("options", {}))
    if old_slug is not None and options.get("model") == old_slug:
        options["model"] = slug
    return dict(raw) | {"options": options}


def _layout(
    changes: Mapping[str, Any], part: str, old: Mapping[str, Any], gone: set[str], renamed: Mapping[str, str]
) -> dict[str, Any]:
    given = changes.get(part)
    return without(old[part], gone, renamed) if given is None else given


def _renamed(given: list[dict[str, Any]], before: set[str]) -> tuple[dict[str, str], dict[str, FieldError]]:
    """Old keys to new ones, and which of them cannot be."""
    renamed: dict[str, str] = {}
    wrong = {}
    for index, raw in enumerate(given):
        old_key = raw.get("old_key")
        if old_key is None or old_key == raw["key"]:
            continue
        path = f"fields.{index}.old_key"
        if old_key not in before:
            wrong[path] = field("unknown_field", "There is no such field.")
        elif raw["key"] in before or old_key in renamed or any(each["key"] == old_key for each in given):
            wrong[path] = field("not_possible", "A key that is in use cannot be changed at the same time.")
        else:
            renamed[old_key] = raw["key"]
    return renamed, wrong
