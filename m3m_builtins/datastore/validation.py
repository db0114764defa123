"""From the keys that somebody sends to what is stored: every wrong one at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bson import ObjectId

from m3m_core import FieldError
from m3m_core import field as refusal

from . import dates, values
from .jsonvalues import SAFE_INTEGER
from .schema import DATES, LIKE_ID, SYSTEM_KEYS, Field, Schema
from .wrong import WrongValueError

NOW = "$now"
"""As the default of a date: the time of creation."""

UNKNOWN = refusal("unknown_field", "There is no such field.")
"""One for all: an import may have two million."""


@dataclass(frozen=True)
class Given:
    """What was said of the keys that the server sets. None: nothing."""

    id: ObjectId | None = None
    revision: int | None = None
    created_at: datetime | None = None
    updated_at: datetime | None = None


@dataclass
class Checked:
    """`values` are those to store; `wrong` says why nothing may be stored."""

    values: dict[str, Any] = field(default_factory=dict)
    wrong: dict[str, FieldError] = field(default_factory=dict)
    given: Given = Given()

    def refuse(self, key: str, code: str, message: str) -> None:
        self.wrong.setdefault(key, refusal(code, message))


def check_new(schema: Schema, data: Mapping[str, Any], moment: datetime) -> Checked:
    """A record that is created: what is missing gets its default."""
    checked = _check_given(schema, data)
    if not schema.fields.keys() <= data.keys():
        for spec in schema.fields.values():
            if spec.key not in data:
                _fill(checked, spec, moment)
    return checked


def check_changes(schema: Schema, data: Mapping[str, Any]) -> Checked:
    """A record that is changed: only the given keys."""
    return _check_given(schema, data)


def default_of(spec: Field, moment: datetime) -> Any:
    """The stored form of a field's default."""
    if spec.default_value == NOW and spec.type in DATES:
        return dates.day(moment) if spec.type == "date" else moment
    return values.stored(spec, spec.default_value)


def _check_given(schema: Schema, data: Mapping[str, Any]) -> Checked:
    checked = Checked()
    for key, value in data.items():
        spec = schema.fields.get(key)
        if spec is not None:
            try:
                checked.values[key] = values.stored(spec, value)
            except WrongValueError as wrong:
                checked.wrong[key] = wrong.error
        elif key not in SYSTEM_KEYS and key != "expand":  # what was read may be sent back as it is
            checked.wrong[key] = UNKNOWN
    if not data.keys().isdisjoint(SYSTEM_KEYS):
        _check_system(checked, data)
    return checked


def _fill(checked: Checked, spec: Field, moment: datetime) -> None:
    if spec.default_value is not None:
        checked.values[spec.key] = default_of(spec, moment)
    elif spec.required or not spec.nullable:
        checked.refuse(spec.key, "required", "Is required.")
    else:
        checked.values[spec.key] = None


def _check_system(checked: Checked, data: Mapping[str, Any]) -> None:
    given: dict[str, Any] = {}
    if "id" in data:
        if isinstance(data["id"], str) and LIKE_ID.fullmatch(data["id"]):
            given["id"] = ObjectId(data["id"])
        else:
            checked.refuse("id", "invalid_id", "Must be 24 digits 0 to 9 and a to f.")
    if "revision" in data:
        if type(data["revision"]) is int and abs(data["revision"]) <= SAFE_INTEGER:
            given["revision"] = data["revision"]
        else:
            checked.refuse("revision", "wrong_type", "Must be a whole number.")
    for key in ("created_at", "updated_at"):
        if key in data:
            try:
                given[key] = dates.read(data[key])
            except ValueError:
                checked.refuse(key, "invalid_date", f"Must be a time such as {dates.EXAMPLE}.")
    checked.given = Given(**given)
