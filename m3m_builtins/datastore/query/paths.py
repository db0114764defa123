"""From the name of a field, or of one behind refs, to where its values are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from m3m_core import NotFound

from .kinds import KINDS, SYSTEM, Kind
from .problems import problem, unknown_field

if TYPE_CHECKING:
    from ..schema import Field, Schema, Schemas

MOST_LEVELS = 6
"""Refs that one path may follow."""

MOST_NAMES = 100
"""In one path: more than a document has levels, and less than the database can follow."""


@dataclass(frozen=True)
class Hop:
    """Over a ref into another model's collection. `many`: the ref is a list."""

    key: str
    many: bool
    collection: str


@dataclass(frozen=True)
class Target:
    """`key` is where the value stands in the record that the hops lead to; `listed`: it is a list of `kind`."""

    hops: tuple[Hop, ...]
    key: str
    kind: Kind
    listed: bool = False

    @property
    def many(self) -> bool:
        """Whether there may be several values."""
        return self.listed or any(hop.many for hop in self.hops)


def resolve(schema: Schema, schemas: Schemas, names: Sequence[str], position: int | None) -> Target:
    """Raises Malformed for what the models do not have."""
    check_length(names, position)
    hops: list[Hop] = []
    at = schema
    for index, name in enumerate(names):
        rest = tuple(names[index + 1 :])
        if name in SYSTEM:
            return system(at, name, rest, hops, position)
        field = at.fields.get(name)
        if field is None:
            raise unknown_field(name, at.slug, known_names(at), position)
        if not rest:
            return Target(tuple(hops), name, KINDS[field.type], field.many)
        if field.type == "document":
            return inside(name, rest, hops)
        if field.type != "ref":
            raise problem("unknown_field", f'"{name}" is a {field.type}: nothing is inside it.', position)
        if rest in (("id",), ("_id",)):  # what the ref itself says; no need to go there
            return Target(tuple(hops), name, "id", field.many)
        at = behind(at, field, schemas, position)
        hops.append(Hop(name, field.many, at.collection))
        if len(hops) > MOST_LEVELS:
            raise problem("too_complex", f"A path follows at most {MOST_LEVELS} refs.", position)
    raise problem("unknown_field", "A path has at least one name.", position)


def check_length(names: Sequence[str], position: int | None = None) -> None:
    """Raises Malformed."""
    if len(names) > MOST_NAMES:
        raise problem("too_complex", f"A path has at most {MOST_NAMES} names.", position)


def system(at: Schema, name: str, rest: tuple[str, ...], hops: list[Hop], position: int | None) -> Target:
    if rest:
        raise problem("unknown_field", f'Nothing is inside "{name}" of "{at.slug}".', position)
    key, kind = SYSTEM[name]
    return Target(tuple(hops), key, kind)


def inside(name: str, rest: tuple[str, ...], hops: list[Hop]) -> Target:
    return Target(tuple(hops), ".".join((name, *rest)), "any")


def behind(at: Schema, field: Field, schemas: Schemas, position: int | None) -> Schema:
    try:
        return schemas.get(at.project_id, field.target or "")
    except NotFound:
        message = f'The model "{field.target}", to which "{field.key}" of "{at.slug}" leads, is gone.'
        raise problem("unknown_field", message, position) from None


def known_names(schema: Schema) -> set[str]:
    return {*schema.fields, *SYSTEM} - {"_id"}
