"""The indexes that a model's fields ask for."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from bson import ObjectId
from pymongo import IndexModel
from pymongo.collection import Collection
from pymongo.errors import DuplicateKeyError

from .schema import DATES, NUMBERS, Field, Schema

PREFIX = "m3m_"
UNIQUE = f"{PREFIX}unique_"
MOST_INDEXES = 62
"""Of a model's fields. MongoDB has at most 64 in a collection; the id and the time of creation have one each."""

LEAST: dict[str, Any] = {
    "text": "",
    "number": float("-inf"),
    "date": datetime(1, 1, 1, tzinfo=UTC),
    "id": ObjectId("0" * 24),
}
"""The least value of each kind. A unique index holds values of the field's own kind, so that null may come often."""

Wanted = dict[str, tuple[list[tuple[str, int]], dict[str, Any]]]
"""Keys and options by name."""

CREATED = f"{PREFIX}created_at"


def synchronize(collection: Collection[dict[str, Any]], schema: Schema) -> list[str]:
    """Make the collection's indexes those of the model. Returns unique fields whose values are not."""
    wanted = _wanted(schema)
    existing = {name for name in collection.index_information() if name.startswith(PREFIX)}
    for name in existing - wanted.keys():
        collection.drop_index(name)
    missing = {name: index for name, index in wanted.items() if name not in existing}
    if plain := [IndexModel(keys, name=name) for name, (keys, options) in missing.items() if not options]:
        collection.create_indexes(plain)  # together: the records are read once
    refused = []
    for name, (keys, options) in missing.items():
        try:
            if options:
                collection.create_index(keys, name=name, **options)
        except DuplicateKeyError:
            refused.append(keys[0][0])
    return refused


def drop_unique(collection: Collection[dict[str, Any]]) -> None:
    for name in collection.index_information():
        if name.startswith(UNIQUE):
            collection.drop_index(name)


def indexes_of(spec: Field) -> Wanted:
    """Those that a field asks for, by name."""
    found: Wanted = {}
    if spec.unique:
        kind = _kind(spec)
        options = {"unique": True, "partialFilterExpression": {spec.key: {"$gte": LEAST[kind]}}}
        found[f"{UNIQUE}{kind}_{spec.key}"] = [(spec.key, 1)], options
    # Every list ends its order with the id; refs are looked up whenever their records are deleted.
    if spec.index or spec.type == "ref":
        found[f"{PREFIX}index_{spec.key}"] = [(spec.key, 1), ("_id", 1)], {}
    return found


def _wanted(schema: Schema) -> Wanted:
    found: Wanted = {CREATED: ([("created_at", 1), ("_id", 1)], {})}
    for spec in schema.fields.values():
        found |= indexes_of(spec)
    return found


def _kind(spec: Field) -> str:
    if spec.type in NUMBERS:
        return "number"
    if spec.type in DATES:
        return "date"
    return "id" if spec.type == "ref" else "text"
