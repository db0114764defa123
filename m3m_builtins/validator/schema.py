"""JSON Schema, draft 2020-12: nothing is fetched, formats are checked, patterns take linear time."""

from __future__ import annotations

from functools import lru_cache
from itertools import islice
from typing import Any

import orjson
from jsonschema import Draft202012Validator, FormatChecker, validators
from jsonschema.exceptions import SchemaError, ValidationError
from jsonschema_specifications import REGISTRY
from referencing.exceptions import Unresolvable

from m3m_core import Invalid, TooLarge

from .budget import limited
from .formats import FORMATS
from .keywords import OURS, counted
from .messages import message_of

MOST_ERRORS = 100
LARGEST_SCHEMA = 256 * 1024
"""Bytes of its JSON."""

DRAFT = "https://json-schema.org/draft/2020-12/schema"


def check(value: Any, schema: Any) -> list[dict[str, str]]:
    """What is wrong: `path` is a JSON Pointer, empty for the value itself. At most 100 errors.

    Raises Invalid (`bad_schema`), TooLarge (`too_much_work`).
    """
    try:
        text = orjson.dumps(schema, option=orjson.OPT_SORT_KEYS)
    except orjson.JSONEncodeError:
        raise bad_schema("it has bytes in it, or is nested too deeply") from None
    try:
        with limited():
            return [_described(error) for error in islice(_validator(text).iter_errors(value), MOST_ERRORS)]
    except Unresolvable as error:
        raise bad_schema(f"{error.ref} leads nowhere; what a $ref names must be in the schema itself") from None
    except RecursionError:
        raise TooLarge("The schema or the value is nested too deeply.", code="too_much_work") from None


def bad_schema(reason: str) -> Invalid:
    return Invalid(f"The schema cannot be used: {reason}.", code="bad_schema")


@lru_cache(maxsize=64)
def _validator(text: bytes) -> Any:
    """The same schema is read once, however often it is used."""
    if len(text) > LARGEST_SCHEMA:
        raise bad_schema(f"it is larger than {LARGEST_SCHEMA} bytes")
    schema = orjson.loads(text)
    if not isinstance(schema, dict | bool):
        raise bad_schema("it is an object, true or false")
    if isinstance(schema, dict) and str(schema.get("$schema", DRAFT)).rstrip("#") != DRAFT:
        raise bad_schema("its $schema is another draft than 2020-12")
    try:
        VALIDATOR.check_schema(schema, format_checker=CHECKER)
    except SchemaError as error:
        raise bad_schema(f"at {pointer(error) or '/'}: {_described(error)['message']}") from None
    return VALIDATOR(schema, registry=REGISTRY, format_checker=CHECKER)


def pointer(error: ValidationError | SchemaError) -> str:
    parts = (str(part).replace("~", "~0").replace("/", "~1") for part in error.absolute_path)
    return "".join(f"/{part}" for part in parts)


def _described(error: ValidationError | SchemaError) -> dict[str, str]:
    keyword = str(error.validator or "false")
    return {
        "path": pointer(error),
        "code": keyword,
        "message": message_of(keyword, error.validator_value, error.message),
    }


def _checker() -> FormatChecker:
    made = FormatChecker(formats=())
    for name, function in FORMATS.items():
        made.checks(name)(lambda value, test=function: not isinstance(value, str) or test(value))
    return made


CHECKER = _checker()
VALIDATOR: Any = validators.extend(  # type: ignore[no-untyped-call]
    Draft202012Validator,
    {name: counted(keyword) for name, keyword in {**Draft202012Validator.VALIDATORS, **OURS}.items()},
    format_checker=CHECKER,
)
