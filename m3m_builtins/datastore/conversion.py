"""Values whose field gets another type: what can follow without losing anything."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

import orjson
from bson import ObjectId

from . import dates, values
from .schema import Field
from .wrong import WrongValueError

WHOLE = re.compile(r"-?(0|[1-9][0-9]{0,15})")
DECIMAL = re.compile(r"-?(0|[1-9][0-9]{0,15})(\.[0-9]{1,15})?")
LOSES = WrongValueError("loses_data", "Cannot be converted without losing something.")

_FORMS: dict[str, tuple[type, ...]] = {
    "number": (int,),
    "float": (float,),
    "bool": (bool,),
    "date": (datetime,),
    "datetime": (datetime,),
    "ref": (ObjectId,),
    "document": (dict, list),
}
"""How a type is stored; the others are texts."""


def has_form(spec: Field, value: Any) -> bool:
    """Whether a stored value has the form of this field's type already."""
    if spec.many:
        return isinstance(value, list) and all(_is(spec.type, item) for item in value)
    return _is(spec.type, value)


def _is(type_: str, value: Any) -> bool:
    if type_ == "date" and isinstance(value, datetime):
        return value == dates.day(value)
    forms = _FORMS.get(type_, (str,))
    return isinstance(value, forms) and (isinstance(value, bool) == (bool in forms))


def converted(old: Field, new: Field, value: Any) -> Any:
    """The stored value in the new type's stored form. Raises WrongValueError when something would be lost."""
    items = value if old.many and isinstance(value, list) else [value]
    if new.type == "document" and old.type != "document":
        return values.stored(new, values.plain(value) if old.many else _parsed(value))
    if not new.many and len(items) > 1:
        raise LOSES
    moved = [_one(old, new, item) for item in items]
    return values.stored(new, moved if new.many else next(iter(moved), None))


def _one(old: Field, new: Field, value: Any) -> Any:
    """One value as the new type accepts it from outside."""
    if new.type == "date" and isinstance(value, datetime):
        if value != dates.day(value):
            raise LOSES
        return value
    if new.type in ("date", "datetime"):
        return value if isinstance(value, datetime) else _text_only(value)
    text = _as_text(old, value)
    if new.type == "number":
        return _number(text, value)
    if new.type == "float":
        return _float(text, value)
    if new.type == "bool":
        return _bool(text)
    return text


def _as_text(old: Field, value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict | list):
        return orjson.dumps(value).decode()
    plain = values.returned(old, value)
    return plain if isinstance(plain, str) else repr(plain)


def _text_only(value: Any) -> str:
    if not isinstance(value, str):
        raise LOSES
    return value


def _number(text: str, value: Any) -> int:
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if not WHOLE.fullmatch(text) or text == "-0":
        raise LOSES
    return int(text)


def _float(text: str, value: Any) -> float:
    if isinstance(value, bool | int):
        return float(value)
    if not DECIMAL.fullmatch(text):
        raise LOSES
    return float(text)


def _bool(text: str) -> bool:
    known = {"true": True, "false": False, "1": True, "0": False}
    if text not in known:
        raise LOSES
    return known[text]


def _parsed(value: Any) -> Any:
    if not isinstance(value, str):
        raise LOSES
    try:
        return orjson.loads(value)
    except orjson.JSONDecodeError:
        raise LOSES from None
