"""Why a host function failed, when it was called with what its annotations do not allow.

Asked only after a failure, so that calls cost nothing: a function may also take more than it is annotated with.
"""

from __future__ import annotations

import inspect
import types
from collections.abc import Callable, Sequence
from typing import Any, Union, get_args, get_origin, get_type_hints

WORDS: dict[Any, str] = {
    str: "a text",
    bool: "true or false",
    int: "a whole number",
    float: "a number",
    bytes: "bytes",
    dict: "an object",
    list: "a list",
    types.NoneType: "null",
}


def mismatch(function: Callable[..., Any], values: Sequence[Any], name_of: Callable[[str], str]) -> str | None:
    """A sentence for the caller, None when nothing is wrong with the arguments. `name_of` gives a parameter's name."""
    try:
        given = inspect.signature(function).bind(*values).arguments
    except TypeError as error:
        return str(error)
    try:
        wanted = get_type_hints(function)
    except NameError:  # a type that is imported for the type checker alone
        return None
    for name, value in given.items():
        kinds = _kinds(wanted.get(name, Any))
        if kinds and not any(_fits(value, kind) for kind in kinds):
            return (
                f"{name_of(name)} is {' or '.join(WORDS[kind] for kind in kinds)}, not {WORDS.get(type(value), 'that')}"
            )
    return None


def _kinds(annotation: Any) -> list[Any]:
    """The kinds of JSON that an annotation allows; empty when it allows what has no word here."""
    parts = get_args(annotation) if get_origin(annotation) in (Union, types.UnionType) else (annotation,)
    kinds = [get_origin(part) or part for part in parts]
    return kinds if all(kind in WORDS for kind in kinds) else []


def _fits(value: Any, kind: Any) -> bool:
    return type(value) is kind or (kind is float and type(value) is int)
