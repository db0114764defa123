"""Records behind refs, given along with a record: one query for each ref of each level, however many records."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import orjson
from bson import ObjectId

from .budget import Budget
from .paths import MOST_LEVELS, behind, known_names
from .problems import problem, shortened, unknown_field

if TYPE_CHECKING:
    from ..schema import Schema, Schemas

MOST_PATHS = 20
MOST_RECORDS = 10_000
"""Different records behind one ref of one list."""

PATH = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)*", re.ASCII)

Raw = Mapping[str, Any]


@dataclass(frozen=True)
class Branch:
    """A ref to follow, and what to follow from there."""

    key: str
    schema: Schema
    branches: tuple[Branch, ...]


def branches(schema: Schema, schemas: Schemas, text: str) -> tuple[Branch, ...]:
    """What `author,author.team` asks for. Raises Malformed."""
    paths = [path.strip() for path in text.split(",")] if text.strip() else []
    if len(paths) > MOST_PATHS:
        raise problem("too_complex", f"At most {MOST_PATHS} refs can be expanded.")
    tree: dict[str, Any] = {}
    for path in paths:
        if not PATH.fullmatch(path):
            raise problem("expand_syntax", f'"{shortened(path)}" is no ref; write author or author.team.')
        names = path.split(".")
        if len(names) > MOST_LEVELS:
            raise problem("too_complex", f"expand follows at most {MOST_LEVELS} refs in a row.")
        at = tree
        for name in names:
            at = at.setdefault(name, {})
    return tuple(_grow(schema, schemas, tree))


def _grow(schema: Schema, schemas: Schemas, tree: Mapping[str, Any]) -> Iterator[Branch]:
    for name, below in tree.items():
        field = schema.fields.get(name)
        if field is None:
            raise unknown_field(name, schema.slug, known_names(schema))
        if field.type != "ref":
            raise problem("wrong_type", f'"{name}" of "{schema.slug}" is a {field.type}; only refs can be expanded.')
        target = behind(schema, field, schemas, None)
        yield Branch(name, target, tuple(_grow(target, schemas, below)))


Fetch = Callable[["Schema", list[ObjectId]], Iterable[Raw]]
Render = Callable[["Schema", Raw], dict[str, Any]]


def attach(
    raw: Sequence[Raw],
    shown: Sequence[dict[str, Any]],
    wanted: Sequence[Branch],
    fetch: Fetch,
    render: Render,
    budget: Budget,
) -> None:
    """Put `expand` into each record shown: for each ref its record, or the list of them; none for what is gone.

    `raw` are the same records as they are stored. A record that many refer to counts as often: so is it written.
    """
    for branch in wanted:
        found = _found(raw, branch, fetch, render, budget)
        sizes = {each: len(orjson.dumps(record)) for each, record in found.items()}
        for stored, record in zip(raw, shown, strict=True):
            value = stored.get(branch.key)
            behind = [each for each in ids_of(value) if each in found]
            budget.take(sum(sizes[each] for each in behind))
            if isinstance(value, list):
                record.setdefault("expand", {})[branch.key] = [found[each] for each in behind]
            elif behind:
                record.setdefault("expand", {})[branch.key] = found[value]


def _found(
    raw: Sequence[Raw], branch: Branch, fetch: Fetch, render: Render, budget: Budget
) -> dict[Any, dict[str, Any]]:
    """The records that this ref leads to, ready to be shown, by id."""
    ids = {each for stored in raw for each in ids_of(stored.get(branch.key))}
    if len(ids) > MOST_RECORDS:
        message = f'"{branch.key}" leads to more than {MOST_RECORDS} records: ask for fewer at a time.'
        raise problem("too_complex", message)
    records = list(fetch(branch.schema, sorted(ids))) if ids else []
    shown = [render(branch.schema, record) for record in records]
    attach(records, shown, branch.branches, fetch, render, budget)
    return {record["_id"]: ready for record, ready in zip(records, shown, strict=True)}


def ids_of(value: Any) -> list[ObjectId]:
    """Of a stored ref."""
    items = value if isinstance(value, list) else [value]
    return [item for item in items if isinstance(item, ObjectId)]
