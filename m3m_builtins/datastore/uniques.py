"""Duplicates of a whole batch, told at once. The unique indexes have the last word in any case."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from pymongo.collection import Collection

from .faults import duplicate
from .limits import QUERY_MS
from .schema import Schema
from .transactions import Session

if TYPE_CHECKING:
    from .steps import Plan


def find_duplicates(
    collection: Collection[dict[str, Any]], schema: Schema, plans: Sequence[Plan], session: Session
) -> None:
    """Refuse values that another record has, or another plan before. For batches that only create: in others an
    earlier operation may free a value."""
    if any(plan.op != "create" for plan in plans):
        return
    for key in (spec.key for spec in schema.fields.values() if spec.unique):
        wanted = [value for plan in plans if (value := plan.checked.values.get(key)) is not None]
        query = {key: {"$in": wanted}}
        found = collection.find(query, {key: 1}, session=session, max_time_ms=QUERY_MS) if wanted else ()
        taken = {raw[key] for raw in found}
        for plan in plans:
            value = plan.checked.values.get(key)
            if value in taken:
                plan.checked.wrong.setdefault(key, duplicate())
            elif value is not None:
                taken.add(value)
