"""What a change of a model would do to its records: counted before anything is done."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from . import values, walk
from .limits import EXAMPLES, QUERY_MS
from .moves import Move
from .query.expand import ids_of
from .walk import Records, parts

SLOW_MS = 60_000
"""For what looks at every record of a model; a person waits for it knowingly."""

BLOCKING = frozenset({"missing", "duplicates"})
LOSING = frozenset({"dropped", "lost"})


@dataclass
class Effect:
    """`kind` is dropped, lost, converted, back_filled, no_longer_valid, missing, duplicates or renamed.

    `examples` are `{id, value}` and, for converted ones, `becomes`; of duplicates `{value, records}`.
    """

    kind: str
    field: str
    records: int = 0
    examples: list[dict[str, Any]] = dataclasses.field(default_factory=list)

    def add(self, example: dict[str, Any]) -> None:
        self.records += 1
        if len(self.examples) < EXAMPLES:
            self.examples.append(example)


@dataclass(frozen=True)
class Report:
    """`records` is the number of all records of the model."""

    records: int
    effects: list[Effect]

    @property
    def loses_data(self) -> bool:
        return any(effect.kind in LOSING for effect in self.effects)

    @property
    def possible(self) -> bool:
        return not any(effect.kind in BLOCKING for effect in self.effects)

    def told(self) -> dict[str, Any]:
        effects = [dataclasses.asdict(effect) for effect in self.effects]
        return {
            "records": self.records,
            "effects": effects,
            "loses_data": self.loses_data,
            "possible": self.possible,
        }


def report(
    collection: Records,
    wanted: Sequence[Move],
    moment: datetime,
    behind: Callable[[str], Records],
    *,
    force: bool = False,
) -> Report:
    """With `force`, what is lost from a field that must have a value counts as missing. `behind` gives the records that
    a ref leads to, by the slug of their model after the change."""
    total = collection.count_documents({}, maxTimeMS=SLOW_MS)
    if not total:
        return Report(0, [])
    effects: list[Effect] = []
    for move in wanted:
        effects += _without_looking(collection, move, total)
    effects += _looked_at(collection, [move for move in wanted if move.looks], moment, behind, force)
    return Report(total, [effect for effect in effects if effect.records])


def _without_looking(collection: Records, move: Move, total: int) -> Iterator[Effect]:
    old, new = move.old, move.new
    if old is not None and new is None:
        yield _dropped(collection, old.key)
    if old is not None and move.renames:
        yield Effect("renamed", move.key, collection.count_documents({old.key: {"$exists": True}}, maxTimeMS=SLOW_MS))
    if new is not None and old is None:
        if move.fills:
            yield Effect("back_filled", new.key, total)
        elif not new.nullable:
            yield Effect("missing", new.key, total)
    if new is not None and old is not None and new.unique and not old.unique:
        yield _duplicates(collection, old.key, new.key)


def _dropped(collection: Records, key: str) -> Effect:
    there = {key: {"$ne": None}}
    effect = Effect("dropped", key, collection.count_documents(there, maxTimeMS=SLOW_MS))
    for raw in collection.find(there, {key: 1}, max_time_ms=QUERY_MS).limit(EXAMPLES):
        effect.examples.append(_example(raw, key))
    return effect


def _duplicates(collection: Records, key: str, name: str) -> Effect:
    steps: list[Mapping[str, Any]] = [
        {"$match": {key: {"$ne": None}}},
        {"$group": {"_id": f"${key}", "n": {"$sum": 1}}},
        {"$match": {"n": {"$gt": 1}}},
        {"$sort": {"n": -1, "_id": 1}},
    ]
    effect = Effect("duplicates", name)
    for group in collection.aggregate(steps, maxTimeMS=SLOW_MS, allowDiskUse=True):
        effect.records += group["n"]
        if len(effect.examples) < EXAMPLES:
            effect.examples.append({"value": values.plain(group["_id"]), "records": group["n"]})
    return effect


def _looked_at(
    collection: Records,
    looking: Sequence[Move],
    moment: datetime,
    behind: Callable[[str], Records],
    force: bool,
) -> Iterator[Effect]:
    if not looking:
        return
    effects: dict[tuple[str, str], Effect] = {}
    keys = {move.old.key: 1 for move in looking if move.old}
    for part in parts(collection, keys):
        for move in looking:
            for kind, example in _told(move, part, moment, behind, force):
                effects.setdefault((move.key, kind), Effect(kind, move.key)).add(example)
    yield from effects.values()


def _told(
    move: Move,
    part: Sequence[Mapping[str, Any]],
    moment: datetime,
    behind: Callable[[str], Records],
    force: bool,
) -> Iterator[tuple[str, dict[str, Any]]]:
    """What becomes of one field of some records: kinds of effects with their examples."""
    source = move.old.key if move.old else ""
    outcomes = [move.outcome(raw.get(source), moment) for raw in part]
    astray = _astray(move, (becomes for kind, becomes in outcomes if kind != "lost"), behind)
    for raw, (kind, becomes) in zip(part, outcomes, strict=True):
        example = _example(raw, source)
        if kind == "converted":
            example["becomes"] = values.plain(becomes)
        if kind != "same":
            yield kind, example
        if kind == "lost" and force and move.new and not move.new.nullable and move.instead(moment) is None:
            yield "missing", example
        if kind not in ("lost", "no_longer_valid") and not astray.isdisjoint(ids_of(becomes)):
            yield "no_longer_valid", example


def _astray(move: Move, kept: Iterable[Any], behind: Callable[[str], Records]) -> set[Any]:
    """Of these values, the ids of no record of the model that the field leads to from now on."""
    if not move.redirects or move.new is None:
        return set()
    wanted = {each for value in kept for each in ids_of(value)}
    return wanted - {raw["_id"] for raw in walk.having(behind(move.new.target or ""), "_id", wanted, {"_id": 1})}


def _example(raw: Mapping[str, Any], key: str) -> dict[str, Any]:
    return {"id": str(raw["_id"]), "value": values.plain(raw.get(key))}
