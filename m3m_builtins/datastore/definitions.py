"""What a model's fields may be: every wrong thing at once, by its path."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping, Sequence
from typing import Any

from m3m_core import FieldError, field, now

from .indexes import MOST_INDEXES, indexes_of
from .jsonvalues import SAFE_INTEGER, document
from .limits import MOST_FIELDS
from .options import check_options
from .schema import LIKE_ID, SYSTEM_KEYS, TYPES, Field
from .validation import default_of
from .wrong import WrongValueError

SLUG = re.compile(r"[a-z][a-z0-9_]{0,62}")
RESERVED_SLUGS = frozenset({"collection", "constructor", "then"})
"""They mean something else on JavaScript's `database`."""

KEY = re.compile(r"[a-z][a-zA-Z0-9_]{0,62}")
RESERVED_KEYS = frozenset({*SYSTEM_KEYS, "expand", "constructor", "true", "false", "null"})
"""Those of every record, and words that mean something else in a filter or in JavaScript."""

Problems = dict[str, FieldError]


def check_slug(slug: str) -> Problems:
    if SLUG.fullmatch(slug) and not LIKE_ID.fullmatch(slug) and slug not in RESERVED_SLUGS:
        return {}
    message = "Use small letters a to z, digits and _, at most 63, beginning with a letter."
    return {"slug": field("invalid_slug", message)}


def check_fields(raw: Sequence[Mapping[str, Any]], models: set[str]) -> tuple[list[Field], Problems]:
    """The fields as they are kept, and everything that is wrong. `models` are the slugs that a ref may lead to."""
    wrong: Problems = {}
    if len(raw) > MOST_FIELDS:
        wrong["fields"] = field("too_long", f"A model has at most {MOST_FIELDS} fields.")
    keys: set[str] = set()
    fields: list[Field] = []
    indexes = 0
    for index, given in enumerate(raw[:MOST_FIELDS]):
        spec = _field_of(given)
        problems = _check_key(spec.key, keys) | _check_one(spec, models)
        indexes += (own := len(indexes_of(spec)))
        if own and indexes > MOST_INDEXES:
            problems |= _one_index_too_many(spec)
        wrong |= {f"fields.{index}.{path}": error for path, error in problems.items()}
        keys.add(spec.key)
        fields.append(spec)
    return fields, wrong


def _field_of(given: Mapping[str, Any]) -> Field:
    """`nullable` that is not given is the opposite of `required`."""
    options = {name: value for name, value in (given.get("options") or {}).items() if value is not None}
    nullable = given.get("nullable")
    known = {name: given[name] for name in vars(Field("", "")) if name in given}
    if given.get("type") == "float":
        options = {name: _as_float(value) for name, value in options.items()}
        known["default_value"] = _as_float(given.get("default_value"))
    if given.get("type") == "document":
        known["default_value"] = _as_kept(given.get("default_value"))
    changed = {"options": options, "nullable": not given.get("required", False) if nullable is None else nullable}
    return Field(**known | changed)


def _as_float(value: Any) -> Any:
    """JSON writes large numbers without a point, and the database has no whole ones of that size."""
    return float(value) if type(value) is int and SAFE_INTEGER < abs(value) < sys.float_info.max else value


def _as_kept(value: Any) -> Any:
    """What is no document stays as it is, to be refused with the rest."""
    try:
        return document(value)
    except WrongValueError:
        return value


def _check_key(key: str, before: set[str]) -> Problems:
    if not KEY.fullmatch(key):
        return {"key": field("invalid_key", "Use letters, digits and _, at most 63, beginning with a small letter.")}
    if key in RESERVED_KEYS:
        return {"key": field("reserved_key", f"{key} is a name that every record has already.")}
    if key in before:
        return {"key": field("duplicate_key", f"There are two fields {key}.")}
    return {}


def _check_one(spec: Field, models: set[str]) -> Problems:
    if spec.type not in TYPES:
        return {"type": field("not_allowed", f"Must be one of: {', '.join(TYPES)}.")}
    wrong = {f"options.{name}": error for name, error in check_options(spec.type, spec.options, models)}
    if not wrong:
        wrong |= _check_indexes(spec) | _check_default(spec)
    if spec.options.get("on_delete") == "set_null" and not _can_lose(spec):
        wrong["options.on_delete"] = field("not_possible", "A field that must have a value cannot be set to null.")
    return wrong


def _can_lose(spec: Field) -> bool:
    """Whether a ref may go away without its record."""
    return not (spec.required or spec.options.get("min")) if spec.many else spec.nullable


def _check_indexes(spec: Field) -> Problems:
    wrong = {}
    if spec.unique and (spec.many or spec.type in ("bool", "document")):
        wrong["unique"] = field("not_possible", "Lists, objects, and true or false cannot be unique.")
    if spec.index and spec.type == "document":
        wrong["index"] = field("not_possible", "An object cannot be indexed.")
    return wrong


def _one_index_too_many(spec: Field) -> Problems:
    name = "unique" if spec.unique else "index" if spec.index else "type"
    message = f"The fields of a model have at most {MOST_INDEXES} indexes: one for unique, one for index or a ref."
    return {name: field("too_many_indexes", message)}


def _check_default(spec: Field) -> Problems:
    if spec.default_value is None:
        return {}
    if spec.unique:
        return {"default_value": field("not_possible", "The second record would have the same value as the first.")}
    if spec.type == "ref":
        return {"default_value": field("not_possible", "A ref has no default: its record may be deleted.")}
    try:
        default_of(spec, now())
    except WrongValueError as wrong:
        return {"default_value": wrong.error}
    return {}
