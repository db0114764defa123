"""What a service gives, checked: a wrong argument is a TypeError that names it and says what is wanted."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

from m3m_core import ScriptError, wrong_argument

from .limits import LONGEST_SIDE

LONGEST_SHOWN = 60

Check = Callable[[str, Any], Any]
"""From the argument's full name and value to the value to work with; raises ScriptError."""


def wrong(name: str, wanted: str, given: Any) -> ScriptError:
    shown = "bytes" if isinstance(given, bytes) else "nothing" if given is None else repr(given)[:LONGEST_SHOWN]
    return wrong_argument(f"{name} must be {wanted}, not {shown}")


def is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def whole(lowest: int, highest: int) -> Check:
    def check(name: str, value: Any) -> int:
        if not is_number(value) or value != int(value) or not lowest <= value <= highest:
            raise wrong(name, f"a whole number from {lowest} to {highest}", value)
        return int(value)

    return check


def number(lowest: float, highest: float) -> Check:
    def check(name: str, value: Any) -> float:
        if not is_number(value) or not lowest <= value <= highest:
            raise wrong(name, f"a number from {lowest:g} to {highest:g}", value)
        return float(value)

    return check


def one_of(*words: str) -> Check:
    def check(name: str, value: Any) -> str:
        if value not in words:
            raise wrong(name, "one of " + ", ".join(f'"{word}"' for word in words), value)
        return str(value)

    return check


def flag(name: str, value: Any) -> bool:
    if not isinstance(value, bool):
        raise wrong(name, "true or false", value)
    return value


def path(name: str, value: Any) -> str:
    if not isinstance(value, str) or not value:
        raise wrong(name, "a path in the project's storage", value)
    return value


def picture(name: str, value: Any) -> str | bytes:
    if isinstance(value, bytes) or (isinstance(value, str) and value):
        return value
    raise wrong(name, "a path in the project's storage, or bytes", value)


def colour(name: str, value: Any) -> str:
    from PIL import ImageColor

    try:
        if isinstance(value, str) and len(value) <= LONGEST_SHOWN:
            ImageColor.getrgb(value)
            return value
    except ValueError:
        pass
    raise wrong(name, 'a colour such as "white", "#ff8800" or "rgb(255, 136, 0)"', value)


side = whole(1, LONGEST_SIDE)


def options(function: str, given: Any, checks: Mapping[str, Check]) -> dict[str, Any]:
    """The options that were given and are not null, checked. An unknown one is refused by its name."""
    if given is None:
        return {}
    if not isinstance(given, dict):
        raise wrong(f"{function}: options", "an object", given)
    for name in given:
        if name not in checks:
            known = ", ".join(checks)
            raise wrong_argument(f'{function}: there is no option "{name[:LONGEST_SHOWN]}", only {known}')
    return {name: checks[name](f"{function}: {name}", value) for name, value in given.items() if value is not None}
