"""A model as the rules about records see it: frozen, quick to look up."""

from __future__ import annotations

import dataclasses
import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from m3m_core import NotFound, Unavailable, now

from .documents import Model
from .faults import model_changing
from .limits import CONFIRM_AFTER, QUERY_MS

TEXTS = frozenset({"string", "text", "email", "url"})
NUMBERS = frozenset({"number", "float"})
DATES = frozenset({"date", "datetime"})
TYPES = (
    *("string", "text", "number", "float", "bool", "document", "file", "ref", "date", "datetime"),
    *("select", "multiselect", "email", "url"),
)
LIKE_ID = re.compile(r"[0-9a-f]{24}")
SYSTEM_KEYS = ("id", "created_at", "updated_at", "revision")
"""What every record has besides its fields, as the API calls it."""


@dataclass(frozen=True)
class Field:
    """One field of a model. `options` depend on the type; `default_value` None means that there is none."""

    key: str
    type: str
    label: str = ""
    help: str = ""
    required: bool = False
    nullable: bool = True
    default_value: Any = None
    unique: bool = False
    index: bool = False
    options: Mapping[str, Any] = dataclasses.field(default_factory=dict)

    @cached_property
    def many(self) -> bool:
        """Whether its value is a list."""
        return self.type == "multiselect" or bool(self.options.get("multiple"))

    @property
    def target(self) -> str | None:
        """The slug of the model that a ref leads to."""
        return self.options["model"] if self.type == "ref" else None

    @classmethod
    def of(cls, raw: Mapping[str, Any]) -> Field:
        return cls(**raw)

    def raw(self) -> dict[str, Any]:
        """As it is stored in a model's document."""
        return {each.name: getattr(self, each.name) for each in dataclasses.fields(self)} | {
            "options": dict(self.options)
        }


@dataclass(frozen=True)
class Schema:
    """`revision` grows with each change of the model; `searchable` are the keys that a search looks into."""

    id: str
    project_id: str
    slug: str
    name: str
    fields: Mapping[str, Field]
    searchable: tuple[str, ...] = ()
    revision: int = 1

    @property
    def collection(self) -> str:
        return collection_name(self.project_id, self.slug)

    def files(self) -> Iterator[Field]:
        return (each for each in self.fields.values() if each.type == "file")

    def refs(self) -> Iterator[Field]:
        return (each for each in self.fields.values() if each.type == "ref")


def collection_name(project_id: str, slug: str) -> str:
    return f"data_{project_id}_{slug}"


def schema_of(raw: Mapping[str, Any]) -> Schema:
    """From a model's document as it is stored."""
    fields = [Field.of(each) for each in raw.get("fields", ())]
    return Schema(
        id=raw["_id"],
        project_id=raw["project_id"],
        slug=raw["slug"],
        name=raw["name"],
        fields={each.key: each for each in fields},
        searchable=tuple(raw.get("table_config", {}).get("searchable", ())),
        revision=raw["revision"],
    )


class Schemas:
    """The schemas of models by slug or id, each read once in `max_age` seconds. Made for one request, or kept.

    `resume` finishes a change of a model that a crash interrupted, and undoes an import; it is given the model's id.
    """

    def __init__(self, resume: Callable[[str], None], max_age: float = 60.0) -> None:
        self._resume = resume
        self._max_age = max_age
        self._known: dict[tuple[str, str], tuple[float, Schema]] = {}

    def get(self, project_id: str, slug: str, found: Sequence[Any] | None = None) -> Schema:
        """`found` is what the database says, if it was asked already.

        Raises NotFound; Unavailable while the model is being renamed.
        """
        moment = time.monotonic()
        known = self._known.get((project_id, slug))
        if known is not None and moment - known[0] < self._max_age:
            return known[1]
        schema = self._read(project_id, slug, found)
        self._known[project_id, slug] = self._known[project_id, schema.slug] = (moment, schema)
        return schema

    def confirm(self, schema: Schema) -> None:
        """After a write by this schema. Raises Conflict when the model has changed since, so that records which follow
        the change may have been missed."""
        moment = time.monotonic()
        read_at, known = self._known[schema.project_id, schema.slug]
        if known is schema and moment - read_at < CONFIRM_AFTER:
            return
        raw = _find(schema.project_id, schema.id)
        if raw is None or (raw.get("pending") or {}).get("delete") or not _still_holds(schema, schema_of(raw)):
            raise model_changing()
        self._known[schema.project_id, schema.slug] = (moment, schema)

    def all(self, project_id: str) -> list[Schema]:
        """Every model of the project, by slug."""
        found = Model.objects(project_id=project_id, pending__delete__ne=True).order_by("slug")
        return [schema_of(raw) for raw in found.max_time_ms(QUERY_MS).as_pymongo()]

    def _read(self, project_id: str, slug: str, found: Sequence[Any] | None) -> Schema:
        raw = _find(project_id, slug) if found is None else next(iter(found), None)
        if raw and _has_left_over(raw):
            self._resume(raw["_id"])
            raw = _find(project_id, slug)
        pending = raw.get("pending") if raw else None
        if raw is None or (pending and pending["delete"]):
            raise NotFound(f"There is no model {slug}.", code="model_not_found")
        if pending and pending["old_slug"] != raw["slug"] and not pending.get("moved"):
            raise Unavailable("The model is being renamed.", code="model_changing", retry_after=1)
        return schema_of(raw)


def _still_holds(before: Schema, after: Schema) -> bool:
    """Whether a record written by the one is a record of the other."""
    fresh = [spec for key, spec in after.fields.items() if key not in before.fields]
    return (
        before.slug == after.slug
        and before.fields.keys() <= after.fields.keys()
        and all(spec.nullable and spec.default_value is None for spec in fresh)
        and not any(outdated(spec, after.fields[key]) for key, spec in before.fields.items())
    )


def outdated(before: Field, after: Field) -> bool:
    """Whether a value written by the one may be none of the other."""
    retyped = (before.type, before.many) != (after.type, after.many)
    return retyped or (before.nullable and not after.nullable)


def _has_left_over(raw: Mapping[str, Any]) -> bool:
    ends = (raw.get("pending") or {}).get("until"), raw.get("importing_until")
    return any(end is not None and end < now() for end in ends)


def _find(project_id: str, slug: str) -> Any:
    # The driver alone answers in half the time.
    return Model._get_collection().find_one({"project_id": project_id, **matching(slug)}, max_time_ms=QUERY_MS)


def matching(id_or_slug: str) -> dict[str, str]:
    """The filter for a model of a project. What looks like an id is never a slug."""
    return {"_id" if LIKE_ID.fullmatch(id_or_slug) else "slug": id_or_slug}
