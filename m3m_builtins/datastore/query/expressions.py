"""Conditions that need an expression: field against field, and the values of several records behind refs.

Each side is a list of values, where no value at all is a list of one null; the operator is asked of each pair.
"""

from __future__ import annotations

from typing import Any

from . import patterns
from .joins import Join
from .kinds import Kind
from .native import COMPARE
from .nodes import Operator
from .paths import Target

Expression = Any

LONGEST_CONTAINED = 8000
"""Bytes of a field's text that ~ looks for inside another text; a longer one is found nowhere."""

TYPES = {"text": "string", "bool": "bool", "date": "date", "id": "objectId"}


# ---- the two sides --------------------------------------------------------------------------------------------------


def values(target: Target, join: Join | None) -> Expression:
    """All values of a target."""
    if join is None:
        return at_least_one(own_values(f"${target.key}", target.listed))
    if not join.many:
        return at_least_one(own_values(f"${join.key}.{target.key}", target.listed))
    one_record = at_least_one(own_values(f"$$this.{target.key}", target.listed))
    joined = {"$concatArrays": ["$$value", one_record]}
    return at_least_one({"$reduce": {"input": f"${join.key}", "initialValue": [], "in": joined}})


def own_values(path: str, listed: bool) -> Expression:
    return {"$ifNull": [path, []]} if listed else [{"$ifNull": [path, None]}]


def at_least_one(many: Expression) -> Expression:
    checked = {"$cond": [{"$eq": ["$$found", []]}, [None], "$$found"]}
    return {"$let": {"vars": {"found": many}, "in": checked}}


def constant(value: Any) -> Expression:
    """A value that is never read as an expression, whatever stands in it."""
    return [{"$literal": value}]


# ---- the conditions -------------------------------------------------------------------------------------------------


def pairs(left: Expression, right: Expression, test: Expression, *, any_of: bool) -> dict[str, Any]:
    """`test` speaks of `$$left` and `$$right`."""
    quantifier = "$anyElementTrue" if any_of else "$allElementsTrue"
    inner = {quantifier: [{"$map": {"input": "$$rights", "as": "right", "in": test}}]}
    outer = {quantifier: [{"$map": {"input": left, "as": "left", "in": inner}}]}
    return {"$expr": {"$let": {"vars": {"rights": right}, "in": outer}}}


def compared(operator: Operator, kind: Kind) -> Expression:
    if operator in ("=", "!="):
        return {"$eq" if operator == "=" else "$ne": [or_null("$$left"), or_null("$$right")]}
    test = {COMPARE[operator]: ["$$left", "$$right"]}
    return {"$and": [is_a("$$left", kind), is_a("$$right", kind), test]}


def or_null(value: str) -> Expression:
    """An empty text is no value, as null is."""
    return {"$cond": [{"$eq": [value, ""]}, None, value]}


def is_a(value: str, kind: Kind) -> Expression:
    """The server compares everything with everything; a filter only what is alike."""
    return {"$isNumber": value} if kind == "number" else {"$eq": [{"$type": value}, TYPES[kind]]}


def text_of(value: str) -> Expression:
    return {"$cond": [is_a(value, "text"), value, ""]}


def formed(wanted: bool, chunks: tuple[str, ...]) -> Expression:
    """~ and !~ with a text of the filter on the right."""
    pattern = patterns.of(chunks)
    if not pattern:
        return wanted
    test = {"$regexMatch": {"input": text_of("$$left"), "regex": {"$literal": pattern}, "options": patterns.OPTIONS}}
    return test if wanted else {"$not": [test]}


def contained(wanted: bool) -> Expression:
    """~ and !~ with a field on the right; what stands in it is plain text, without wildcards."""
    plain = {"$replaceAll": {"input": text_of("$$right"), "find": "\\E", "replacement": "\\E\\\\E\\Q"}}
    whole = {"$replaceAll": {"input": plain, "find": "\0", "replacement": "\\E\\x{00}\\Q"}}
    pattern = {"$concat": ["\\Q", whole, "\\E"]}
    test = {"$regexMatch": {"input": text_of("$$left"), "regex": pattern, "options": patterns.OPTIONS}}
    bounded = {"$cond": [{"$lte": [{"$strLenBytes": text_of("$$right")}, LONGEST_CONTAINED]}, test, False]}
    return bounded if wanted else {"$not": [bounded]}
