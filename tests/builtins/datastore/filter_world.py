"""Three models that refer to each other, with records of every kind, for the tests of queries."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from bson import ObjectId

from m3m_builtins.datastore.schema import Field, Schema
from m3m_core import NotFound

PROJECT = "00000000000000000000aaaa"
NOW = datetime(2026, 2, 10, 12, 30, tzinfo=UTC)
Record = dict[str, Any]


def schema(slug: str, *fields: Field, searchable: tuple[str, ...] = ()) -> Schema:
    return Schema(slug, PROJECT, slug, slug.title(), {field.key: field for field in fields}, searchable)


def ref(key: str, model: str, *, multiple: bool = False) -> Field:
    return Field(key, "ref", options={"model": model, "multiple": multiple})


TEAMS = schema("teams", Field("title", "string"), Field("size", "number"), ref("lead", "people"))
PEOPLE = schema(
    "people",
    Field("name", "string"),
    Field("age", "number"),
    Field("born", "date"),
    Field("labels", "multiselect"),
    ref("team", "teams"),
    ref("boss", "people"),
)
THINGS = schema(
    "things",
    Field("title", "string"),
    Field("note", "text"),
    Field("count", "number"),
    Field("price", "float"),
    Field("active", "bool"),
    Field("due", "datetime"),
    Field("kind", "select"),
    Field("tags", "multiselect"),
    Field("marks", "multiselect"),
    Field("doc", "document"),
    ref("owner", "people"),
    ref("friends", "people", multiple=True),
)


class Known:
    """Stands in for the datastore's own schemas."""

    def __init__(self, *schemas: Schema) -> None:
        self._schemas = {each.slug: each for each in schemas}

    def get(self, project_id: str, slug: str) -> Schema:
        assert project_id == PROJECT
        if slug not in self._schemas:
            raise NotFound(f"There is no model {slug}.")
        return self._schemas[slug]


MODELS: Any = Known(TEAMS, PEOPLE, THINGS)


def id_of(number: int) -> ObjectId:
    return ObjectId(f"{number:024x}")


def record(number: int, values: Mapping[str, Any]) -> Record:
    stamp = NOW + timedelta(days=number % 7 - 3)
    return {"_id": id_of(number), "created_at": stamp, "updated_at": stamp, "_rev": 1, **values}


GONE = id_of(0xDEAD)
"""Refs to it lead nowhere."""

TEAM_RECORDS = [
    record(1, {"title": "Red", "size": 3, "lead": id_of(11)}),
    record(2, {"title": "blue", "size": None, "lead": None}),
    record(3, {"title": "", "size": 5}),
]
PEOPLE_RECORDS = [
    record(11, {"name": "Ann", "age": 3, "labels": ["x", "y"], "team": id_of(1), "boss": id_of(12)}),
    record(12, {"name": "Яна", "age": 5, "labels": [], "team": id_of(2), "boss": None}),
    record(13, {"name": "", "age": None, "labels": ["x"], "team": GONE, "boss": id_of(13)}),
    record(14, {"born": NOW, "team": id_of(3)}),
]
