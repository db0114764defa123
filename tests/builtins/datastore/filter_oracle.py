"""What a filter means, said a second time in plain Python over records in memory."""

from __future__ import annotations

import operator
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bson import ObjectId
from filter_world import MODELS, PEOPLE_RECORDS, PROJECT, TEAM_RECORDS, THINGS, Record

from m3m_builtins.datastore.schema import Schema

ORDER = {">": operator.gt, ">=": operator.ge, "<": operator.lt, "<=": operator.le}
OTHERS = {"teams": TEAM_RECORDS, "people": PEOPLE_RECORDS}
STORED = {"id": "_id"}


@dataclass(frozen=True)
class Lit:
    """A value with its text in a filter. `parts` are a text's pieces between wildcards."""

    value: Any
    text: str
    parts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Name:
    text: str


@dataclass(frozen=True)
class Test:
    __test__ = False
    left: Lit | Name
    op: str
    right: Lit | Name

    @property
    def text(self) -> str:
        return f"{self.left.text} {self.op} {self.right.text}"


@dataclass(frozen=True)
class Many:
    """Joined by && or ||; `parentheses` around each item that is itself joined."""

    op: str
    items: tuple[Any, ...]

    @property
    def text(self) -> str:
        return f" {self.op} ".join(f"({item.text})" if isinstance(item, Many) else item.text for item in self.items)


def holds(node: Test | Many, record: Record) -> bool:
    if isinstance(node, Many):
        found = [holds(item, record) for item in node.items]
        return all(found) if node.op == "&&" else any(found)
    quantifier = any if node.op.startswith("?") else all
    op = node.op.removeprefix("?")
    parts = node.right.parts if isinstance(node.right, Lit) else ()
    return quantifier(
        scalar(left, op, right, parts) for left in side(node.left, record) for right in side(node.right, record)
    )


def side(operand: Lit | Name, record: Record) -> list[Any]:
    return [operand.value] if isinstance(operand, Lit) else elements(THINGS, operand.text.split("."), [record])


def elements(schema: Schema, names: Sequence[str], reached: list[Record]) -> list[Any]:
    """The values at the end of a path, or one None."""
    first, *rest = names
    field = schema.fields.get(first)
    if field is not None and field.type == "ref" and rest and rest != ["id"]:
        ids = [each for record in reached for each in listed(record.get(first)) if each is not None]
        found = [record for record in OTHERS[field.target or ""] if record["_id"] in ids]
        return elements(MODELS.get(PROJECT, field.target), rest, found)
    values = []
    for record in reached:
        value = record.get(STORED.get(first, first))
        for name in rest if field is not None and field.type == "document" else ():
            value = value.get(name) if isinstance(value, dict) else None
        values += listed(value) or [None]
    return values or [None]


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def scalar(left: Any, op: str, right: Any, parts: tuple[str, ...]) -> bool:
    if op.startswith("!"):
        return not scalar(left, {"!=": "=", "!~": "~"}[op], right, parts)
    if op == "=":
        empty = [value is None or value == "" for value in (left, right)]
        return all(empty) or (not any(empty) and bracket(left) == bracket(right) and left == right)
    if op == "~":
        return like(left if isinstance(left, str) else "", parts or (right if isinstance(right, str) else "",))
    return bracket(left) == bracket(right) != "null" and ORDER[op](left, right)


def bracket(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "bool"
    for name, types in (("number", (int, float)), ("text", str), ("date", datetime), ("id", ObjectId)):
        if isinstance(value, types):  # type: ignore[arg-type]
            return name
    return "document"


def like(text: str, parts: Sequence[str]) -> bool:
    """By trying every place: slow, and plainly right."""
    text, parts = text.lower(), [part.lower() for part in parts]
    if len(parts) == 1:
        return parts[0] in text
    if not text.startswith(parts[0]):
        return False
    starts = {len(parts[0])}
    for part in parts[1:]:
        ends = {at + len(part) for start in starts for at in range(start, len(text) + 1) if text.startswith(part, at)}
        starts = ends
    return len(text) in starts
