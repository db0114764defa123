"""Conditions that need an expression: field against field, and the values of several records behind refs.

Each side is a list of values, where no value at all is a list of one null; the operator is asked of each pair, without
going through the pairs where it can be known otherwise. `share`: how many comparisons share what one filter may do.
"""

from __future__ import annotations

from typing import Any

from . import patterns
from .cost import guarded, total
from .joins import Join
from .kinds import Kind
from .native import COMPARE
from .nodes import Operator
from .paths import Target

Expression = Any

LONGEST_CONTAINED = 8000
"""Bytes of a field's text that ~ looks for inside another text; a longer one is found nowhere."""

MOST_VALUES = 1_000_000
"""Of both sides of all comparisons, for one record."""

MOST_COPIED = 100_000_000
"""Values, where the lists of several records are made one; each is copied with each list that follows."""

MOST_SEARCHED = 100_000_000
"""Steps of looking for texts of fields in others, which is as many as the one has bytes times those of the other."""

PAIR = 32
"""Bytes that a text has besides in that, which is the time to begin."""

TYPES = {"text": "string", "bool": "bool", "date": "date", "id": "objectId"}


# ---- the two sides --------------------------------------------------------------------------------------------------


def values(target: Target, join: Join | None, share: int) -> Expression:
    """All values of a target."""
    if join is None:
        return at_least_one(own_values(f"${target.key}", target.listed))
    if not join.many:
        return at_least_one(own_values(f"${join.key}.{target.key}", target.listed))
    path = f"$$this.{target.key}"
    if not target.listed:
        return at_least_one(each(f"${join.key}", {"$ifNull": [path, None]}))
    joined = {"$reduce": {"input": "$$lists", "initialValue": [], "in": {"$concatArrays": ["$$value", "$$this"]}}}
    copied = {"$multiply": [{"$size": "$$lists"}, {"$sum": each("$$lists", {"$size": "$$this"})}]}
    lists = each(f"${join.key}", at_least_one(own_values(path, True)))
    flat = guarded([(copied, MOST_COPIED // share)], joined)
    return at_least_one({"$let": {"vars": {"lists": lists}, "in": flat}})


def own_values(path: str, listed: bool) -> Expression:
    return {"$ifNull": [path, []]} if listed else [{"$ifNull": [path, None]}]


def at_least_one(many: Expression) -> Expression:
    checked = {"$cond": [{"$eq": ["$$found", []]}, [None], "$$found"]}
    return {"$let": {"vars": {"found": many}, "in": checked}}


def constant(value: Any) -> Expression:
    """A value that is never read as an expression, whatever stands in it."""
    return [{"$literal": value}]


def each(listed: Expression, inner: Expression) -> Expression:
    return {"$map": {"input": listed, "in": inner}}


# ---- the conditions -------------------------------------------------------------------------------------------------


def holds(left: Expression, right: Expression, test: Expression, share: int) -> dict[str, Any]:
    """`test` speaks of the lists `$$lefts` and `$$rights`."""
    both = total([{"$size": "$$lefts"}, {"$size": "$$rights"}])
    asked = guarded([(both, MOST_VALUES // share)], test)
    return {"$expr": {"$let": {"vars": {"lefts": left, "rights": right}, "in": asked}}}


def compared(operator: Operator, kind: Kind, *, any_of: bool) -> Expression:
    if operator in ("=", "!="):
        return equal(operator == "=", any_of=any_of)
    return ordered(operator, kind, any_of=any_of)


def equal(wanted: bool, *, any_of: bool) -> Expression:
    """By what both sides have in common, or by how many different values they have."""
    sides = [each(side, or_null("$$this")) for side in ("$$lefts", "$$rights")]
    if wanted == any_of:
        return {"$ne" if wanted else "$eq": [{"$setIntersection": sides}, []]}
    return {"$lte" if wanted else "$gt": [{"$size": {"$setUnion": sides}}, 1]}


def ordered(operator: Operator, kind: Kind, *, any_of: bool) -> Expression:
    """By the largest and the smallest values."""
    alike = {side: {"$filter": {"input": f"$${side}", "cond": is_a("$$this", kind)}} for side in ("lefts", "rights")}
    down = (operator in (">", ">=")) == any_of
    test = {COMPARE[operator]: [{"$max" if down else "$min": "$$lefts"}, {"$min" if down else "$max": "$$rights"}]}
    found = [{"$gt": [{"$size": f"$${side}"}, 0]} for side in alike]
    every = [{"$eq": [{"$size": kept}, {"$size": f"$${side}"}]} for side, kept in alike.items()]
    if any_of:
        return {"$let": {"vars": alike, "in": {"$and": [*found, test]}}}
    return {"$and": [*every, test]}


def or_null(value: str) -> Expression:
    """An empty text is no value, as null is."""
    return {"$cond": [{"$eq": [value, ""]}, None, value]}


def is_a(value: str, kind: Kind) -> Expression:
    """The server compares everything with everything; a filter only what is alike."""
    return {"$isNumber": value} if kind == "number" else {"$eq": [{"$type": value}, TYPES[kind]]}


def text_of(value: str) -> Expression:
    return {"$cond": [is_a(value, "text"), value, ""]}


def formed(wanted: bool, chunks: tuple[str, ...], share: int, *, any_of: bool) -> Expression:
    """~ and !~ with a text of the filter on the right."""
    pattern = patterns.of(chunks)
    if not pattern:
        return wanted
    test = {"$regexMatch": {"input": text_of("$$this"), "regex": {"$literal": pattern}, "options": patterns.OPTIONS}}
    asked = {quantifier(any_of): [each("$$lefts", test if wanted else {"$not": [test]})]}
    length = {"$sum": each("$$lefts", {"$strLenBytes": text_of("$$this")})}
    return guarded([({"$multiply": [length, sum(map(len, chunks))]}, MOST_SEARCHED // share)], asked)


def contained(wanted: bool, share: int, *, any_of: bool) -> Expression:
    """~ and !~ with a field on the right; what stands in it is plain text, without wildcards."""
    inner = {quantifier(any_of): [{"$map": {"input": "$$rights", "as": "right", "in": contains(wanted)}}]}
    outer = {quantifier(any_of): [{"$map": {"input": "$$lefts", "as": "left", "in": inner}}]}
    length = {"$strLenBytes": text_of("$$this")}
    looked_for = {"$cond": [{"$lte": [length, LONGEST_CONTAINED]}, length, 0]}
    sides = [{"$sum": each("$$lefts", total([length, PAIR]))}, {"$sum": each("$$rights", total([looked_for, PAIR]))}]
    return guarded([({"$multiply": sides}, MOST_SEARCHED // share)], outer)


def quantifier(any_of: bool) -> str:
    return "$anyElementTrue" if any_of else "$allElementsTrue"


def contains(wanted: bool) -> Expression:
    plain = {"$replaceAll": {"input": text_of("$$right"), "find": "\\E", "replacement": "\\E\\\\E\\Q"}}
    whole = {"$replaceAll": {"input": plain, "find": "\0", "replacement": "\\E\\x{00}\\Q"}}
    pattern = {"$concat": ["\\Q", whole, "\\E"]}
    test = {"$regexMatch": {"input": text_of("$$left"), "regex": pattern, "options": patterns.OPTIONS}}
    bounded = {"$cond": [{"$lte": [{"$strLenBytes": text_of("$$right")}, LONGEST_CONTAINED]}, test, False]}
    return bounded if wanted else {"$not": [bounded]}
