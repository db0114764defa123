"""Duplicates of a whole batch, told at once. The unique indexes have the last word in any case."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any

from bson import ObjectId
from pymongo.collection import Collection

from . import walk
from .faults import duplicate
from .schema import Schema
from .transactions import Session

if TYPE_CHECKING:
    from .steps import Plan


def find_duplicates(
    collection: Collection[dict[str, Any]], schema: Schema, plans: Sequence[Plan], session: Session
) -> None:
    """Refuse values that another record has at that point of the batch. Not where something is deleted: nobody knows
    yet what goes with it, and which values become free."""
    if any(plan.op == "delete" for plan in plans):
        return
    keys = [spec.key for spec in schema.fields.values() if spec.unique]
    owners = {key: _owners(collection, key, plans, session) for key in keys}
    has = {key: {owner: value for value, owner in owners[key].items()} for key in keys}
    for plan in plans:
        given = {key: plan.checked.values[key] for key in keys if key in plan.checked.values}
        for key, value in given.items():
            if owners[key].get(value, plan.id) != plan.id:
                plan.checked.wrong.setdefault(key, duplicate())
        for key, value in () if plan.checked.wrong else given.items():
            owners[key].pop(has[key].pop(plan.id, None), None)
            if value is not None:
                owners[key][value], has[key][plan.id] = plan.id, value


def _owners(
    collection: Collection[dict[str, Any]], key: str, plans: Sequence[Plan], session: Session
) -> dict[Any, ObjectId | None]:
    """The records that have one of the values, or get another, by what they have now."""
    given = [plan for plan in plans if key in plan.checked.values]
    wanted = [value for plan in given if (value := plan.checked.values[key]) is not None]
    changed = [plan.id for plan in given if plan.op == "update"]
    found = chain(
        walk.having(collection, key, wanted, {key: 1}, session),
        walk.having(collection, "_id", changed, {key: 1}, session),
    )
    return {raw[key]: raw["_id"] for raw in found if raw.get(key) is not None}
