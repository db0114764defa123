"""Keywords of JSON Schema that we do otherwise than the library: patterns in linear time, errors at the right place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import orjson
from jsonschema.exceptions import ValidationError

from m3m_core import js_pattern

from .budget import step
from .numbers import is_multiple
from .unevaluated import evaluated_keys

Errors = Iterator[ValidationError]
Keyword = Callable[[Any, Any, Any, Any], Any]


def pattern(validator: Any, wanted: str, value: Any, _schema: Any) -> Errors:
    if validator.is_type(value, "string") and not js_pattern(wanted).search(value):
        yield ValidationError("does not have the wanted form")


def pattern_properties(validator: Any, patterns: dict[str, Any], value: Any, _schema: Any) -> Errors:
    if validator.is_type(value, "object"):
        for wanted, below in patterns.items():
            for name in [name for name in value if js_pattern(wanted).search(name)]:
                yield from validator.descend(value[name], below, path=name, schema_path=wanted)


def additional_properties(validator: Any, below: Any, value: Any, schema: Any) -> Errors:
    if not validator.is_type(value, "object"):
        return
    patterns = [js_pattern(wanted) for wanted in schema.get("patternProperties", {})]
    for name in value:
        if name in schema.get("properties", {}) or any(wanted.search(name) for wanted in patterns):
            continue
        if below is False:
            yield ValidationError("is not a known field", path=[name])
        else:
            yield from validator.descend(value[name], below, path=name)


def unevaluated_properties(validator: Any, below: Any, value: Any, schema: Any) -> Errors:
    if not validator.is_type(value, "object"):
        return
    known = evaluated_keys(validator, value, schema)
    for name in [name for name in value if name not in known]:
        if below is False:
            yield ValidationError("is not a known field", path=[name])
        else:
            yield from validator.descend(value[name], below, path=name, schema_path="unevaluatedProperties")


def required(validator: Any, names: list[str], value: Any, _schema: Any) -> Errors:
    if validator.is_type(value, "object"):
        yield from (ValidationError("is missing", path=[name]) for name in names if name not in value)


def dependent_required(validator: Any, dependent: dict[str, list[str]], value: Any, _schema: Any) -> Errors:
    if validator.is_type(value, "object"):
        for name, needed in dependent.items():
            if name in value:
                missing = [other for other in needed if other not in value]
                yield from (ValidationError(f"is missing, and {name} needs it", path=[other]) for other in missing)


def unique_items(validator: Any, wanted: bool, value: Any, _schema: Any) -> Errors:
    if wanted and validator.is_type(value, "array"):
        seen: set[bytes] = set()
        for index, item in enumerate(value):
            text = orjson.dumps(item, option=orjson.OPT_SORT_KEYS)
            if text in seen:
                yield ValidationError("stands here twice", path=[index])
            seen.add(text)


def multiple_of(validator: Any, wanted: float, value: Any, _schema: Any) -> Errors:
    if validator.is_type(value, "number") and not is_multiple(value, wanted):
        yield ValidationError(f"is not a multiple of {wanted}")


OURS: dict[str, Keyword] = {
    "additionalProperties": additional_properties,
    "dependentRequired": dependent_required,
    "multipleOf": multiple_of,
    "pattern": pattern,
    "patternProperties": pattern_properties,
    "required": required,
    "unevaluatedProperties": unevaluated_properties,
    "uniqueItems": unique_items,
}


def counted(keyword: Keyword) -> Keyword:
    """The same keyword, each use of it a step."""

    def apply(validator: Any, wanted: Any, value: Any, schema: Any) -> Any:
        step()
        return keyword(validator, wanted, value, schema)

    return apply
