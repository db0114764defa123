"""Conditions of a stored key against a value, in the form that indexes serve."""

from __future__ import annotations

from typing import Any

from . import patterns
from .nodes import Operator

Condition = dict[str, Any]

ALWAYS: Condition = {}
NEVER: Condition = {"_id": {"$in": []}}

COMPARE = {">": "$gt", ">=": "$gte", "<": "$lt", "<=": "$lte"}
EMPTY_ONE: list[Any] = [None, ""]
EMPTY_MANY: list[Any] = [None, "", []]
"""What counts as no value; a missing key is found as null."""


def matches(key: str, operator: Operator, chunks: tuple[str, ...], *, many: bool, any_of: bool) -> Condition:
    """For ~ and !~. A missing value is read as an empty text."""
    wanted = operator == "~"
    pattern = patterns.of(chunks)
    if not pattern:
        return ALWAYS if wanted else NEVER
    test = {"$regex": pattern, "$options": patterns.OPTIONS}
    if not many:
        return {key: test if wanted else {"$not": test}}
    if any_of:
        return {key: test} if wanted else {"$or": [some_not(key, test), empty(key, many=True)]}
    return {"$and": [{key: test}, {"$nor": [some_not(key, test)]}]} if wanted else {key: {"$not": test}}


def compares(key: str, operator: Operator, value: Any, *, many: bool, any_of: bool) -> Condition:
    """For all other operators; `value` is None for what matches no value."""
    if operator in ("=", "!="):
        return equals(key, operator == "=", value, many=many, any_of=any_of)
    test = {COMPARE[operator]: value}
    if not many:
        return {key: test}
    if any_of:
        return {key: {"$elemMatch": test}}
    return {"$and": [{key: {"$elemMatch": test}}, {"$nor": [some_not(key, test)]}]}


def equals(key: str, wanted: bool, value: Any, *, many: bool, any_of: bool) -> Condition:
    if value is None:
        return empty(key, many=many) if wanted else {"$nor": [empty(key, many=many)]}
    if not many:
        return {key: {"$eq" if wanted else "$ne": value}}
    if any_of:
        different = {"$or": [{key: {"$elemMatch": {"$ne": value}}}, empty(key, many=True)]}
        return {key: {"$eq": value}} if wanted else different
    same = {"$and": [{key: {"$eq": value}}, {"$nor": [{key: {"$elemMatch": {"$ne": value}}}]}]}
    return same if wanted else {key: {"$ne": value}}


def some_not(key: str, test: dict[str, Any]) -> Condition:
    return {key: {"$elemMatch": {"$not": test}}}


def empty(key: str, *, many: bool) -> Condition:
    return {key: {"$in": EMPTY_MANY if many else EMPTY_ONE}}
