"""Options of fields: which a type has, and what each may be."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from m3m_core import FieldError, Invalid, field, js_pattern

from . import dates
from .jsonvalues import LARGEST, SAFE_INTEGER
from .schema import DATES, NUMBERS, TEXTS
from .texts import LONGEST
from .values import MOST_ITEMS

LONGEST_PATTERN = 500
MOST_VALUES = 500
LONGEST_VALUE = 200
MOST_MIMES = 50
LARGEST_FILE = 10 * 1024**3
MIME = re.compile(r"[a-z0-9][a-z0-9.+-]{0,62}/(\*|[a-z0-9][a-z0-9.+-]{0,126})")
DELETE_POLICIES = ("restrict", "cascade", "set_null")

Check = Callable[[Any], str | None]
"""None when the value is good, else what it must be."""

Problems = Iterator[tuple[str, FieldError]]


def check_options(type_: str, options: Mapping[str, Any], models: set[str]) -> Problems:
    """What is wrong, by option. `models` are the slugs that a ref may lead to. None counts as not given."""
    checks = _checks(type_, bool(options.get("multiple")), models)
    given = {name: value for name, value in options.items() if value is not None}
    wrong = set()
    for name, value in given.items():
        if name not in checks:
            wrong.add(name)
            yield name, field("unknown_option", f"A field of type {type_} has no option {name}.")
        elif (problem := checks[name](value)) is not None:
            wrong.add(name)
            yield name, field("invalid", f"Must be {problem}.")
    for name in {"select": ["values"], "multiselect": ["values"], "ref": ["model"]}.get(type_, ()):
        if name not in given:
            yield name, field("required", "Is required.")
    for least, most in (("min", "max"), ("min_length", "max_length")):
        if {least, most} <= given.keys() - wrong and _above(type_, given[least], given[most]):
            yield most, field("invalid", f"Must not be less than {least}.")


def _above(type_: str, least: Any, most: Any) -> bool:
    return bool(dates.read(least) > dates.read(most) if type_ in DATES else least > most)


def _checks(type_: str, multiple: bool, models: set[str]) -> Mapping[str, Check]:
    if type_ in TEXTS:
        length = _whole(0, LONGEST[type_])
        return {"min_length": length, "max_length": length, "pattern": _pattern}
    if type_ in NUMBERS:
        bound = _whole(-SAFE_INTEGER, SAFE_INTEGER) if type_ == "number" else _finite
        return {"min": bound, "max": bound}
    if type_ in DATES:
        return {"min": _date, "max": _date}
    count = {"min": _whole(0, MOST_ITEMS), "max": _whole(1, MOST_ITEMS)}
    items = {"multiple": _flag} | (count if multiple else {})
    checks: dict[str, Mapping[str, Check]] = {
        "document": {"max_size": _whole(2, LARGEST)},
        "file": items | {"mime": _mimes, "max_size": _whole(1, LARGEST_FILE)},
        "ref": items | {"model": _model(models), "on_delete": _policy},
        "select": {"values": _values},
        "multiselect": count | {"values": _values},
    }
    return checks.get(type_, {})


def _whole(least: int, most: int) -> Check:
    def check(value: Any) -> str | None:
        good = isinstance(value, int) and not isinstance(value, bool) and least <= value <= most
        return None if good else f"a whole number from {least} to {most}"

    return check


def _finite(value: Any) -> str | None:
    good = isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= 1e308
    return None if good else "a number"


def _flag(value: Any) -> str | None:
    return None if isinstance(value, bool) else "true or false"


def _date(value: Any) -> str | None:
    try:
        dates.read(value)
    except ValueError:
        return "a date such as 2026-11-22"
    return None if isinstance(value, str) else "a text such as 2026-11-22"


def _pattern(value: Any) -> str | None:
    if not isinstance(value, str) or not 0 < len(value) <= LONGEST_PATTERN:
        return f"a text of at most {LONGEST_PATTERN} characters"
    try:
        js_pattern(value)
    except Invalid:
        return "a pattern as JavaScript writes it, without look-around and back-references"
    return None


def _values(value: Any) -> str | None:
    good = (
        isinstance(value, list)
        and 0 < len(value) <= MOST_VALUES
        and all(isinstance(each, str) and 0 < len(each) <= LONGEST_VALUE for each in value)
        and len(set(value)) == len(value)
    )
    return None if good else f"a list of 1 to {MOST_VALUES} different texts of 1 to {LONGEST_VALUE} characters"


def _mimes(value: Any) -> str | None:
    good = (
        isinstance(value, list)
        and len(value) <= MOST_MIMES
        and all(isinstance(each, str) and MIME.fullmatch(each) for each in value)
    )
    return None if good else f"a list of at most {MOST_MIMES} types such as image/png or image/*"


def _model(models: set[str]) -> Check:
    def check(value: Any) -> str | None:
        return None if isinstance(value, str) and value in models else "the slug of a model of this project"

    return check


def _policy(value: Any) -> str | None:
    return None if value in DELETE_POLICIES else f"one of: {', '.join(DELETE_POLICIES)}"
