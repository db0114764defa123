"""One query on a model, from what the API or a service asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from . import mongostyle
from . import search as searching
from .compile import Compiler
from .expand import Branch, branches
from .native import Condition
from .nodes import Path
from .ordering import Sort, check_sortable, order
from .parse import parse
from .selection import projection, selected

if TYPE_CHECKING:
    from ..schema import Schema, Schemas


@dataclass(frozen=True)
class Query:
    """What to ask the database.

    `match` is for `find`. `stages` follow it in an aggregation where the filter or the sort crosses refs; empty when
    `find` is enough. `project` is None for whole records. `fields` are the names to show, empty for all; what lies
    inside one is narrowed by `project`. `expand` is for `expand.attach`.
    """

    match: Condition
    stages: tuple[dict[str, Any], ...] = ()
    sort: Sort = (("_id", 1),)
    project: dict[str, int] | None = None
    fields: tuple[str, ...] = ()
    expand: tuple[Branch, ...] = ()


def plan(
    schema: Schema,
    schemas: Schemas,
    *,
    filter: str = "",  # noqa: A002  # the name that users know
    sort: str = "",
    search: str = "",
    fields: str = "",
    expand: str = "",
    mongo_filter: Mapping[str, Any] | None = None,
    now: datetime,
) -> Query:
    """`now` is what `@now` means. Raises Malformed for everything that is wrong with what was asked."""
    compiler = Compiler(schema, schemas, now)
    alone, joined = compiler.split(parse(filter))
    alone += conditions(schema, search, mongo_filter)

    def key_of(names: tuple[str, ...]) -> str:
        target = compiler.target(Path(names, 0))
        check_sortable(target, ".".join(names))
        return compiler.key(target)

    keys = order(sort, key_of)
    names = selected(schema, fields)
    wanted = branches(schema, schemas, expand)
    stages = compiler.joins.stages()
    return Query(
        match=all_of(alone),
        stages=(*stages, {"$match": all_of(joined)}) if joined else tuple(stages),
        sort=keys,
        project=projection(names, [branch.key for branch in wanted], compiler.joins.keys),
        fields=names,
        expand=wanted,
    )


def conditions(schema: Schema, text: str, given: Mapping[str, Any] | None) -> list[Condition]:
    found = [searching.condition(schema, text), mongostyle.condition(schema, given) if given else None]
    return [condition for condition in found if condition]


def all_of(conditions: list[Condition]) -> Condition:
    wanted = [condition for condition in conditions if condition]
    if len(wanted) == 1:
        return wanted[0]
    return {"$and": wanted} if wanted else {}
