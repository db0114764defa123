"""Which properties of an object a schema has looked at: what `unevaluatedProperties` leaves alone.

The library has the same search, but with patterns that may take for ever.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from m3m_core import js_pattern

from .budget import step


def evaluated_keys(validator: Any, value: dict[str, Any], schema: Any) -> set[str]:
    step()
    if not isinstance(schema, dict):
        return set()
    found = _named(validator, value, schema)
    for below in _applied(validator, value, schema):
        found |= evaluated_keys(validator, value, below)
    for keyword in ("$ref", "$dynamicRef"):
        if keyword in schema:
            resolved = validator._resolver.lookup(schema[keyword])  # the library's own keywords have no other way
            below = validator.evolve(schema=resolved.contents, _resolver=resolved.resolver)
            found |= evaluated_keys(below, value, resolved.contents)
    return found


def _named(validator: Any, value: dict[str, Any], schema: dict[str, Any]) -> set[str]:
    found = set(schema.get("properties", {})) & set(value)
    patterns = [js_pattern(wanted) for wanted in schema.get("patternProperties", {})]
    found |= {name for name in value if any(wanted.search(name) for wanted in patterns)}
    for keyword in ("additionalProperties", "unevaluatedProperties"):
        if keyword in schema:
            found |= {name for name in value if _fits(validator, value[name], schema[keyword])}
    return found


def _applied(validator: Any, value: dict[str, Any], schema: dict[str, Any]) -> Iterator[Any]:
    """The schemas beside this one that hold for the whole value."""
    for keyword in ("allOf", "anyOf", "oneOf"):
        yield from (below for below in schema.get(keyword, []) if _fits(validator, value, below))
    yield from (below for name, below in schema.get("dependentSchemas", {}).items() if name in value)
    if "if" in schema:
        holds = _fits(validator, value, schema["if"])
        if holds:
            yield schema["if"]
        yield schema.get("then" if holds else "else", True)


def _fits(validator: Any, value: Any, schema: Any) -> bool:
    return next(validator.descend(value, schema), None) is None
